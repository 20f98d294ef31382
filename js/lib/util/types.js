// util/types: util.types as a module of its own.
'use strict';

module.exports = require('internal/util/types');
