// What the algorithms of web cryptography share: errors, computations, keys of pairs, JSON Web Keys.
'use strict';

const binding = internalBinding('crypto_key');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { readJwk } = require('internal/crypto/jwk');
const { kTypes } = require('internal/crypto/key_encoding');
const { exportHandle, handleOf, keyObjectOf } = require('internal/crypto/keys');
const { bindJob } = require('internal/crypto/util');
const { DOMException } = require('internal/dom_exception');

// Data up to this many bytes is dealt with at once: the way to the thread pool and back takes longer.
const kSmall = 16 * 1024;

const fail = (message, name) => {
  throw new DOMException(message, name);
};
const operationError = (cause) =>
  new DOMException('The operation failed for an operation-specific reason', { name: 'OperationError', cause });
const dataError = (cause) => new DOMException('Invalid keyData', { name: 'DataError', cause });

// ---- Computations -------------------------------------------------------------------------------

// A promise of what `start(callback)` computes on the pool; with undefined for a callback it computes now, as it is told to for few bytes.
function run(type, start, size = Infinity) {
  return new Promise((resolve, reject) => {
    try {
      if (size <= kSmall) return resolve(start(undefined));
      start(bindJob((error, result) => {
        if (error) reject(operationError(error));
        else resolve(result);
      }, type));
    } catch (error) {
      reject(operationError(error));
    }
  });
}

// The memory of a Buffer that a binding has made; a copy when it has that memory not for itself.
function memoryOf(buffer) {
  const { buffer: memory, byteOffset, byteLength } = buffer;
  return byteLength === memory.byteLength ? memory : memory.slice(byteOffset, byteOffset + byteLength);
}

// Of what Web IDL calls a BufferSource.
function copyOf(source) {
  return ArrayBuffer.isView(source) ? Buffer.from(Buffer.from(source.buffer, source.byteOffset, source.byteLength)) :
    Buffer.from(Buffer.from(source));
}

// OpenSSL's name of a digest.
const digestName = (hash) => hash.name.replace('-', '');

// ---- Usages -------------------------------------------------------------------------------------

// `kind`: 'an AES'
function checkUsages(usages, allowed, kind) {
  if (usages.some((usage) => !allowed.includes(usage))) fail(`Unsupported key usage for ${kind} key`, 'SyntaxError');
}

const only = (usages, allowed) => usages.filter((usage) => allowed.includes(usage));

// `handles`: [public, private], each of which gets the usages that are its own.
function makePair(handles, algorithm, extractable, usages, { publicUsages, privateUsages }) {
  const [publicKey, privateKey] = handles.map(keyObjectOf);
  return {
    publicKey: makeCryptoKey(publicKey, algorithm, only(usages, publicUsages), true),
    privateKey: makeCryptoKey(privateKey, algorithm, only(usages, privateUsages), extractable),
  };
}

// ---- JSON Web Keys ------------------------------------------------------------------------------

// RFC 7517 4.3: what `key_ops` has, if it is there, must allow all usages, and nothing twice.
function checkOperations(operations, usages) {
  if (new Set(operations).size !== operations.length) fail('Duplicate key operation', 'DataError');
  if (usages.some((usage) => !operations.includes(usage))) fail('Key operations and usage mismatch', 'DataError');
}

// `use` is that of RFC 7517 4.2 which fits.
function checkJwk(jwk, kty, use, extractable, usages) {
  if (jwk.kty === undefined) throw dataError();
  if (jwk.kty !== kty) fail('Invalid JWK "kty" Parameter', 'DataError');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) fail('Invalid JWK "use" Parameter', 'DataError');
  if (jwk.key_ops !== undefined) checkOperations(jwk.key_ops, usages);
  if (jwk.ext === false && extractable) fail('JWK "ext" Parameter and extractable mismatch', 'DataError');
}

function checkJwkAlgorithm(jwk, alg) {
  if (jwk.alg !== undefined && jwk.alg !== alg) fail('JWK "alg" does not match the requested algorithm', 'DataError');
}

// ---- Keys of pairs ------------------------------------------------------------------------------

// The handle that `make` makes of a program's data.
function readHandle(make) {
  try {
    return make();
  } catch (error) {
    throw dataError(error);
  }
}

const handleOfSpki = (data) => readHandle(() => binding.parsePublicKey(data, 0, kTypes.spki, undefined));
const handleOfPkcs8 = (data) => readHandle(() => binding.parsePrivateKey(data, 0, kTypes.pkcs8, undefined));
const handleOfJwk = (jwk) => readHandle(() => readJwk(jwk, jwk.d !== undefined));

function wantType(handle, type) {
  if (handle.keyType() !== type) fail('Invalid key type', 'DataError');
}

// DER or a JWK of a CryptoKey; undefined for formats that this kind of key does not have.
function exportPairKey(format, key) {
  const { keyObject } = slotsOf(key);
  const handle = handleOf(keyObject);
  if (format === 'jwk') return exportHandle(handle, { format });
  if (format !== (keyObject.type === 'public' ? 'spki' : 'pkcs8')) return undefined;
  try {
    return memoryOf(exportHandle(handle, { format: 'der', type: format }));
  } catch (error) {
    throw operationError(error);
  }
}

module.exports = {
  checkJwk, checkJwkAlgorithm, checkUsages, copyOf, dataError, digestName, exportPairKey, fail, handleOfJwk, handleOfPkcs8, handleOfSpki,
  makePair, memoryOf, only, operationError, readHandle, run, wantType,
};
