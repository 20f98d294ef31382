// Modules of Node that are not built yet: they load, because packages look at them at start; using them says what is missing.
'use strict';

function fail(what) {
  const error = new Error(`${what} is not available in this build`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  return error;
}

// A function (and class) under each name, for `new`, calls and instanceof; it throws when used.
function functions(module, names) {
  const exports = {};
  for (const name of names) {
    exports[name] = { [name]: function() {
      throw fail(`${module}.${name}`);
    } }[name];
  }
  return exports;
}

module.exports = { fail, functions };
