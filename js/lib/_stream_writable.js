// Old name of require('stream').Writable.
'use strict';

module.exports = require('stream').Writable;
