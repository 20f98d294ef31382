// vm: compiling scripts apart from running them, and further global objects to run them in.
'use strict';

const binding = internalBinding('vm');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const {
  validateArray, validateBoolean, validateBuffer, validateFunction, validateInt32, validateObject, validateOneOf, validateString,
  validateUint32,
} = require('internal/validators');

const { addImporter, hold, loosen } = require('internal/modules/importers');

const kDefaultName = 'evalmachine.<anonymous>';
const nativeScripts = new WeakMap();

function checkOptions(options) {
  if (options === undefined) return {};
  if (typeof options === 'string') return { filename: options };
  validateObject(options, 'options');
  return options;
}

function readOrigin(options) {
  const { filename = kDefaultName, lineOffset = 0, columnOffset = 0 } = options;
  validateString(filename, 'options.filename');
  validateInt32(lineOffset, 'options.lineOffset');
  validateInt32(columnOffset, 'options.columnOffset');
  return { filename, lineOffset, columnOffset };
}

function checkCachedData(cachedData) {
  if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
    throw new ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
}

// What the native run() wants to know: [timeout in ms, 0 for none; breakOnSigint; displayErrors].
function readRunOptions(options = {}) {
  validateObject(options, 'options');
  const { timeout, breakOnSigint = false, displayErrors = true } = options;
  if (timeout !== undefined) {
    validateUint32(timeout, 'options.timeout', true);
    if (timeout > 0x7FFFFFFF) throw new ERR_OUT_OF_RANGE('options.timeout', '<= 2147483647', timeout);
  }
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  validateBoolean(displayErrors, 'options.displayErrors');
  return [timeout ?? 0, breakOnSigint, displayErrors];
}

// ---- Contexts --------------------------------------------------------------------------------

function isContext(object) {
  validateObject(object, 'object', { allowArray: true });
  return binding.isContext(object);
}

function checkContext(context, name = 'contextifiedObject') {
  validateObject(context, name, { allowArray: true, allowFunction: true });
  if (!binding.isContext(context)) throw new ERR_INVALID_ARG_TYPE(name, 'vm.Context', context);
}

const isObjectLike = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

let contextCount = 0;

// Makes `contextObject` the global object of a new context and returns it.
function createContext(contextObject = {}, options = {}) {
  validateObject(contextObject, 'contextObject', { allowArray: true, allowFunction: true });
  if (binding.isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name = `VM Context ${++contextCount}`, origin, codeGeneration, microtaskMode } = options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) validateObject(codeGeneration, 'options.codeGeneration');
  if (microtaskMode !== undefined) validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  const { strings = true, wasm = true } = codeGeneration ?? {};
  validateBoolean(strings, 'options.codeGeneration.strings');
  validateBoolean(wasm, 'options.codeGeneration.wasm');
  binding.makeContext(contextObject, strings, wasm, microtaskMode === 'afterEvaluate');
  return contextObject;
}

// The options of runInNewContext() that concern the context.
function contextOptions(options) {
  if (options === undefined || options === null) return {};
  const result = {};
  if (options.contextName !== undefined) {
    validateString(options.contextName, 'options.contextName');
    result.name = options.contextName;
  }
  if (options.contextOrigin !== undefined) {
    validateString(options.contextOrigin, 'options.contextOrigin');
    result.origin = options.contextOrigin;
  }
  if (options.contextCodeGeneration !== undefined) {
    validateObject(options.contextCodeGeneration, 'options.contextCodeGeneration');
    result.codeGeneration = options.contextCodeGeneration;
  }
  if (options.microtaskMode !== undefined) result.microtaskMode = options.microtaskMode;
  return result;
}

// ---- Script ----------------------------------------------------------------------------------

// Compiled code without a context. Works without `new` too.
function Script(code, options = {}) {
  if (new.target === undefined) return new Script(code, options);
  code = `${code}`;
  options = checkOptions(options);
  const { filename, lineOffset, columnOffset } = readOrigin(options);
  const { cachedData, produceCachedData = false, importModuleDynamically } = options;
  checkCachedData(cachedData);
  validateBoolean(produceCachedData, 'options.produceCachedData');
  if (importModuleDynamically !== undefined && typeof importModuleDynamically !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options.importModuleDynamically', 'function', importModuleDynamically);
  }
  const { displayErrors = true } = options;
  validateBoolean(displayErrors, 'options.displayErrors');
  const importer = addImporter(importModuleDynamically);
  const native = new binding.NativeScript(code, filename, lineOffset, columnOffset, cachedData, displayErrors, importer);
  nativeScripts.set(this, native);
  native.importer = importer;
  loosen(importer, this);
  if (cachedData !== undefined) this.cachedDataRejected = native.cachedDataRejected;
  this.sourceMapURL = native.sourceMapURL;
  if (produceCachedData) {
    this.cachedData = native.createCachedData();
    this.cachedDataProduced = true;
  }
}

function nativeOf(script) {
  const native = nativeScripts.get(script);
  if (native === undefined) throw new TypeError('Illegal invocation');
  hold(native.importer, script);
  return native;
}

// Prototypes are plain functions: programs of 2010 call them on instances and compare them by name.
Object.defineProperties(Script.prototype, {
  runInThisContext: {
    configurable: true,
    writable: true,
    value: function runInThisContext(options) {
      return nativeOf(this).run(null, ...readRunOptions(options));
    },
  },
  runInContext: {
    configurable: true,
    writable: true,
    value: function runInContext(contextifiedObject, options) {
      const native = nativeOf(this);
      checkContext(contextifiedObject);
      return native.run(contextifiedObject, ...readRunOptions(options));
    },
  },
  runInNewContext: {
    configurable: true,
    writable: true,
    value: function runInNewContext(contextObject, options) {
      const native = nativeOf(this);
      const run = readRunOptions(options);
      const context = createContext(contextObject ?? undefined, contextOptions(options));
      return native.run(context, ...run);
    },
  },
  createCachedData: {
    configurable: true,
    writable: true,
    value: function createCachedData() {
      return nativeOf(this).createCachedData();
    },
  },
});

// ---- Functions -------------------------------------------------------------------------------

function runInContext(code, contextifiedObject, options) {
  checkContext(contextifiedObject);
  options = checkOptions(options);
  return new Script(code, options).runInContext(contextifiedObject, options);
}

// `contextObject` may be null, as it might in 2010.
function runInNewContext(code, contextObject, options) {
  options = checkOptions(options);
  const context = createContext(contextObject ?? undefined, contextOptions(options));
  return runInContext(code, context, options);
}

function runInThisContext(code, options) {
  options = checkOptions(options);
  return new Script(code, options).runInThisContext(options);
}

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined) {
    validateArray(params, 'params');
    params.forEach((param, i) => validateString(param, `params[${i}]`));
  }
  validateObject(options, 'options');
  const { filename = '', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false,
    parsingContext, contextExtensions = [], importModuleDynamically } = options;
  readOrigin({ filename, lineOffset, columnOffset });
  if (cachedData !== undefined) validateBuffer(cachedData, 'options.cachedData');
  validateBoolean(produceCachedData, 'options.produceCachedData');
  if (parsingContext !== undefined && !(isObjectLike(parsingContext) && binding.isContext(parsingContext))) {
    throw new ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((extension, i) => {
    validateObject(extension, `options.contextExtensions[${i}]`, { nullable: true });
  });
  if (importModuleDynamically !== undefined) validateFunction(importModuleDynamically, 'options.importModuleDynamically');
  const importer = addImporter(importModuleDynamically);
  const result = binding.compileFunction(
    code, filename, lineOffset, columnOffset, params ?? [], parsingContext ?? null, contextExtensions, cachedData,
    produceCachedData, importer);
  loosen(importer, result);
  return result;
}

// V8's estimate of the memory that its contexts use.
function measureMemory(options = {}) {
  require('internal/util').emitExperimentalWarning('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  return binding.measureMemory(mode === 'detailed', execution === 'eager');
}

// ---- Old names -------------------------------------------------------------------------------

function createScript(code, options) {
  return new Script(code, options);
}

// 0.3.1's Script had everything as static functions; its createContext copied what it was given.
Object.assign(Script, {
  createContext(initObject) {
    if (initObject !== undefined) validateObject(initObject, 'initObject', { allowFunction: true });
    return createContext(Object.assign({}, initObject));
  },
  runInContext,
  runInNewContext,
  runInThisContext,
});
Object.defineProperty(Script.prototype, 'createContext', {
  configurable: true, writable: true, value: Script.createContext,
});

module.exports = {
  Script,
  compileFunction,
  createContext,
  createScript,
  isContext,
  measureMemory,
  runInContext,
  runInNewContext,
  runInThisContext,
};

// This file is loaded by programs that ask for it, when the options are known.
if (require('internal/options').getOption('--experimental-vm-modules')) {
  const { Module, SourceTextModule, SyntheticModule } = require('internal/vm/module');
  Object.assign(module.exports, { Module, SourceTextModule, SyntheticModule });
}
