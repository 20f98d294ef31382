// What the parts of crypto share: arguments as bytes, results in the encoding asked for, the library's own settings.
'use strict';

const binding = internalBinding('crypto');
const { isAnyArrayBuffer } = require('internal/util/types');
const { Buffer } = require('buffer');
const asyncContext = require('internal/async_context');
const {
  codes: {
    ERR_CRYPTO_ENGINE_UNKNOWN, ERR_CRYPTO_FIPS_FORCED, ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE, ERR_INVALID_ARG_TYPE,
  },
} = require('internal/errors');
const { getOption } = require('internal/options');
const { validateFunction, validateNumber, validateString } = require('internal/validators');

// A KeyObject's native key, and a CryptoKey's KeyObject: how the parts of crypto know them without loading their classes.
const kHandle = Symbol('kHandle');
const kKeyObject = Symbol('kKeyObject');

// ---- Settings of the library ----------------------------------------------------------------

// OpenSSL sets itself up when it is first used: by now, options must have said how.
function start() {
  const heap = Number(getOption('--secure-heap') ?? 0);
  if (heap > 0 && !binding.initSecureHeap(heap, Number(getOption('--secure-heap-min') ?? 2))) {
    process.emitWarning('Unable to initialize openssl secure heap.');
  }
  const config = getOption('--openssl-config');
  const shared = getOption('--openssl-shared-config') === true;
  if (config !== undefined || shared) binding.loadConfig(config ?? '', shared ? 'openssl_conf' : 'nodejs_conf');
  if (getOption('--openssl-legacy-provider') === true) binding.loadLegacy();
  if (getOption('--enable-fips') === true || getOption('--force-fips') === true) binding.setFips(true);
}
start();

// The native Digest of each name that was asked for, for as long as the settings stay.
const digests = new Map();

function getFips() {
  return getOption('--force-fips') === true || binding.getFips() ? 1 : 0;
}

function setFips(value) {
  const on = Boolean(value);
  if (getOption('--force-fips') === true) {
    if (on) return;
    throw new ERR_CRYPTO_FIPS_FORCED();
  }
  if (on === binding.getFips()) return;
  digests.clear();
  binding.setFips(on);
}

function setEngine(id, flags) {
  validateString(id, 'id');
  if (flags) validateNumber(flags, 'flags');
  // 0 means all, as it does for no flags at all.
  const methods = flags >>> 0 || 0xffff;
  digests.clear();
  if (!binding.setEngine(id, methods)) throw new ERR_CRYPTO_ENGINE_UNKNOWN(id);
}

function secureHeapUsed() {
  const used = binding.secureHeapUsed();
  const total = Number(getOption('--secure-heap') ?? 0);
  if (used === undefined || total === 0) return { total: 0, used: 0, utilization: 0, min: 0 };
  return { total, used, utilization: used / total, min: Number(getOption('--secure-heap-min') ?? 2) };
}

// ---- Names ----------------------------------------------------------------------------------

// Sorted; of names that differ by case only, one.
function sortedNames(list) {
  const names = new Map();
  for (const name of list) names.set(name.toLowerCase(), name);
  return [...names.values()].sort();
}

// A function that gives a fresh copy of what `make` made at first.
function cachedList(make) {
  let list;
  return () => (list ??= sortedNames(make())).slice();
}

const getCiphers = cachedList(() => binding.getCiphers());
const getHashes = cachedList(() => binding.getHashes());
const getCurves = cachedList(() => binding.getCurves());

// ---- Arguments ------------------------------------------------------------------------------

let defaultEncoding = 'buffer';

// crypto.DEFAULT_ENCODING, of strings that come and of results.
function getDefaultEncoding() {
  return defaultEncoding;
}

function setDefaultEncoding(value) {
  defaultEncoding = value;
}

function stringBytes(text, encoding) {
  encoding ??= defaultEncoding;
  return Buffer.from(text, encoding === 'buffer' ? 'utf8' : encoding);
}

// Something with bytes that the bindings take: a view or a buffer as it is, a string in its encoding.
function toBytes(value, name, encoding) {
  if (typeof value === 'string') return stringBytes(value, encoding);
  if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return value;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

// A secret key as what the bindings' read_secret() takes: bytes, or the native key of a KeyObject or CryptoKey.
function toSecret(key, name, encoding) {
  const object = key?.[kKeyObject] ?? key;
  if (typeof object !== 'object' || object === null || object[kHandle] === undefined) {
    if (typeof key === 'string' || ArrayBuffer.isView(key) || isAnyArrayBuffer(key)) return toBytes(key, name, encoding);
    const types = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];
    throw new ERR_INVALID_ARG_TYPE(name, types, key);
  }
  if (object.type !== 'secret') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(object.type, 'secret');
  return object[kHandle];
}

// An option that is a string, or left out.
function getOptionString(options, name) {
  const value = options?.[name];
  if (value === undefined || value === null) return undefined;
  validateString(value, `options.${name}`);
  return value;
}

// For arguments whose error names their types in another order than toBytes() does.
function validateByteSource(value, name) {
  if (typeof value === 'string' || ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], value);
}

// ---- Results --------------------------------------------------------------------------------

// 2010's results were binary strings: this Buffer compares to one, and turns into one, as if it were.
const oldToString = {
  configurable: true, writable: true, enumerable: false,
  value: function toString(encoding = 'latin1', ...range) {
    return Reflect.apply(Buffer.prototype.toString, this, [encoding, ...range]);
  },
};

function likeBinary(buffer) {
  return Object.defineProperty(buffer, 'toString', oldToString);
}

// A result as it was asked for: a Buffer for 'buffer' and for what is no encoding.
function encode(buffer, encoding) {
  if (encoding === 'buffer' || !Buffer.isEncoding(encoding)) return likeBinary(buffer);
  return buffer.toString(encoding);
}

// A result that was never a string by itself, in crypto.DEFAULT_ENCODING.
function encodePlain(buffer) {
  return defaultEncoding === 'buffer' ? buffer : buffer.toString(defaultEncoding);
}

// ---- Computations on the pool ---------------------------------------------------------------

// `callback` for the bindings' run_job(): runs in the asynchronous context of now. `type` names the request to hooks.
function bindJob(callback, type) {
  validateFunction(callback, 'callback');
  return asyncContext.bind(callback, type);
}

module.exports = {
  bindJob,
  digests,
  encode,
  encodePlain,
  getCiphers,
  getCurves,
  getDefaultEncoding,
  getFips,
  getHashes,
  getOptionString,
  kHandle,
  kKeyObject,
  likeBinary,
  secureHeapUsed,
  setDefaultEncoding,
  setEngine,
  setFips,
  toBytes,
  toSecret,
  validateByteSource,
};
