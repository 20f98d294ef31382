// ECDSA and ECDH of web cryptography.
'use strict';

const keyBinding = internalBinding('crypto_key');
const keygen = internalBinding('crypto_keygen');
const signing = internalBinding('crypto_sign');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { handleOf, keyObjectOf } = require('internal/crypto/keys');
const { deriveBits } = require('internal/crypto/subtle/agreement');
const {
  checkJwk, checkJwkAlgorithm, checkUsages, dataError, digestName, exportPairKey, fail, handleOfJwk, handleOfPkcs8, handleOfSpki,
  makePair, memoryOf, readHandle, run, wantType,
} = require('internal/crypto/subtle/common');

// OpenSSL's names, and those of signatures in JSON Web Keys.
const kCurves = {
  'P-256': { curve: 'prime256v1', alg: 'ES256' },
  'P-384': { curve: 'secp384r1', alg: 'ES384' },
  'P-521': { curve: 'secp521r1', alg: 'ES512' },
};
const kUsages = {
  ECDSA: { publicUsages: ['verify'], privateUsages: ['sign'] },
  ECDH: { publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'] },
};

// ---- Keys ---------------------------------------------------------------------------------------

function checkCurve(namedCurve) {
  if (!Object.hasOwn(kCurves, namedCurve)) fail('Unrecognized namedCurve', 'NotSupportedError');
  return kCurves[namedCurve];
}

async function generateKey({ name, namedCurve }, extractable, usages) {
  const { curve } = checkCurve(namedCurve);
  const kinds = kUsages[name];
  checkUsages(usages, [...kinds.publicUsages, ...kinds.privateUsages], `an ${name}`);
  const handles = await run('KEYPAIRGENREQUEST', (done) => keygen.generateEc(curve, false, done));
  return makePair(handles, { name, namedCurve }, extractable, usages, kinds);
}

function readKey(format, keyData, { name, namedCurve }, extractable, usages) {
  const { curve, alg } = checkCurve(namedCurve);
  if (format === 'raw') return readHandle(() => keyBinding.ecKey(curve, keyData, undefined));
  if (format === 'spki') return handleOfSpki(keyData);
  if (format === 'pkcs8') return handleOfPkcs8(keyData);
  checkJwk(keyData, 'EC', name === 'ECDSA' ? 'sig' : 'enc', extractable, usages);
  if (keyData.crv !== namedCurve) fail('JWK "crv" does not match the requested algorithm', 'DataError');
  if (name === 'ECDSA') checkJwkAlgorithm(keyData, alg);
  return handleOfJwk(keyData);
}

function importKey(format, keyData, algorithm, extractable, usages) {
  const { name, namedCurve } = algorithm;
  const { curve } = checkCurve(namedCurve);
  const { publicUsages, privateUsages } = kUsages[name];
  const isPrivate = format === 'pkcs8' || (format === 'jwk' && keyData.d !== undefined);
  checkUsages(usages, isPrivate ? privateUsages : publicUsages, `an ${name}`);
  let handle = readKey(format, keyData, algorithm, extractable, usages);
  wantType(handle, 'ec');
  if (handle.curve() !== curve) fail('Named curve mismatch', 'DataError');
  if (!handle.check()) throw dataError();
  // Points that came compressed are written as a whole.
  if (!isPrivate) handle = readHandle(() => keyBinding.ecKey(curve, handle.point(), undefined));
  return makeCryptoKey(keyObjectOf(handle), { name, namedCurve }, usages, extractable);
}

function exportKey(format, key) {
  const { keyObject } = slotsOf(key);
  if (format === 'raw' && keyObject.type === 'public') return memoryOf(handleOf(keyObject).point());
  return exportPairKey(format, key);
}

// ---- Signatures ---------------------------------------------------------------------------------

// No padding, no salt; two numbers side by side (IEEE P1363).
const kScheme = [undefined, undefined, true];

async function sign({ hash }, key, data) {
  const handle = handleOf(slotsOf(key).keyObject);
  return memoryOf(await run('SIGNREQUEST', (done) => signing.signOnce(handle, digestName(hash), data, ...kScheme, done)));
}

function verify({ hash }, key, signature, data) {
  const handle = handleOf(slotsOf(key).keyObject);
  return run('SIGNREQUEST', (done) => signing.verifyOnce(handle, digestName(hash), data, signature, ...kScheme, done));
}

module.exports = { deriveBits, exportKey, generateKey, importKey, sign, verify };
