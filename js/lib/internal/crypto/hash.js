// Hash and Hmac.
'use strict';

const { Buffer } = require('buffer');
const binding = internalBinding('crypto_hash');
const {
  codes: { ERR_CRYPTO_HASH_FINALIZED, ERR_CRYPTO_HASH_UPDATE_FAILED, ERR_INVALID_ARG_TYPE },
} = require('internal/errors');
const { validateEncoding, validateString, validateUint32 } = require('internal/validators');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { digests, encode, getDefaultEncoding, getOptionString, likeBinary, toSecret } = require('internal/crypto/util');

const kDigest = Symbol('kDigest');
const kState = Symbol('kState');

// Programs may write a name in more ways than anybody needs.
const kMaxDigests = 256;

// { native, owner }: the native Digest of that name, and the Hash that it computes.
function algorithmOf(name) {
  let algorithm = digests.get(name);
  if (algorithm !== undefined) return algorithm;
  algorithm = { native: new binding.Digest(name), owner: undefined };
  if (digests.size >= kMaxDigests) digests.clear();
  digests.set(name, algorithm);
  return algorithm;
}

// Most digests begin when no other is under way. Those the native Digest computes; who comes next gives the owner a native Hash of its own.
function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  const isCopy = algorithm instanceof binding.Hash;
  if (!isCopy) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  const known = isCopy ? undefined : algorithmOf(algorithm);
  this[kDigest] = isCopy || length !== undefined ? new binding.Hash(known?.native ?? algorithm, length) : undefined;
  this[kState] = { finalized: false, algorithm: known, result: undefined };
  Reflect.apply(LazyTransform, this, [options]);
}

// The native Hash of `self`, with what has come so far.
function nativeOf(self) {
  if (self[kDigest] !== undefined) return self[kDigest];
  const { algorithm } = self[kState];
  const isOwner = algorithm.owner === self;
  self[kDigest] = new binding.Hash(algorithm.native, undefined, isOwner);
  if (isOwner) algorithm.owner = undefined;
  return self[kDigest];
}

// What computes the digest of `self`: a Digest or a Hash.
function computerOf(self) {
  if (self[kDigest] !== undefined) return self[kDigest];
  const { algorithm } = self[kState];
  if (algorithm.owner !== self) {
    if (algorithm.owner !== undefined) nativeOf(algorithm.owner);
    algorithm.owner = self;
  }
  return algorithm.native;
}

Object.setPrototypeOf(Hash.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hash, LazyTransform);

// The binding says what is wrong with a name.
function digestOrName(algorithm) {
  try {
    return algorithmOf(algorithm).native;
  } catch {
    return algorithm;
  }
}

function Hmac(algorithm, key, options) {
  if (!new.target) return new Hmac(algorithm, key, options);
  validateString(algorithm, 'hmac');
  const secret = toSecret(key, 'key', getOptionString(options, 'encoding'));
  this[kDigest] = new binding.Hmac(digestOrName(algorithm), secret);
  this[kState] = { finalized: false, result: undefined };
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
  if (!computerOf(this).update(toData(data, encoding))) throw new ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
}

function transform(chunk, encoding, callback) {
  nativeOf(this).update(toData(chunk, encoding));
  callback();
}

// digest() may have been called already.
function flush(callback) {
  const { result } = this[kState];
  if (result === undefined) this.push(nativeOf(this).digest());
  else this.push(typeof result === 'string' ? Buffer.from(result, 'hex') : result);
  callback();
}

Object.assign(Hash.prototype, { _transform: transform, _flush: flush, update });
Object.assign(Hmac.prototype, { _transform: transform, _flush: flush, update });

Hash.prototype.copy = function copy(options) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(nativeOf(this), options);
};

Hash.prototype.digest = function digest(outputEncoding) {
  if (this[kState].finalized) throw new ERR_CRYPTO_HASH_FINALIZED();
  // Objects with a text are taken as encodings.
  const encoding = `${outputEncoding || getDefaultEncoding()}`;
  const isHex = encoding === 'hex';
  const state = this[kState];
  const computer = computerOf(this);
  if (computer === this[kDigest]) {
    state.result = computer.digest(isHex);
  } else {
    state.result = computer.finish(isHex);
    state.algorithm.owner = undefined;
  }
  state.finalized = true;
  return isHex ? state.result : encode(state.result, encoding);
};

Hmac.prototype.digest = function digest(outputEncoding) {
  const encoding = `${outputEncoding || getDefaultEncoding()}`;
  if (this[kState].finalized) return encoding === 'buffer' ? likeBinary(Buffer.alloc(0)) : '';
  const isHex = encoding === 'hex';
  const result = this[kDigest].digest(isHex);
  this[kState].finalized = true;
  return isHex ? result : encode(result, encoding);
};

module.exports = { Hash, Hmac };
