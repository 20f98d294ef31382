// Hash and Hmac.
'use strict';

const { Buffer } = require('buffer');
const binding = internalBinding('crypto_hash');
const {
  codes: { ERR_CRYPTO_HASH_FINALIZED, ERR_CRYPTO_HASH_UPDATE_FAILED, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateEncoding, validateString, validateUint32 } = require('internal/validators');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { encode, getDefaultEncoding, getOptionString, likeBinary, toSecret } = require('internal/crypto/util');

const kDigest = Symbol('kDigest');
const kState = Symbol('kState');

function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  if (!(algorithm instanceof binding.Hash)) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  this[kDigest] = new binding.Hash(algorithm, length);
  this[kState] = { finalized: false };
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(Hash.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hash, LazyTransform);

function Hmac(algorithm, key, options) {
  if (!new.target) return new Hmac(algorithm, key, options);
  validateString(algorithm, 'hmac');
  const secret = toSecret(key, 'key', getOptionString(options, 'encoding'));
  this[kDigest] = new binding.Hmac(algorithm, secret);
  this[kState] = { finalized: false };
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(Hmac.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hmac, LazyTransform);

// What the binding takes: it knows UTF-8 strings itself.
function toData(data, encoding) {
  if (typeof data !== 'string') return data;
  encoding ||= getDefaultEncoding();
  if (encoding === 'buffer' || encoding === 'utf8' || encoding === 'utf-8') return data;
  validateEncoding(data, encoding);
  return Buffer.from(data, encoding);
}

function update(data, encoding) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  if (!this[kDigest].update(toData(data, encoding))) throw new ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
}

function transform(chunk, encoding, callback) {
  this[kDigest].update(toData(chunk, encoding));
  callback();
}

function flush(callback) {
  this.push(this[kDigest].digest());
  callback();
}

Object.assign(Hash.prototype, { _transform: transform, _flush: flush, update });
Object.assign(Hmac.prototype, { _transform: transform, _flush: flush, update });

Hash.prototype.copy = function copy(options) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this[kDigest], options);
};

Hash.prototype.digest = function digest(outputEncoding) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  // Objects with a text are taken as encodings.
  const encoding = `${outputEncoding || getDefaultEncoding()}`;
  const result = this[kDigest].digest();
  this[kState].finalized = true;
  return encode(result, encoding);
};

Hmac.prototype.digest = function digest(outputEncoding) {
  const encoding = `${outputEncoding || getDefaultEncoding()}`;
  if (this[kState].finalized) return encoding === 'buffer' ? likeBinary(Buffer.alloc(0)) : '';
  const result = this[kDigest].digest();
  this[kState].finalized = true;
  return encode(result, encoding);
};

module.exports = { Hash, Hmac };
