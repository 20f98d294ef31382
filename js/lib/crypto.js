// crypto: a facade over internal/crypto.
'use strict';

require('internal/util').assertCrypto();

const binding = internalBinding('crypto');
const { isAnyArrayBuffer } = require('internal/util/types');
const { codes: { ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { getOption } = require('internal/options');
const { deprecate } = require('internal/util');
const { Cipher, Cipheriv, Decipher, Decipheriv, getCipherInfo } = require('internal/crypto/cipher');
const { Hash, Hmac } = require('internal/crypto/hash');
const { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } = require('internal/crypto/kdf');
const {
  checkPrime, checkPrimeSync, generatePrime, generatePrimeSync, getRandomValues, randomBytes, randomFill, randomFillSync, randomInt,
  randomUUID,
} = require('internal/crypto/random');
const {
  getCiphers, getCurves, getDefaultEncoding, getFips, getHashes, secureHeapUsed, setDefaultEncoding, setEngine, setFips,
} = require('internal/crypto/util');

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
}

function createCipher(cipher, password, options) {
  return new Cipher(cipher, password, options);
}

function createDecipher(cipher, password, options) {
  return new Decipher(cipher, password, options);
}

function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}

function timingSafeEqual(buf1, buf2) {
  for (const [value, name] of [[buf1, 'buf1'], [buf2, 'buf2']]) {
    if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) continue;
    throw new ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
  }
  if (buf1.byteLength !== buf2.byteLength) throw new ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return binding.timingSafeEqual(buf1, buf2);
}

const webcrypto = () => require('internal/crypto/webcrypto').crypto;

// OpenSSL's numbers, and TLS's ciphers, which only the command line changes.
function makeConstants() {
  const { builtInCiphers, defaultCiphers } = require('internal/tls/defaults');
  const constants = Object.assign(Object.create(null), binding.getConstants());
  constants.defaultCoreCipherList = builtInCiphers;
  constants.defaultCipherList = defaultCiphers();
  return Object.freeze(constants);
}

module.exports = {
  checkPrime,
  checkPrimeSync,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  generatePrime,
  generatePrimeSync,
  getCiphers,
  getCipherInfo,
  getCurves,
  getFips,
  getHashes,
  getRandomValues,
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  scrypt,
  scryptSync,
  secureHeapUsed,
  setEngine,
  setFips,
  timingSafeEqual,
  Cipher,
  Cipheriv,
  Decipher,
  Decipheriv,
  Hash,
  Hmac,
  ...require('internal/crypto/asymmetric'),
};

function define(name, descriptor) {
  Object.defineProperty(module.exports, name, { configurable: true, enumerable: false, ...descriptor });
}

for (const [name, get] of [['subtle', () => webcrypto().subtle], ['webcrypto', webcrypto]]) define(name, { enumerable: true, get });
define('constants', { enumerable: true, configurable: false, writable: false, value: makeConstants() });
define('fips', { get: getFips, set: setFips });

// ---- Old names ---------------------------------------------------------------------------------

define('createCipher', {
  writable: true, value: deprecate(createCipher, 'crypto.createCipher is deprecated.', 'DEP0106'),
});
define('createDecipher', {
  writable: true, value: deprecate(createDecipher, 'crypto.createDecipher is deprecated.', 'DEP0106'),
});
define('DEFAULT_ENCODING', {
  get: deprecate(getDefaultEncoding, 'crypto.DEFAULT_ENCODING is deprecated.', 'DEP0091'),
  set: deprecate(setDefaultEncoding, 'crypto.DEFAULT_ENCODING is deprecated.', 'DEP0091'),
});
for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  const value = getOption('--pending-deprecation') ?
    deprecate(randomBytes, `crypto.${name} is deprecated.`, 'DEP0115') : randomBytes;
  define(name, { writable: true, value });
}

// What 2010 had here of tls.
for (const [name, old] of [['createCredentials'], ['Credentials'], ['createPair', 'createSecurePair']]) {
  define(name, { get: () => require('internal/tls/old')[old ?? name] });
}
define('RootCaCerts', { get: () => require('tls').rootCertificates });
