// The curves of RFC 7748 and 8032 of web cryptography: Ed25519 and Ed448 sign, X25519 and X448 agree.
'use strict';

const keyBinding = internalBinding('crypto_key');
const keygen = internalBinding('crypto_keygen');
const signing = internalBinding('crypto_sign');
const { makeCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { handleOf, keyObjectOf } = require('internal/crypto/keys');
const { deriveBits } = require('internal/crypto/subtle/agreement');
const {
  checkJwk, checkJwkAlgorithm, checkUsages, dataError, exportPairKey, fail, handleOfJwk, handleOfPkcs8, handleOfSpki, makePair,
  memoryOf, readHandle, run, wantType,
} = require('internal/crypto/subtle/common');

const signs = (name) => name.startsWith('Ed');

function usagesOf(name) {
  if (signs(name)) return { publicUsages: ['verify'], privateUsages: ['sign'] };
  return { publicUsages: [], privateUsages: ['deriveKey', 'deriveBits'] };
}

// ---- Keys ---------------------------------------------------------------------------------------

async function generateKey({ name }, extractable, usages) {
  const kinds = usagesOf(name);
  checkUsages(usages, [...kinds.publicUsages, ...kinds.privateUsages], `an ${name}`);
  const handles = await run('KEYPAIRGENREQUEST', (done) => keygen.generateOkp(name.toUpperCase(), done));
  return makePair(handles, { name }, extractable, usages, kinds);
}

function readJwk(jwk, name, extractable, usages) {
  checkJwk(jwk, 'OKP', signs(name) ? 'sig' : 'enc', extractable, usages);
  if (jwk.crv !== name) fail('JWK "crv" Parameter and algorithm name mismatch', 'DataError');
  if (signs(name)) checkJwkAlgorithm(jwk, 'EdDSA');
  const handle = handleOfJwk(jwk);
  // A private key makes its public half by itself: that must be the one that came with it.
  if (handle.raw(false).toString('base64url') !== jwk.x) throw dataError();
  return handle;
}

function importKey(format, keyData, { name }, extractable, usages) {
  const { publicUsages, privateUsages } = usagesOf(name);
  const isPrivate = format === 'pkcs8' || (format === 'jwk' && keyData.d !== undefined);
  checkUsages(usages, isPrivate ? privateUsages : publicUsages, `an ${name}`);
  let handle;
  if (format === 'raw') handle = readHandle(() => keyBinding.rawKey(name.toUpperCase(), keyData, false));
  else if (format === 'spki') handle = handleOfSpki(keyData);
  else if (format === 'pkcs8') handle = handleOfPkcs8(keyData);
  else handle = readJwk(keyData, name, extractable, usages);
  wantType(handle, name.toLowerCase());
  return makeCryptoKey(keyObjectOf(handle), { name }, usages, extractable);
}

function exportKey(format, key) {
  const { keyObject, algorithm: { name } } = slotsOf(key);
  if (format === 'raw' && keyObject.type === 'public') return memoryOf(handleOf(keyObject).raw(false));
  const exported = exportPairKey(format, key);
  return format === 'jwk' && signs(name) ? { ...exported, alg: 'EdDSA' } : exported;
}

// ---- Signatures ---------------------------------------------------------------------------------

const kScheme = [undefined, undefined, false];

function checkContext({ context }) {
  if (context !== undefined && context.byteLength > 0) fail('Non zero-length context is not yet supported.', 'NotSupportedError');
}

async function sign(algorithm, key, data) {
  checkContext(algorithm);
  const handle = handleOf(slotsOf(key).keyObject);
  return memoryOf(await run('SIGNREQUEST', (done) => signing.signOnce(handle, undefined, data, ...kScheme, done)));
}

function verify(algorithm, key, signature, data) {
  checkContext(algorithm);
  const handle = handleOf(slotsOf(key).keyObject);
  return run('SIGNREQUEST', (done) => signing.verifyOnce(handle, undefined, data, signature, ...kScheme, done));
}

module.exports = { deriveBits, exportKey, generateKey, importKey, sign, verify };
