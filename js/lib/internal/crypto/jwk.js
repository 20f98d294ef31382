// JSON Web Keys (RFC 7517, RFC 7518 6, RFC 8037, RFC 8812) out of and into handles.
'use strict';

const binding = internalBinding('crypto_key');
const der = require('internal/crypto/der');
const { kTypes } = require('internal/crypto/key_encoding');
const { validateObject, validateOneOf, validateString } = require('internal/validators');
const {
  codes: {
    ERR_CRYPTO_INVALID_JWK, ERR_CRYPTO_JWK_UNSUPPORTED_CURVE, ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE,
  },
} = require('internal/errors');

const kCurves = {
  'P-256': { name: 'prime256v1', size: 32 },
  'secp256k1': { name: 'secp256k1', size: 32 },
  'P-384': { name: 'secp384r1', size: 48 },
  'P-521': { name: 'secp521r1', size: 66 },
};
const kOkpTypes = { Ed25519: 'ED25519', Ed448: 'ED448', X25519: 'X25519', X448: 'X448' };
const kRsaPrivate = ['d', 'p', 'q', 'dp', 'dq', 'qi'];

const base64url = (bytes) => bytes.toString('base64url');
const decode = (text) => Buffer.from(text, 'base64url');

// ---- Reading ------------------------------------------------------------------------------------

function wantString(jwk, ...names) {
  for (const name of names) validateString(jwk[name], `key.${name}`);
}

// What OpenSSL says of it hides behind the one error for keys of this form. `secrets` are overwritten.
function makeHandle(make, ...secrets) {
  try {
    return make();
  } catch {
    throw new ERR_CRYPTO_INVALID_JWK();
  } finally {
    for (const bytes of secrets) bytes?.fill(0);
  }
}

function readRsa(jwk, isPrivate) {
  wantString(jwk, 'n', 'e');
  const publicParts = [jwk.n, jwk.e].map((text) => der.integer(decode(text)));
  if (!isPrivate) return makeHandle(() => binding.parsePublicKey(der.sequence(...publicParts), 0, kTypes.pkcs1, undefined));
  wantString(jwk, ...kRsaPrivate);
  const version = der.integer(Buffer.alloc(1));
  const bytes = der.sequence(version, ...publicParts, ...kRsaPrivate.map((name) => der.integer(decode(jwk[name]))));
  return makeHandle(() => binding.parsePrivateKey(bytes, 0, kTypes.pkcs1, undefined), bytes);
}

// Big-endian, of a length that the curve sets.
function padded(text, size) {
  const bytes = decode(text);
  if (bytes.length > size) throw new ERR_CRYPTO_INVALID_JWK();
  const whole = Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  bytes.fill(0);
  return whole;
}

function readEc(jwk, isPrivate) {
  validateOneOf(jwk.crv, 'key.crv', Object.keys(kCurves));
  const { name, size } = kCurves[jwk.crv];
  wantString(jwk, 'x', 'y');
  const point = Buffer.concat([Buffer.from([4]), padded(jwk.x, size), padded(jwk.y, size)]);
  if (isPrivate) wantString(jwk, 'd');
  const number = isPrivate ? padded(jwk.d, size) : undefined;
  return makeHandle(() => binding.ecKey(name, point, number), number);
}

function readOkp(jwk, isPrivate) {
  validateOneOf(jwk.crv, 'key.crv', Object.keys(kOkpTypes));
  wantString(jwk, 'x');
  if (isPrivate) wantString(jwk, 'd');
  const bytes = decode(isPrivate ? jwk.d : jwk.x);
  return makeHandle(() => binding.rawKey(kOkpTypes[jwk.crv], bytes, isPrivate), bytes);
}

// A handle. The public key of a private one unless `isPrivate`, which refuses public keys.
function readJwk(jwk, isPrivate) {
  validateObject(jwk, 'key');
  validateOneOf(jwk.kty, 'key.kty', ['RSA', 'EC', 'OKP']);
  if (jwk.kty === 'RSA') return readRsa(jwk, isPrivate);
  return jwk.kty === 'EC' ? readEc(jwk, isPrivate) : readOkp(jwk, isPrivate);
}

// ---- Writing ------------------------------------------------------------------------------------

function writeRsa(handle, isPrivate) {
  const bytes = handle.export(0, kTypes.pkcs1);
  const reader = new der.Reader(bytes).sequence();
  if (isPrivate) reader.integer();
  const jwk = { kty: 'RSA', n: base64url(reader.integer()), e: base64url(reader.integer()) };
  if (isPrivate) for (const name of kRsaPrivate) jwk[name] = base64url(reader.integer());
  bytes.fill(0);
  return jwk;
}

function writeEc(handle, isPrivate) {
  const name = handle.curve();
  const crv = Object.keys(kCurves).find((key) => kCurves[key].name === name);
  if (crv === undefined) throw new ERR_CRYPTO_JWK_UNSUPPORTED_CURVE(name);
  const point = handle.point();
  const { size } = kCurves[crv];
  const jwk = { kty: 'EC', x: base64url(point.subarray(1, 1 + size)), y: base64url(point.subarray(1 + size)), crv };
  if (!isPrivate) return jwk;
  const number = handle.scalar();
  jwk.d = base64url(number);
  number.fill(0);
  return jwk;
}

function writeOkp(handle, isPrivate, type) {
  const crv = type[0].toUpperCase() + type.slice(1);
  const jwk = { crv, x: base64url(handle.raw(false)), kty: 'OKP' };
  if (isPrivate) {
    const bytes = handle.raw(true);
    jwk.d = base64url(bytes);
    bytes.fill(0);
  }
  return jwk;
}

function writeJwk(handle, isPrivate) {
  const type = handle.keyType();
  if (type === 'rsa') return writeRsa(handle, isPrivate);
  if (type === 'ec') return writeEc(handle, isPrivate);
  if (/^(ed|x)(25519|448)$/.test(type)) return writeOkp(handle, isPrivate, type);
  throw new ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE();
}

function secretJwk(handle) {
  const bytes = handle.exportSecret();
  const jwk = { kty: 'oct', k: base64url(bytes) };
  bytes.fill(0);
  return jwk;
}

module.exports = { readJwk, secretJwk, writeJwk };
