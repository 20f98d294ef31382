// http2: not built yet (see internal/unavailable.js).
'use strict';

const { functions } = require('internal/unavailable');

const names = ['connect', 'createServer', 'createSecureServer', 'Http2ServerRequest', 'Http2ServerResponse'];

module.exports = { ...functions('http2', names), constants: {} };
