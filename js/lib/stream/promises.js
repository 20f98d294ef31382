// pipeline and finished as promises.
'use strict';

const { finished } = require('internal/streams/end_of_stream');
const { pipelinePromise } = require('internal/streams/pipeline');

function pipeline(...steps) {
  return pipelinePromise(...steps);
}

module.exports = { finished, pipeline };
