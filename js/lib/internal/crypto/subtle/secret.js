// What AES and HMAC have in common: keys that are bytes.
'use strict';

const keygen = internalBinding('crypto_keygen');
const { slotsOf } = require('internal/crypto/crypto_key');
const { createSecretKey, handleOf, keyObjectOf } = require('internal/crypto/keys');
const { secretJwk } = require('internal/crypto/jwk');
const { checkJwk, dataError, fail, memoryOf, run } = require('internal/crypto/subtle/common');

// A promise of a KeyObject of random bytes.
async function generateSecret(length) {
  return keyObjectOf(await run('KEYGENREQUEST', (done) => keygen.generateSecret(length, done)));
}

// The KeyObject of imported data.
function readSecret(format, keyData, use, extractable, usages) {
  if (format === 'raw') return createSecretKey(keyData);
  if (format !== 'jwk') fail('Unable to import secret key with format ' + format, 'NotSupportedError');
  checkJwk(keyData, 'oct', use, extractable, usages);
  if (keyData.k === undefined || !/^[\w-]*$/.test(keyData.k)) throw dataError();
  return createSecretKey(keyData.k, 'base64url');
}

// Bytes, or a JWK for `alg`.
function exportSecret(format, key, alg) {
  const handle = handleOf(slotsOf(key).keyObject);
  if (format === 'raw') return memoryOf(handle.exportSecret());
  if (format === 'jwk') return { ...secretJwk(handle), alg };
  return undefined;
}

module.exports = { exportSecret, generateSecret, readSecret };
