// Between our streams and web streams. Web streams are not there yet: each function says so.
'use strict';

const { ERR_METHOD_NOT_IMPLEMENTED } = require('internal/errors').codes;

function missing(name) {
  return () => {
    throw new ERR_METHOD_NOT_IMPLEMENTED(name);
  };
}

module.exports = {
  readableFromWeb: missing('Readable.fromWeb()'),
  readableToWeb: missing('Readable.toWeb()'),
  writableFromWeb: missing('Writable.fromWeb()'),
  writableToWeb: missing('Writable.toWeb()'),
  duplexFromWeb: missing('Duplex.fromWeb()'),
  duplexToWeb: missing('Duplex.toWeb()'),
};
