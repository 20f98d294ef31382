// process.binding(): the few old names that programs of 2010 and some packages still ask for.
'use strict';

const shims = {
  natives: () => Object.fromEntries(require('internal/library').publicNames().map((name) => [name, ''])),
  constants: () => require('constants'),
  fs: () => internalBinding('fs'),
  buffer: () => internalBinding('buffer'),
  util: () => internalBinding('util'),
  http_parser: () => require('internal/http/binding'),
  net: () => require('internal/process/net_binding'),
  evals: () => {
    const { Script, createContext } = require('vm');
    return { NodeScript: Script, Script, Context: function Context() { return createContext({}); } };
  },
};

function binding(name) {
  const make = Object.hasOwn(shims, name) ? shims[name] : undefined;
  if (make === undefined) {
    const { codes: { ERR_INVALID_MODULE } } = require('internal/errors');
    throw new ERR_INVALID_MODULE(`No such module: ${String(name)}`);
  }
  return make();
}

module.exports = { binding };
