// path/win32: the rules of Windows, whatever the system.
'use strict';

module.exports = require('path').win32;
