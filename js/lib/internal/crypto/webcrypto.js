// Web cryptography (https://w3c.github.io/webcrypto/): Crypto and SubtleCrypto. Arguments are converted and keys checked here; the
// modules of internal/crypto/subtle do the rest.
'use strict';

const { implementationOf, normalize } = require('internal/crypto/algorithms');
const { CryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { getRandomValues, randomUUID } = require('internal/crypto/random');
const webidl = require('internal/crypto/webidl');
const { DOMException } = require('internal/dom_exception');
const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');

const fail = (message, name) => {
  throw new DOMException(message, name);
};

const kOrdinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];

// The arguments of a method, each with its converter out of webidl.js, or undefined for one that depends on others.
function convert(self, method, args, ...converters) {
  if (self !== subtle) throw new ERR_INVALID_THIS('SubtleCrypto');
  const prefix = `Failed to execute '${method}' on 'SubtleCrypto'`;
  webidl.checkArgumentCount(args.length, converters.length, prefix);
  return converters.map((converter, i) => {
    return typeof converter === 'function' ? converter(args[i], { prefix, context: `${kOrdinals[i]} argument` }, args) : args[i];
  });
}

const keyData = (value, where, [format]) => `${format}` === 'jwk' ? jwkData(value, where) : webidl.bufferSource(value, where);

function jwkData(value, where) {
  if (value === undefined || value === null) fail('Invalid keyData', 'DataError');
  return webidl.jsonWebKey(value, where);
}

const can = (key, algorithm, usage) => slotsOf(key).algorithm.name === algorithm.name && slotsOf(key).usages.includes(usage);

function checkSignature(key, algorithm, usage) {
  if (!can(key, algorithm, usage)) fail(`Unable to use this key to ${usage}`, 'InvalidAccessError');
}

function checkCipher(key, algorithm, usage) {
  if (!can(key, algorithm, usage)) fail('The requested operation is not valid for the provided key', 'InvalidAccessError');
}

function checkBaseKey(key, algorithm, usage) {
  const { algorithm: { name }, usages } = slotsOf(key);
  if (!usages.includes(usage)) fail(`baseKey does not have ${usage} usage`, 'InvalidAccessError');
  if (name !== algorithm.name) fail('Key algorithm mismatch', 'InvalidAccessError');
}

// ---- What methods share -------------------------------------------------------------------------

function importWith(format, data, algorithm, extractable, usages) {
  const key = implementationOf(algorithm.name).importKey(format, data, algorithm, extractable, [...new Set(usages)]);
  const { keyObject: { type } } = slotsOf(key);
  if (type !== 'public' && usages.length === 0) fail(`Usages cannot be empty when importing a ${type} key.`, 'SyntaxError');
  return key;
}

function exportAs(format, key) {
  const { algorithm: { name }, extractable, keyObject: { type }, usages } = slotsOf(key);
  if (!extractable) fail('key is not extractable', 'InvalidAccessError');
  const { exportKey } = implementationOf(name);
  if (exportKey === undefined) fail(`Unable to export ${name} keys`, 'NotSupportedError');
  const exported = exportKey(format, key);
  if (exported === undefined) fail(`Unable to export a ${format} ${name} ${type} key`, 'InvalidAccessError');
  return format === 'jwk' ? { ...exported, key_ops: [...usages], ext: true } : exported;
}

// Algorithms without a form of their own to wrap keys encrypt them.
function normalizeWrapping(algorithm, operation, other) {
  try {
    return { algorithm: normalize(algorithm, operation), method: operation };
  } catch {
    return { algorithm: normalize(algorithm, other), method: other };
  }
}

// AES-KW takes whole numbers of eight bytes, and JSON does not mind blanks.
function jwkBytes(jwk, name) {
  const text = JSON.stringify(jwk);
  const size = Buffer.byteLength(text);
  return Buffer.from(name === 'AES-KW' ? text + ' '.repeat(-size & 7) : text);
}

function jwkOf(bytes) {
  try {
    return webidl.jsonWebKey(JSON.parse(Buffer.from(bytes).toString()), { prefix: 'Failed to unwrap key', context: 'JWK' });
  } catch (cause) {
    throw new DOMException('Invalid wrapped JWK key', { name: 'DataError', cause });
  }
}

// ---- SubtleCrypto -------------------------------------------------------------------------------

const { algorithmIdentifier, bitLength, bufferSource, cryptoKey, keyFormat, keyUsages } = webidl;

class SubtleCrypto {
  constructor() {
    throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  async encrypt(algorithm, key, data) {
    [algorithm, key, data] = convert(this, 'encrypt', arguments, algorithmIdentifier, cryptoKey, bufferSource);
    algorithm = normalize(algorithm, 'encrypt');
    checkCipher(key, algorithm, 'encrypt');
    return implementationOf(algorithm.name).encrypt(algorithm, key, data);
  }

  async decrypt(algorithm, key, data) {
    [algorithm, key, data] = convert(this, 'decrypt', arguments, algorithmIdentifier, cryptoKey, bufferSource);
    algorithm = normalize(algorithm, 'decrypt');
    checkCipher(key, algorithm, 'decrypt');
    return implementationOf(algorithm.name).decrypt(algorithm, key, data);
  }

  async sign(algorithm, key, data) {
    [algorithm, key, data] = convert(this, 'sign', arguments, algorithmIdentifier, cryptoKey, bufferSource);
    algorithm = normalize(algorithm, 'sign');
    checkSignature(key, algorithm, 'sign');
    return implementationOf(algorithm.name).sign(algorithm, key, data);
  }

  async verify(algorithm, key, signature, data) {
    [algorithm, key, signature, data] = convert(this, 'verify', arguments, algorithmIdentifier, cryptoKey, bufferSource, bufferSource);
    algorithm = normalize(algorithm, 'verify');
    checkSignature(key, algorithm, 'verify');
    return implementationOf(algorithm.name).verify(algorithm, key, signature, data);
  }

  async digest(algorithm, data) {
    [algorithm, data] = convert(this, 'digest', arguments, algorithmIdentifier, bufferSource);
    algorithm = normalize(algorithm, 'digest');
    return implementationOf(algorithm.name).digest(algorithm, data);
  }

  async generateKey(algorithm, extractable, usages) {
    [algorithm, extractable, usages] = convert(this, 'generateKey', arguments, algorithmIdentifier, Boolean, keyUsages);
    algorithm = normalize(algorithm, 'generateKey');
    const result = await implementationOf(algorithm.name).generateKey(algorithm, extractable, [...new Set(usages)]);
    if (slotsOf(result.privateKey ?? result).usages.length === 0) fail('Usages cannot be empty when creating a key.', 'SyntaxError');
    return result;
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, usages) {
    [algorithm, baseKey, derivedKeyType, extractable, usages] =
      convert(this, 'deriveKey', arguments, algorithmIdentifier, cryptoKey, algorithmIdentifier, Boolean, keyUsages);
    algorithm = normalize(algorithm, 'deriveBits');
    const importAlgorithm = normalize(derivedKeyType, 'importKey');
    const lengthAlgorithm = normalize(derivedKeyType, 'getKeyLength');
    checkBaseKey(baseKey, algorithm, 'deriveKey');
    const length = implementationOf(lengthAlgorithm.name).getKeyLength(lengthAlgorithm);
    const bits = await implementationOf(algorithm.name).deriveBits(algorithm, baseKey, length);
    try {
      return importWith('raw', bits, importAlgorithm, extractable, usages);
    } finally {
      new Uint8Array(bits).fill(0);
    }
  }

  async deriveBits(algorithm, baseKey, length) {
    [algorithm, baseKey, length] = convert(this, 'deriveBits', arguments, algorithmIdentifier, cryptoKey, bitLength);
    algorithm = normalize(algorithm, 'deriveBits');
    checkBaseKey(baseKey, algorithm, 'deriveBits');
    return implementationOf(algorithm.name).deriveBits(algorithm, baseKey, length);
  }

  async importKey(format, data, algorithm, extractable, usages) {
    [format, data, algorithm, extractable, usages] =
      convert(this, 'importKey', arguments, keyFormat, keyData, algorithmIdentifier, Boolean, keyUsages);
    algorithm = normalize(algorithm, 'importKey');
    return importWith(format, data, algorithm, extractable, usages);
  }

  async exportKey(format, key) {
    [format, key] = convert(this, 'exportKey', arguments, keyFormat, cryptoKey);
    return exportAs(format, key);
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    [format, key, wrappingKey, wrapAlgorithm] =
      convert(this, 'wrapKey', arguments, keyFormat, cryptoKey, cryptoKey, algorithmIdentifier);
    const { algorithm, method } = normalizeWrapping(wrapAlgorithm, 'wrapKey', 'encrypt');
    checkCipher(wrappingKey, algorithm, 'wrapKey');
    const exported = exportAs(format, key);
    const bytes = format === 'jwk' ? jwkBytes(exported, algorithm.name) : Buffer.from(exported);
    try {
      // It copies them before it comes back.
      return implementationOf(algorithm.name)[method](algorithm, wrappingKey, bytes);
    } finally {
      bytes.fill(0);
    }
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, usages) {
    [format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, usages] =
      convert(this, 'unwrapKey', arguments, keyFormat, bufferSource, cryptoKey, algorithmIdentifier, algorithmIdentifier, Boolean,
              keyUsages);
    const { algorithm, method } = normalizeWrapping(unwrapAlgorithm, 'unwrapKey', 'decrypt');
    const importAlgorithm = normalize(unwrappedKeyAlgorithm, 'importKey');
    checkCipher(unwrappingKey, algorithm, 'unwrapKey');
    const bytes = await implementationOf(algorithm.name)[method](algorithm, unwrappingKey, wrappedKey);
    try {
      return importWith(format, format === 'jwk' ? jwkOf(bytes) : bytes, importAlgorithm, extractable, usages);
    } finally {
      new Uint8Array(bytes).fill(0);
    }
  }
}

// ---- Crypto -------------------------------------------------------------------------------------

function checkCrypto(self) {
  if (self !== crypto) throw new ERR_INVALID_THIS('Crypto');
}

class Crypto {
  constructor() {
    throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    checkCrypto(this);
    return subtle;
  }

  getRandomValues(array) {
    checkCrypto(this);
    webidl.checkArgumentCount(arguments.length, 1, "Failed to execute 'getRandomValues' on 'Crypto'");
    return getRandomValues(array);
  }

  randomUUID() {
    checkCrypto(this);
    return randomUUID();
  }

  get CryptoKey() {
    checkCrypto(this);
    return CryptoKey;
  }
}

for (const [type, name] of [[Crypto, 'Crypto'], [SubtleCrypto, 'SubtleCrypto']]) {
  for (const key of Object.getOwnPropertyNames(type.prototype)) {
    if (key !== 'constructor' && key !== 'CryptoKey') Object.defineProperty(type.prototype, key, { enumerable: true });
  }
  Object.defineProperty(type.prototype, Symbol.toStringTag, { configurable: true, value: name });
}

const subtle = Object.create(SubtleCrypto.prototype);
const crypto = Object.create(Crypto.prototype);

module.exports = { Crypto, CryptoKey, SubtleCrypto, crypto };
