// Old flat list of the constants that os, fs and crypto have now; gathered when it is first asked for.
'use strict';

const { constants: os } = require('os');

Object.assign(exports, os.dlopen, os.errno, os.priority, os.signals, require('fs').constants);
try {
  Object.assign(exports, require('crypto').constants);
} catch {
  // A build without crypto.
}
Object.freeze(exports);
