// Built-in modules as globals, for programs that are typed in: `node -p os.cpus()`, the REPL.
'use strict';

// Defines them on `target`, each loaded when it is first read. A name that is taken stays what it is, but `crypto` is the module: that has the
// Web's functions, too.
function defineBuiltinGlobals(target) {
  const { Module } = require('internal/modules/cjs');
  for (const name of Module.builtinModules) {
    if (name.startsWith('_') || name.includes('/') || (name in target && name !== 'crypto')) continue;
    const define = (value) => {
      Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
    };
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: false,
      get() {
        const value = Module._load(name);
        // A program may have made the property fast meanwhile.
        Reflect.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
        return value;
      },
      set: define,
    });
  }
}

module.exports = { defineBuiltinGlobals };
