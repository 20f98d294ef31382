// path/posix: the rules of POSIX, whatever the system.
'use strict';

module.exports = require('path').posix;
