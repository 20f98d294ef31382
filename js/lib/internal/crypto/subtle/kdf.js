// HKDF and PBKDF2 of web cryptography.
'use strict';

const binding = internalBinding('crypto_kdf');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { createSecretKey, handleOf } = require('internal/crypto/keys');
const { checkUsages, digestName, fail, memoryOf, run } = require('internal/crypto/subtle/common');

function importKey(format, keyData, { name }, extractable, usages) {
  if (format !== 'raw') fail(`Unable to import ${name} key with format ${format}`, 'NotSupportedError');
  checkUsages(usages, ['deriveKey', 'deriveBits'], name === 'HKDF' ? 'an HKDF' : 'a PBKDF2');
  if (extractable) fail(`${name} keys are not extractable`, 'SyntaxError');
  return makeCryptoKey(createSecretKey(keyData), { name }, usages, false);
}

function checkLength(length) {
  if (length === null) fail('length cannot be null', 'OperationError');
  if (length === 0) fail('length cannot be zero', 'OperationError');
  if (length % 8 !== 0) fail('length must be a multiple of 8', 'OperationError');
  return length / 8;
}

function hkdf({ hash, salt, info }, handle, size) {
  return run('HKDFREQUEST', (done) => binding.hkdf(digestName(hash), handle, salt, info, size, done));
}

async function pbkdf2({ hash, salt, iterations }, handle, size) {
  if (iterations === 0) fail('iterations cannot be zero', 'OperationError');
  if (iterations > 0x7FFFFFFF) fail('iterations must not be more than 2147483647', 'OperationError');
  return memoryOf(await run('PBKDF2REQUEST', (done) => binding.pbkdf2(handle, salt, iterations, size, digestName(hash), done)));
}

function deriveBits(algorithm, baseKey, length) {
  const derive = algorithm.name === 'HKDF' ? hkdf : pbkdf2;
  return derive(algorithm, handleOf(slotsOf(baseKey).keyObject), checkLength(length));
}

module.exports = { deriveBits, getKeyLength: () => null, importKey };
