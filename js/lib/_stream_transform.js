// Old name of require('stream').Transform.
'use strict';

module.exports = require('stream').Transform;
