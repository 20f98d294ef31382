// crypto: digests, HMAC, random values. Ciphers, keys and signatures are not built yet and say so.
'use strict';

const { Transform } = require('stream');
const binding = internalBinding('crypto');
const { codes } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = codes;
const { validateString, validateFunction, validateInteger, validateNumber, validateObject, validateBoolean, validateUint32 } =
  require('internal/validators');
const { functions } = require('internal/unavailable');
const { getCiphers, getCurves, getFips, getHashes, secureHeapUsed, setEngine, setFips } = require('internal/crypto/util');

const constants = Object.freeze(Object.assign(Object.create(null), binding.getConstants()));

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');

function fail(code, message) {
  const error = new Error(message);
  error.code = code;
  return error;
}

function toBytes(data, encoding, name = 'data') {
  if (typeof data === 'string') return Buffer.from(data, encoding === 'buffer' ? 'utf8' : encoding);
  if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) return data;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

// Digests of 2010 were binary strings: this Buffer compares to one as if it were.
function oldBinary(buffer) {
  Object.defineProperty(buffer, 'toString', {
    configurable: true, writable: true, enumerable: false,
    value(encoding = 'latin1', ...range) {
      return Buffer.prototype.toString.call(this, encoding, ...range);
    },
  });
  return buffer;
}

function finish(buffer, encoding) {
  return encoding === undefined || encoding === 'buffer' ? oldBinary(buffer) : buffer.toString(encoding);
}

// ---- Hash and Hmac ------------------------------------------------------------------------------

function makeDigest(name, digest) {
  function update(data, encoding) {
    if (this[kState].finalized) throw fail('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    if (!this[kHandle].update(toBytes(data, encoding))) throw fail('ERR_CRYPTO_HASH_UPDATE_FAILED', 'Hash update failed');
    return this;
  }
  return {
    update,
    _transform(chunk, encoding, callback) {
      this[kHandle].update(toBytes(chunk, encoding));
      callback();
    },
    _flush(callback) {
      this.push(digest(this));
      callback();
    },
  };
}

function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  if (!(algorithm instanceof binding.Hash)) validateString(algorithm, 'algorithm');
  const length = options?.outputLength;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  this[kHandle] = new binding.Hash(algorithm);
  this[kState] = { finalized: false, length: length ?? 0 };
  Reflect.apply(Transform, this, [options]);
}
Object.setPrototypeOf(Hash.prototype, Transform.prototype);
Object.setPrototypeOf(Hash, Transform);
Object.assign(Hash.prototype, makeDigest('Hash', (hash) => hash[kHandle].digest(hash[kState].length)));

Hash.prototype.digest = function digest(encoding) {
  if (this[kState].finalized) throw fail('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  this[kState].finalized = true;
  return finish(this[kHandle].digest(this[kState].length), encoding);
};

Hash.prototype.copy = function copy(options) {
  if (this[kState].finalized) throw fail('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  return new Hash(this[kHandle], options);
};

function Hmac(algorithm, key, options) {
  if (!new.target) return new Hmac(algorithm, key, options);
  validateString(algorithm, 'hmac');
  if (key === null) {
    const types = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];
    throw new ERR_INVALID_ARG_TYPE('key', types, key);
  }
  this[kHandle] = new binding.Hmac(algorithm, toBytes(key, options?.encoding, 'key'));
  this[kState] = { finalized: false };
  Reflect.apply(Transform, this, [options]);
}
Object.setPrototypeOf(Hmac.prototype, Transform.prototype);
Object.setPrototypeOf(Hmac, Transform);
Object.assign(Hmac.prototype, makeDigest('Hmac', (hmac) => hmac[kHandle].digest()));

Hmac.prototype.digest = function digest(encoding) {
  if (this[kState].finalized) return encoding === undefined || encoding === 'buffer' ? Buffer.alloc(0) : '';
  this[kState].finalized = true;
  return finish(this[kHandle].digest(), encoding);
};

// ---- Random values ------------------------------------------------------------------------------

function fill(bytes) {
  if (!binding.randomFill(bytes)) throw fail('ERR_CRYPTO_OPERATION_FAILED', 'The system gives no random bytes');
}

function randomBytes(size, callback) {
  validateNumber(size, 'size');
  if (!(size >= 0 && size <= 2147483647)) throw new ERR_OUT_OF_RANGE('size', '>= 0 && <= 2147483647', size);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = Buffer.allocUnsafeSlow(size);
  fill(bytes);
  if (callback === undefined) return bytes;
  process.nextTick(callback, null, bytes);
}

function range(buffer, offset = 0, size = undefined) {
  if (!ArrayBuffer.isView(buffer) && !(buffer instanceof ArrayBuffer)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
  }
  size ??= buffer.byteLength - offset;
  validateInteger(offset, 'offset', 0, buffer.byteLength);
  validateInteger(size, 'size', 0, buffer.byteLength - offset);
  return ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset + offset, size) :
    new Uint8Array(buffer, offset, size);
}

function randomFillSync(buffer, offset, size) {
  fill(range(buffer, offset, size));
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  if (typeof offset === 'function') [callback, offset, size] = [offset, undefined, undefined];
  else if (typeof size === 'function') [callback, size] = [size, undefined];
  validateFunction(callback, 'callback');
  fill(range(buffer, offset, size));
  process.nextTick(callback, null, buffer);
}

// Uniform in [min, max): values beyond the last whole multiple of the range are drawn again.
function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max];
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const span = max - min;
  if (span > 2 ** 48 - 1) throw new ERR_OUT_OF_RANGE('max - min', '<= 281474976710655', span);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const limit = 2 ** 48 - (2 ** 48 % span);
  const bytes = Buffer.allocUnsafeSlow(6);
  let value;
  do {
    fill(bytes);
    value = bytes.readUIntBE(0, 6);
  } while (value >= limit);
  value = min + (value % span);
  if (callback === undefined) return value;
  process.nextTick(callback, undefined, value);
}

// RFC 9562, version 4.
function randomUUID(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
  }
  const bytes = Buffer.allocUnsafeSlow(16);
  fill(bytes);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function timingSafeEqual(a, b) {
  for (const [value, name] of [[a, 'buf1'], [b, 'buf2']]) {
    if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
      throw new ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
    }
  }
  if (a.byteLength !== b.byteLength) {
    const error = new RangeError('Input buffers must have the same byte length');
    error.code = 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH';
    throw error;
  }
  return binding.timingSafeEqual(a, b);
}

module.exports = {
  ...functions('crypto', [
    'createCipheriv', 'createDecipheriv', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync',
  ]),
  ...require('internal/crypto/asymmetric'),
  createHash: (algorithm, options) => new Hash(algorithm, options),
  createHmac: (algorithm, key, options) => new Hmac(algorithm, key, options),
  getCiphers,
  getCurves,
  getFips,
  getHashes,
  Hash,
  Hmac,
  prng: randomBytes,
  pseudoRandomBytes: randomBytes,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  rng: randomBytes,
  secureHeapUsed,
  setEngine,
  setFips,
  timingSafeEqual,
  constants,
};

// ---- Old names ---------------------------------------------------------------------------------

// What 2010 had here of tls.
for (const [name, old] of [['createCredentials'], ['Credentials'], ['createPair', 'createSecurePair']]) {
  Object.defineProperty(module.exports, name, {
    configurable: true, enumerable: false, get: () => require('internal/tls/old')[old ?? name],
  });
}
Object.defineProperty(module.exports, 'RootCaCerts', {
  configurable: true, enumerable: false, get: () => require('tls').rootCertificates,
});
