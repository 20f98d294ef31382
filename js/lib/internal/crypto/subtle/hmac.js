// HMAC of web cryptography.
'use strict';

const binding = internalBinding('crypto_digest');
const { timingSafeEqual } = internalBinding('crypto');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { handleOf } = require('internal/crypto/keys');
const { checkJwkAlgorithm, checkUsages, copyOf, digestName, fail, run } = require('internal/crypto/subtle/common');
const { exportSecret, generateSecret, readSecret } = require('internal/crypto/subtle/secret');

const kUsages = ['sign', 'verify'];
// In bits.
const kBlockSizes = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

const jwkName = (hash) => `HS${hash.name.slice(4)}`;

function getKeyLength({ hash, length = kBlockSizes[hash.name] }) {
  if (length === 0) fail('Zero-length key is not supported', 'OperationError');
  return length;
}

async function generateKey(algorithm, extractable, usages) {
  const { name, hash } = algorithm;
  const length = getKeyLength(algorithm);
  checkUsages(usages, kUsages, 'an HMAC');
  if (length % 8 !== 0) fail('Unsupported key length', 'OperationError');
  return makeCryptoKey(await generateSecret(length / 8), { name, length, hash }, usages, extractable);
}

function importKey(format, keyData, { name, hash, length }, extractable, usages) {
  checkUsages(usages, kUsages, 'an HMAC');
  const keyObject = readSecret(format, keyData, 'sig', extractable, usages);
  if (format === 'jwk') checkJwkAlgorithm(keyData, jwkName(hash));
  const bits = keyObject.symmetricKeySize * 8;
  if (bits === 0 || length === 0) fail('Zero-length key is not supported', 'DataError');
  if (length !== undefined && length !== bits) fail('Invalid key length', 'DataError');
  return makeCryptoKey(keyObject, { name, hash, length: bits }, usages, extractable);
}

function exportKey(format, key) {
  return exportSecret(format, key, jwkName(slotsOf(key).algorithm.hash));
}

function sign(algorithm, key, data) {
  const { keyObject, algorithm: { hash } } = slotsOf(key);
  return run('HMACREQUEST', (done) => binding.hmac(digestName(hash), handleOf(keyObject), data, done), data.byteLength);
}

async function verify(algorithm, key, signature, data) {
  const given = copyOf(signature);
  const made = new Uint8Array(await sign(algorithm, key, data));
  return made.length === given.length && timingSafeEqual(made, given);
}

module.exports = { exportKey, generateKey, getKeyLength, importKey, sign, verify };
