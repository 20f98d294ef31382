// KeyObject, and what makes a handle of whatever a program gives as a key.
'use strict';

const binding = internalBinding('crypto_key');
const brands = require('internal/crypto/brands');
const { Reader } = require('internal/crypto/der');
const { isBytes, isStringOrBytes, kFormats, kTypes, keyTypes, parseEncoding } = require('internal/crypto/key_encoding');
const { readJwk, secretJwk, writeJwk } = require('internal/crypto/jwk');
const { kHandle, kKeyObject, toBytes } = require('internal/crypto/util');
const { kClone, kPack } = require('internal/util');
const { validateObject, validateOneOf } = require('internal/validators');
const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
    ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');

const kKinds = ['secret', 'public', 'private'];
// What a key is wanted for. Private keys will do where public ones are wanted, unless they are KeyObjects and one is to be made.
const kConsumePublic = 0;
const kConsumePrivate = 1;
const kCreatePublic = 2;
const kCreatePrivate = 3;

const isCryptoKey = (value) => value !== null && typeof value === 'object' && isKeyObject(value[kKeyObject]);

let handleOf;
let isKeyObject;

class KeyObject {
  #handle;
  #type;

  static {
    handleOf = (key) => key.#handle;
    isKeyObject = (value) => value !== null && typeof value === 'object' && #handle in value;
  }

  constructor(type, handle) {
    if (!kKinds.includes(type)) throw new ERR_INVALID_ARG_VALUE('type', type);
    if (typeof handle !== 'object') throw new ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    if (!(handle instanceof binding.KeyHandle)) throw new ERR_INVALID_ARG_VALUE('handle', handle);
    this.#type = type;
    this.#handle = handle;
  }

  get type() {
    return this.#type;
  }

  get [kHandle]() {
    return isKeyObject(this) ? this.#handle : undefined;
  }

  static from(key) {
    if (!isCryptoKey(key)) throw new ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return key[kKeyObject];
  }

  equals(other) {
    if (!isKeyObject(other)) throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', other);
    return other.type === this.type && this.#handle.equals(other.#handle);
  }

  // Keys never change: a copy is another object on the same one.
  [kClone]() {
    return keyObjectOf(this.#handle);
  }

  // To a worker, which is another process, the key goes as it is: [its bytes, the module that reads them].
  [kPack]() {
    const kind = this.#handle.type();
    const bytes = kind === 0 ? this.#handle.exportSecret() : this.#handle.export(kFormats.der, kind === 1 ? kTypes.spki : kTypes.pkcs8);
    const packed = Buffer.concat([Buffer.from([kind]), bytes]);
    bytes.fill(0);
    return [packed, 'internal/crypto/keys'];
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { configurable: true, value: 'KeyObject' });
brands.isKeyObject = isKeyObject;

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }

  get symmetricKeySize() {
    return handleOf(this).size();
  }

  export(options = undefined) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return secretJwk(handleOf(this));
    }
    return handleOf(this).exportSecret();
  }
}

// ---- Details of asymmetric keys -----------------------------------------------------------------

const bitLength = (bytes) => bytes.length * 8 - Math.clz32(bytes[0]) + 24;

function rsaDetails(reader) {
  const bits = new Reader(reader.bits()).sequence();
  const modulus = bits.integer();
  return { modulusLength: bitLength(modulus), publicExponent: BigInt(`0x${bits.integer().toString('hex')}`) };
}

// RFC 8017 A.2.3: each parameter has a default; without any, all are free.
function pssDetails(parameters, reader) {
  const rest = parameters.done ? undefined : parameters.sequence();
  const details = rsaDetails(reader);
  if (rest === undefined) return details;
  Object.assign(details, { hashAlgorithm: 'sha1', mgf1HashAlgorithm: 'sha1', saltLength: 20 });
  while (!rest.done) {
    const { tag, bytes } = rest.next();
    const inner = new Reader(bytes);
    if (tag === 0xA0) {
      details.hashAlgorithm = binding.oidName(inner.sequence().oid());
    } else if (tag === 0xA1) {
      const generator = inner.sequence();
      generator.oid();
      details.mgf1HashAlgorithm = binding.oidName(generator.sequence().oid());
    } else if (tag === 0xA2) {
      details.saltLength = Number(`0x${inner.integer().toString('hex')}`);
    }
  }
  return details;
}

function detailsOf(handle) {
  const type = handle.keyType();
  if (type === 'ec') return { namedCurve: handle.curve() };
  if (type !== 'rsa' && type !== 'rsa-pss' && type !== 'dsa') return {};
  const reader = new Reader(binding.publicOf(handle).export(kFormats.der, kTypes.spki)).sequence();
  const algorithm = reader.sequence();
  algorithm.oid();
  if (type === 'rsa') return rsaDetails(reader);
  if (type === 'rsa-pss') return pssDetails(algorithm, reader);
  const parameters = algorithm.sequence();
  return { modulusLength: bitLength(parameters.integer()), divisorLength: bitLength(parameters.integer()) };
}

// ---- Public and private keys --------------------------------------------------------------------

// The key as `encoding`, out of parseEncoding(), asks for it.
function exportHandle(handle, { format, type, cipher, passphrase }) {
  if (format === 'jwk') return writeJwk(handle, handle.type() === 2);
  const bytes = handle.export(kFormats[format], kTypes[type], cipher, passphrase);
  passphrase?.fill(0);
  if (format === 'der') return bytes;
  const text = bytes.latin1Slice();
  bytes.fill(0);
  return text;
}

class AsymmetricKeyObject extends KeyObject {
  #details;

  get asymmetricKeyType() {
    return handleOf(this).keyType();
  }

  get asymmetricKeyDetails() {
    this.#details ??= detailsOf(handleOf(this));
    return { ...this.#details };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('public', handle);
  }

  export(options) {
    if (options?.format === 'jwk') return exportHandle(handleOf(this), options);
    return exportHandle(handleOf(this), parseEncoding(options, this.asymmetricKeyType, true));
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('private', handle);
  }

  export(options) {
    if (options?.format === 'jwk') {
      if (options.passphrase !== undefined) throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
      return exportHandle(handleOf(this), { format: 'jwk' });
    }
    return exportHandle(handleOf(this), parseEncoding(options, this.asymmetricKeyType, false));
  }
}

const kClasses = [SecretKeyObject, PublicKeyObject, PrivateKeyObject];
const keyObjectOf = (handle) => new kClasses[handle.type()](handle);

// What kPack() made.
function unpack(packed) {
  const bytes = packed.subarray(1);
  if (packed[0] === 0) return createSecretKey(bytes);
  if (packed[0] === 1) return new PublicKeyObject(binding.parsePublicKey(bytes, kFormats.der, kTypes.spki, undefined));
  return new PrivateKeyObject(binding.parsePrivateKey(bytes, kFormats.der, kTypes.pkcs8, undefined));
}

// ---- What programs give as keys -----------------------------------------------------------------

function checkKind(key, use) {
  if (use === kCreatePrivate) throw new ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  if (key.type === 'private') return handleOf(key);
  if (use === kConsumePrivate || use === kCreatePublic) throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
  if (key.type !== 'public') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private or public');
  return handleOf(key);
}

const wantsPrivate = (use) => use === kConsumePrivate || use === kCreatePrivate;

function parse(data, name, encoding, { format, type, passphrase }, use) {
  const bytes = toBytes(data, name, encoding);
  const read = wantsPrivate(use) ? binding.parsePrivateKey : binding.parsePublicKey;
  if (bytes.byteLength > 0x7FFFFFFF) throw new ERR_OUT_OF_RANGE('key.byteLength', '<= 2147483647', bytes.byteLength);
  try {
    return read(bytes, kFormats[format], type === undefined ? -1 : kTypes[type], passphrase);
  } finally {
    passphrase?.fill(0);
    if (typeof data === 'string') bytes.fill(0);
  }
}

// The handle of a KeyObject, CryptoKey, PEM, or { key, format, type, passphrase, encoding } for `use`.
function asymmetricHandle(key, use) {
  if (isKeyObject(key)) return checkKind(key, use);
  if (isCryptoKey(key)) return checkKind(key[kKeyObject], use);
  if (isStringOrBytes(key)) return parse(key, 'key', undefined, { format: 'pem' }, use);
  if (key === null || typeof key !== 'object') throw new ERR_INVALID_ARG_TYPE('key', keyTypes(use !== kCreatePrivate), key);
  const { key: data, format, encoding } = key;
  if (isKeyObject(data)) return checkKind(data, use);
  if (isCryptoKey(data)) return checkKind(data[kKeyObject], use);
  if (format === 'jwk') {
    validateObject(data, 'key.key');
    return readJwk(data, wantsPrivate(use));
  }
  if (!isStringOrBytes(data)) throw new ERR_INVALID_ARG_TYPE('key.key', keyTypes(use !== kCreatePrivate), data);
  const how = parseEncoding(key, undefined, wantsPrivate(use) ? false : undefined);
  return parse(data, 'key', encoding, how, use);
}

// The handle of a secret KeyObject or CryptoKey; of anything else its bytes.
function secretOf(key, encoding = undefined, bytesOnly = false) {
  if (!bytesOnly) {
    const object = isCryptoKey(key) ? key[kKeyObject] : key;
    if (isKeyObject(object)) {
      if (object.type !== 'secret') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(object.type, 'secret');
      return handleOf(object);
    }
  }
  if (typeof key !== 'string' && !isBytes(key)) throw new ERR_INVALID_ARG_TYPE('key', keyTypes(!bytesOnly, bytesOnly), key);
  return toBytes(key, 'key', encoding);
}

function createSecretKey(key, encoding = undefined) {
  const bytes = secretOf(key, encoding, typeof key !== 'string');
  if (bytes.byteLength > 0x7FFFFFFF) throw new ERR_OUT_OF_RANGE('key.byteLength', '<= 2147483647', bytes.byteLength);
  const handle = new binding.KeyHandle(bytes);
  if (typeof key === 'string') bytes.fill(0);
  return new SecretKeyObject(handle);
}

function createPublicKey(key) {
  const handle = asymmetricHandle(key, kCreatePublic);
  return new PublicKeyObject(handle.type() === 1 ? handle : binding.publicOf(handle));
}

function createPrivateKey(key) {
  return new PrivateKeyObject(asymmetricHandle(key, kCreatePrivate));
}

module.exports = {
  KeyObject,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  exportHandle,
  handleOf,
  isCryptoKey,
  isKeyObject,
  keyObjectOf,
  privateHandle: (key) => asymmetricHandle(key, kConsumePrivate),
  publicHandle: (key) => asymmetricHandle(key, kConsumePublic),
  secretOf,
  unpack,
};
