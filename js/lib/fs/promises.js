// fs/promises: the promise forms of fs.
'use strict';

module.exports = require('internal/fs/promises');
