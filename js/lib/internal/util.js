// Small helpers that many modules of the library share.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_SIGNAL } } = require('internal/errors');

const kEmptyObject = Object.freeze(Object.create(null));
const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const customPromisify = Symbol.for('nodejs.util.promisify.custom');
// Names of the values after the error, for functions whose callbacks get several: promisify makes an object of them.
const customPromisifyArgs = Symbol('customPromisifyArgs');
// Methods of objects that structured clones know: kClone() makes the copy; kTransfer() makes the object that takes over, and
// kTransfer(true) throws if it cannot.
const kClone = Symbol('kClone');
const kTransfer = Symbol('kTransfer');
// Objects that can go to another process have a kPack() that answers [bytes, name of the module whose unpack(bytes) makes the copy].
const kPack = Symbol('kPack');
const kEnumerableProperty = Object.freeze({ __proto__: null, enumerable: true });

// Runs `fn` at most once.
function once(fn) {
  let called = false;
  return function(...args) {
    if (called) return undefined;
    called = true;
    return Reflect.apply(fn, this, args);
  };
}

const warnedCodes = new Set();

// Calls through to `fn`, warning the first time; constructors stay constructors.
function deprecate(fn, message, code) {
  if (typeof fn !== 'function') throw new ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
  if (code !== undefined && typeof code !== 'string') throw new ERR_INVALID_ARG_TYPE('code', 'string', code);
  if (process.noDeprecation === true) return fn;
  let warned = false;
  function deprecated(...args) {
    if (!warned) {
      warned = true;
      if (code === undefined || code === '') {
        process.emitWarning(message, 'DeprecationWarning', deprecated);
      } else if (!warnedCodes.has(code)) {
        warnedCodes.add(code);
        process.emitWarning(message, 'DeprecationWarning', code, deprecated);
      }
    }
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

// For modules that a build without OpenSSL lacks.
function assertCrypto() {
  if (process.versions.openssl !== undefined) return;
  const { ERR_NO_CRYPTO } = require('internal/errors').codes;
  throw new ERR_NO_CRYPTO();
}

// Whether `error` is an Error of this or another context.
function isError(error) {
  return error instanceof Error || Object.prototype.toString.call(error) === '[object Error]';
}

// A function with an error-first callback, as one that returns a promise.
function promisify(original) {
  if (typeof original !== 'function') throw new ERR_INVALID_ARG_TYPE('original', 'Function', original);
  const custom = original[customPromisify];
  if (custom) {
    if (typeof custom !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('util.promisify.custom', 'Function', custom);
    }
    return Object.defineProperty(custom, customPromisify, { value: custom, configurable: true });
  }
  const names = original[customPromisifyArgs];
  function promisified(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, ...values) => {
        if (error) return reject(error);
        if (names === undefined || values.length < 2) return resolve(values[0]);
        const result = {};
        for (let i = 0; i < names.length; i++) result[names[i]] = values[i];
        resolve(result);
      }]);
    });
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original));
  Object.defineProperty(promisified, customPromisify, { value: promisified, configurable: true });
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = customPromisify;

const canonicalEncodings = new Map([
  ['utf8', 'utf8'], ['utf-8', 'utf8'], ['ucs2', 'utf16le'], ['ucs-2', 'utf16le'], ['utf16le', 'utf16le'],
  ['utf-16le', 'utf16le'], ['latin1', 'latin1'], ['binary', 'latin1'], ['base64', 'base64'],
  ['base64url', 'base64url'], ['hex', 'hex'], ['ascii', 'ascii'],
]);

// The canonical name of an encoding, undefined when it is none; nothing at all means 'utf8'.
function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  return canonicalEncodings.get(encoding) ?? canonicalEncodings.get(String(encoding).toLowerCase());
}

// Signal number of a name or number; throws for what is none.
function convertToValidSignal(signal) {
  const { signals } = require('os').constants;
  if (typeof signal === 'number' && Object.values(signals).includes(signal)) return signal;
  if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number) return number;
  }
  throw new ERR_UNKNOWN_SIGNAL(signal);
}

// Defines properties of `target` that load module `id` and take the value of the same name when first read.
function defineLazyProperties(target, id, keys, enumerable = true) {
  for (const key of keys) {
    const define = (value) =>
      Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
    Object.defineProperty(target, key, {
      enumerable,
      configurable: true,
      get() {
        const value = require(id)[key];
        define(value);
        return value;
      },
      set: define,
    });
  }
}

// A property `key` of `target` whose value is made by `make()` when it is first read.
function defineLazy(target, key, make, enumerable = true) {
  const define = (value) =>
    Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
  Object.defineProperty(target, key, {
    enumerable,
    configurable: true,
    get() {
      const value = make();
      define(value);
      return value;
    },
    set: define,
  });
}

function createDeferredPromise() {
  let resolve;
  let reject;
  const promise = new Promise((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

function spliceOne(list, index) {
  for (; index + 1 < list.length; index++) list[index] = list[index + 1];
  list.pop();
}

function toUSVString(text) {
  // Lone surrogates become U+FFFD.
  return `${text}`.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

const experimentalFeatures = new Set();

function emitExperimentalWarning(feature) {
  if (experimentalFeatures.has(feature)) return;
  experimentalFeatures.add(feature);
  process.emitWarning(
    `${feature} is an experimental feature and might change at any time`, 'ExperimentalWarning');
}

module.exports = {
  assertCrypto,
  convertToValidSignal,
  createDeferredPromise,
  customInspectSymbol,
  customPromisifyArgs,
  defineLazy,
  defineLazyProperties,
  deprecate,
  emitExperimentalWarning,
  isError,
  kEmptyObject,
  kClone,
  kPack,
  kEnumerableProperty,
  kTransfer,
  normalizeEncoding,
  once,
  promisify,
  spliceOne,
  toUSVString,
};
