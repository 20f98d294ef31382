// Diffie-Hellman: over numbers, over curves, and for keys of any of its types.
'use strict';

const binding = internalBinding('crypto_dh');
const { isStringOrBytes } = require('internal/crypto/key_encoding');
const { handleOf, isKeyObject } = require('internal/crypto/keys');
const { encode, toBytes } = require('internal/crypto/util');
const { validateInt32, validateObject, validateString } = require('internal/validators');
const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY, ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE, ERR_CRYPTO_UNKNOWN_DH_GROUP, ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');

const kHandle = Symbol('kHandle');
const kBytes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function hide(self, name, value) {
  Object.defineProperty(self, name, { value });
}

// ---- Over numbers -------------------------------------------------------------------------------

const isEncoding = (value) => value === 'buffer' || Buffer.isEncoding(value);

// (prime, generator), with encodings for strings.
function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && !isStringOrBytes(sizeOrKey)) {
    throw new ERR_INVALID_ARG_TYPE('sizeOrKey', ['number', 'string', ...kBytes], sizeOrKey);
  }
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  if (keyEncoding && !isEncoding(keyEncoding)) {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = undefined;
  }
  if (typeof sizeOrKey !== 'number') sizeOrKey = toBytes(sizeOrKey, 'sizeOrKey', keyEncoding);
  if (generator === undefined || generator === null || generator === '') generator = 2;
  else if (typeof generator === 'number') validateInt32(generator, 'generator');
  else if (isStringOrBytes(generator)) generator = toBytes(generator, 'generator', genEncoding);
  else throw new ERR_INVALID_ARG_TYPE('generator', ['number', 'string', ...kBytes], generator);
  hide(this, kHandle, new binding.DiffieHellman(sizeOrKey, generator));
  Object.defineProperty(this, 'verifyError', { enumerable: true, value: this[kHandle].verifyError(), writable: false });
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  validateString(name, 'name');
  if (!binding.isGroup(name.toLowerCase())) throw new ERR_CRYPTO_UNKNOWN_DH_GROUP();
  hide(this, kHandle, new binding.DiffieHellman(name.toLowerCase(), 2));
  Object.defineProperty(this, 'verifyError', { enumerable: true, value: this[kHandle].verifyError(), writable: false });
}

const getter = (name) => ({ [name](encoding = undefined) {
  return encode(this[kHandle][name](), encoding);
} })[name];

function computeSecret(otherPublicKey, inputEncoding = undefined, outputEncoding = undefined) {
  return encode(this[kHandle].computeSecret(toBytes(otherPublicKey, 'otherPublicKey', inputEncoding)), outputEncoding);
}

for (const Class of [DiffieHellman, DiffieHellmanGroup]) {
  for (const name of ['generateKeys', 'getPrime', 'getGenerator', 'getPublicKey', 'getPrivateKey']) Class.prototype[name] = getter(name);
  Class.prototype.computeSecret = computeSecret;
}

DiffieHellman.prototype.setPublicKey = function setPublicKey(key, encoding = undefined) {
  this[kHandle].setPublicKey(toBytes(key, 'key', encoding));
  return this;
};

DiffieHellman.prototype.setPrivateKey = function setPrivateKey(key, encoding = undefined) {
  this[kHandle].setPrivateKey(toBytes(key, 'key', encoding));
  return this;
};

// ---- Keys of all types --------------------------------------------------------------------------

const kTypes = new Set(['dh', 'ec', 'x448', 'x25519']);

// The secret that two keys share: { privateKey, publicKey }.
function diffieHellman(options) {
  validateObject(options, 'options');
  const { privateKey, publicKey } = options;
  if (!isKeyObject(privateKey)) throw new ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  if (!isKeyObject(publicKey)) throw new ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  if (privateKey.type !== 'private') throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(privateKey.type, 'private');
  if (publicKey.type !== 'public' && publicKey.type !== 'private') {
    throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(publicKey.type, 'private or public');
  }
  const type = privateKey.asymmetricKeyType;
  if (type !== publicKey.asymmetricKeyType || !kTypes.has(type)) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${type} and ${publicKey.asymmetricKeyType}`);
  }
  return binding.derive(handleOf(privateKey), handleOf(publicKey));
}

module.exports = { DiffieHellman, DiffieHellmanGroup, diffieHellman };
