// process: the global object as a module.
'use strict';

module.exports = process;
