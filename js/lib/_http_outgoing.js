// The old way to a part of http.
'use strict';

const { OutgoingMessage } = require('http');

module.exports = { OutgoingMessage };
