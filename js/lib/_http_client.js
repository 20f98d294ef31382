// The old way to a part of http.
'use strict';

const { ClientRequest } = require('http');

module.exports = { ClientRequest };
