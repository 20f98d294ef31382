// http2: not built yet (see internal/unavailable.js).
'use strict';

const { functions } = require('internal/unavailable');

module.exports = { ...functions('http2', ['connect', 'createServer', 'createSecureServer', 'Http2ServerRequest', 'Http2ServerResponse']), constants: {} };
