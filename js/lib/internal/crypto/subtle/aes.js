// AES of web cryptography: CTR, CBC, GCM and key wrapping.
'use strict';

const binding = internalBinding('crypto_aes');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { handleOf } = require('internal/crypto/keys');
const { checkJwkAlgorithm, checkUsages, fail, run } = require('internal/crypto/subtle/common');
const { exportSecret, generateSecret, readSecret } = require('internal/crypto/subtle/secret');

// The numbers that js/bind_crypto_aes.cc has.
const kModes = { 'AES-CTR': 0, 'AES-CBC': 1, 'AES-GCM': 2, 'AES-KW': 3 };
const kNone = new Uint8Array(0);
const kLengths = [128, 192, 256];
const kTagLengths = [32, 64, 96, 104, 112, 120, 128];

const usagesOf = (name) => name === 'AES-KW' ? ['wrapKey', 'unwrapKey'] : ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
const jwkName = (name, length) => `A${length}${name.slice(4)}`;

// ---- Keys ---------------------------------------------------------------------------------------

function checkLength(length) {
  if (!kLengths.includes(length)) fail('Invalid key length', 'OperationError');
  return length;
}

async function generateKey({ name, length }, extractable, usages) {
  if (!kLengths.includes(length)) fail('AES key length must be 128, 192, or 256 bits', 'OperationError');
  checkUsages(usages, usagesOf(name), 'an AES');
  return makeCryptoKey(await generateSecret(length / 8), { name, length }, usages, extractable);
}

function importKey(format, keyData, { name }, extractable, usages) {
  checkUsages(usages, usagesOf(name), 'an AES');
  const keyObject = readSecret(format, keyData, 'enc', extractable, usages);
  const length = keyObject.symmetricKeySize * 8;
  if (!kLengths.includes(length)) fail('Invalid key length', 'DataError');
  if (format === 'jwk') checkJwkAlgorithm(keyData, jwkName(name, length));
  return makeCryptoKey(keyObject, { name, length }, usages, extractable);
}

function exportKey(format, key) {
  const { algorithm: { name, length } } = slotsOf(key);
  return exportSecret(format, key, jwkName(name, length));
}

// ---- Ciphers ------------------------------------------------------------------------------------

function checkBlock(bytes, name) {
  if (bytes.byteLength !== 16) fail(`algorithm.${name} must contain exactly 16 bytes`, 'OperationError');
  return bytes;
}

// [iv, number, additional data], as the binding takes them.
const parameters = {
  'AES-CTR': ({ counter, length }) => {
    checkBlock(counter, 'counter');
    if (length === 0 || length > 128) fail('AES-CTR algorithm.length must be between 1 and 128', 'OperationError');
    return [counter, length, kNone];
  },
  'AES-CBC': ({ iv }) => [checkBlock(iv, 'iv'), 0, kNone],
  'AES-GCM': ({ iv, tagLength = 128, additionalData = kNone }) => {
    if (!kTagLengths.includes(tagLength)) fail(`${tagLength} is not a valid AES-GCM tag length`, 'OperationError');
    return [iv, tagLength / 8, additionalData];
  },
  'AES-KW': () => [kNone, 0, kNone],
};

function cipher(encrypts, algorithm, key, data) {
  const [iv, number, additional] = parameters[algorithm.name](algorithm);
  if (!encrypts && algorithm.name === 'AES-GCM' && data.byteLength < number) fail('The provided data is too small.', 'OperationError');
  const handle = handleOf(slotsOf(key).keyObject);
  const mode = kModes[algorithm.name];
  return run('CIPHERREQUEST', (done) => binding.aes(mode, encrypts, handle, data, iv, number, additional, done),
             data.byteLength + additional.byteLength);
}

const encrypt = (algorithm, key, data) => cipher(true, algorithm, key, data);
const decrypt = (algorithm, key, data) => cipher(false, algorithm, key, data);

module.exports = {
  decrypt, encrypt, exportKey, generateKey, getKeyLength: ({ length }) => checkLength(length), importKey, unwrapKey: decrypt,
  wrapKey: encrypt,
};
