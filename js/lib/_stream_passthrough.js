// Old name of require('stream').PassThrough.
'use strict';

module.exports = require('stream').PassThrough;
