// Old name of require('stream').Readable.
'use strict';

module.exports = require('stream').Readable;
