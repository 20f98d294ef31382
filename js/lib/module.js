// module: what a program may know of the loader.
'use strict';

module.exports = require('internal/modules/cjs').Module;
