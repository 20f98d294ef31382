// process.dlopen: addons. And what Node-API's asynchronous contexts need of script.
'use strict';

const napi = internalBinding('napi');
const { AsyncResource } = require('async_hooks');
const asyncContext = require('internal/async_context');
const { setHook } = internalBinding('env');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { getOption } = require('internal/options');
const { pathToFileURL } = require('url');
const { validateInteger } = require('internal/validators');

// RTLD_LAZY of dlopen(3).
const kDefaultFlags = 1;

const left = [];

// What native code calls by name.
const contexts = {
  make(name, resource) {
    return new AsyncResource(name === '' ? 'Unnamed' : name, { object: resource });
  },
  run(resource, callback, receiver, ...args) {
    return resource.runInAsyncScope(callback, receiver, ...args);
  },
  destroy(resource) {
    resource.emitDestroy();
  },
  // A stretch of native code, which cannot be a function's body.
  enter(resource) {
    left.push(asyncContext.capture());
    resource.runInAsyncScope(() => asyncContext.capture());
  },
  leave() {
    left.pop();
  },
  // What a finalizer or thread-safe function threw: warned of for the sake of old modules. false: uncaught all the same.
  tolerate() {
    if (getOption('--force-node-api-uncaught-exceptions-policy')) return false;
    process.emitWarning('Uncaught N-API callback exception detected, please run node with option ' +
      '--force-node-api-uncaught-exceptions-policy=true to handle those exceptions properly.', 'DeprecationWarning', 'DEP0168');
    return true;
  },
};

function dlopen(module, filename, flags = kDefaultFlags) {
  if (module === null || (typeof module !== 'object' && typeof module !== 'function')) {
    throw new ERR_INVALID_ARG_TYPE('module', 'Object', module);
  }
  if (filename === undefined) throw new ERR_INVALID_ARG_TYPE('filename', 'string', filename);
  validateInteger(flags, 'flags');
  if (napi.load === undefined) {
    const error = new Error('This node was built without Node-API and cannot load addons');
    error.code = 'ERR_DLOPEN_FAILED';
    throw error;
  }
  const path = `${filename}`;
  setHook('napi', contexts);
  napi.load(module, Object(module.exports), path, pathToFileURL(path).href, flags);
}

module.exports = { dlopen };
