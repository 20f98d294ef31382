// The old way to a part of http.
'use strict';

const http = require('http');

module.exports = {
  Agent: http.Agent,
  get globalAgent() { return http.globalAgent; },
};
