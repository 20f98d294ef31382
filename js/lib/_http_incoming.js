// The old way to a part of http.
'use strict';

const { IncomingMessage } = require('http');

module.exports = { IncomingMessage };
