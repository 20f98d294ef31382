// The old way to what the parts of http share.
'use strict';

const { methods, checkIsHttpToken, checkInvalidHeaderChar } = require('internal/http/common');

module.exports = {
  get HTTPParser() { return require('internal/http/binding').HTTPParser; },
  methods,
  CRLF: '\r\n',
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  _checkIsHttpToken: checkIsHttpToken,
  _checkInvalidHeaderChar: checkInvalidHeaderChar,
};
