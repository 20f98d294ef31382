// Old name of require('stream').Duplex.
'use strict';

module.exports = require('stream').Duplex;
