// RSA of web cryptography: RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP.
'use strict';

const keygen = internalBinding('crypto_keygen');
const rsa = internalBinding('crypto_rsa');
const signing = internalBinding('crypto_sign');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { handleOf, keyObjectOf } = require('internal/crypto/keys');
const {
  checkJwk, checkUsages, digestName, exportPairKey, fail, handleOfJwk, handleOfPkcs8, handleOfSpki, makePair,
  memoryOf, run, wantType,
} = require('internal/crypto/subtle/common');

const RSA_PKCS1_PADDING = 1;
const RSA_PKCS1_OAEP_PADDING = 4;
const RSA_PKCS1_PSS_PADDING = 6;
// OpenSSL takes no larger ones for public keys.
const kMaxBits = 16384;

const isOaep = (name) => name === 'RSA-OAEP';

function usagesOf(name) {
  if (!isOaep(name)) return { publicUsages: ['verify'], privateUsages: ['sign'] };
  return { publicUsages: ['encrypt', 'wrapKey'], privateUsages: ['decrypt', 'unwrapKey'] };
}

// RFC 7518 3.1 and 4.1.
function jwkName(name, hash) {
  const bits = hash.name.slice(4);
  if (isOaep(name)) return bits === '1' ? name : `${name}-${bits}`;
  return `${name === 'RSA-PSS' ? 'PS' : 'RS'}${bits}`;
}

// Keys for the other algorithms of RSA will do, as long as the digest is the same.
function checkJwkHash(alg, hash) {
  if (alg === undefined || ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'].some((name) => jwkName(name, hash) === alg)) return;
  fail('JWK "alg" does not match the requested algorithm', 'DataError');
}

// ---- Keys ---------------------------------------------------------------------------------------

async function generateKey({ name, hash, modulusLength, publicExponent }, extractable, usages) {
  const kinds = usagesOf(name);
  checkUsages(usages, [...kinds.publicUsages, ...kinds.privateUsages], `an ${name}`);
  const exponent = publicExponent.length === 0 ? 0n : BigInt(`0x${Buffer.from(publicExponent).toString('hex')}`);
  if (exponent > 0xFFFFFFFFn) fail('The publicExponent must be equivalent to an unsigned 32-bit value', 'OperationError');
  if (exponent < 3n || exponent % 2n === 0n) fail('The publicExponent must be odd and at least 3', 'OperationError');
  if (modulusLength > kMaxBits) fail(`The modulusLength must not be larger than ${kMaxBits}`, 'OperationError');
  const algorithm = { name, modulusLength, publicExponent: Uint8Array.from(publicExponent), hash };
  const handles = await run('KEYPAIRGENREQUEST', (done) => keygen.generateRsa(modulusLength, Number(exponent), done));
  return makePair(handles, algorithm, extractable, usages, kinds);
}

function readKey(format, keyData, { name, hash }, extractable, usages) {
  if (format === 'spki') return handleOfSpki(keyData);
  if (format === 'pkcs8') return handleOfPkcs8(keyData);
  if (format !== 'jwk') fail(`Unable to import RSA key with format ${format}`, 'NotSupportedError');
  checkJwk(keyData, 'RSA', isOaep(name) ? 'enc' : 'sig', extractable, usages);
  checkJwkHash(keyData.alg, hash);
  if (keyData.oth !== undefined) fail('JWK "oth" Parameter is not supported', 'NotSupportedError');
  return handleOfJwk(keyData);
}

function importKey(format, keyData, algorithm, extractable, usages) {
  const { name, hash } = algorithm;
  const { publicUsages, privateUsages } = usagesOf(name);
  const isPrivate = format === 'pkcs8' || (format === 'jwk' && keyData.d !== undefined);
  checkUsages(usages, isPrivate ? privateUsages : publicUsages, `an ${name}`);
  const handle = readKey(format, keyData, algorithm, extractable, usages);
  wantType(handle, 'rsa');
  const keyObject = keyObjectOf(handle);
  const { modulusLength, publicExponent } = keyObject.asymmetricKeyDetails;
  const digits = publicExponent.toString(16);
  const exponent = Uint8Array.from(Buffer.from(digits.padStart(digits.length + (digits.length & 1), '0'), 'hex'));
  return makeCryptoKey(keyObject, { name, modulusLength, publicExponent: exponent, hash }, usages, extractable);
}

function exportKey(format, key) {
  const exported = exportPairKey(format, key);
  const { name, hash } = slotsOf(key).algorithm;
  return format === 'jwk' ? { ...exported, alg: jwkName(name, hash) } : exported;
}

// ---- Signatures ---------------------------------------------------------------------------------

// [padding, salt length, not two numbers]
function schemeOf({ name, saltLength }) {
  if (name !== 'RSA-PSS') return [RSA_PKCS1_PADDING, undefined, false];
  if (saltLength > 0x7FFFFFFF) fail('The saltLength is too large', 'OperationError');
  return [RSA_PKCS1_PSS_PADDING, saltLength, false];
}

async function sign(algorithm, key, data) {
  const { keyObject, algorithm: { hash } } = slotsOf(key);
  const scheme = schemeOf(algorithm);
  return memoryOf(await run('SIGNREQUEST', (done) => signing.signOnce(handleOf(keyObject), digestName(hash), data, ...scheme, done)));
}

function verify(algorithm, key, signature, data) {
  const { keyObject, algorithm: { hash } } = slotsOf(key);
  const scheme = schemeOf(algorithm);
  return run('SIGNREQUEST', (done) => signing.verifyOnce(handleOf(keyObject), digestName(hash), data, signature, ...scheme, done));
}

// ---- Encryption ---------------------------------------------------------------------------------

async function cipher(operation, { label }, key, data) {
  const { keyObject, algorithm: { hash } } = slotsOf(key);
  return memoryOf(await run('CIPHERREQUEST', (done) => rsa.rsaCipher(
    operation, handleOf(keyObject), data, RSA_PKCS1_OAEP_PADDING, digestName(hash), label, false, done)));
}

module.exports = {
  decrypt: (algorithm, key, data) => cipher(1, algorithm, key, data),
  encrypt: (algorithm, key, data) => cipher(0, algorithm, key, data),
  exportKey, generateKey, importKey, sign, verify,
};
