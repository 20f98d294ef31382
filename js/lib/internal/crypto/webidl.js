// Arguments and dictionaries as Web IDL converts them, as far as web cryptography needs it (https://webidl.spec.whatwg.org/#js-type-mapping).
//
// A converter takes (value, { prefix, context }), which say for errors where the value stands: "prefix: context is not ...".
'use strict';

const { isCryptoKey } = require('internal/crypto/crypto_key');
const { isAnyArrayBuffer, isSharedArrayBuffer, isUint8Array } = require('internal/util/types');

function fail(text, { prefix, context }, code = 'ERR_INVALID_ARG_TYPE') {
  const error = new TypeError(`${prefix}: ${context} ${text}`);
  error.code = code;
  throw error;
}

function checkArgumentCount(count, wanted, prefix) {
  if (count >= wanted) return;
  const error = new TypeError(`${prefix}: ${wanted} argument${wanted === 1 ? '' : 's'} required, but only ${count} present.`);
  error.code = 'ERR_MISSING_ARGS';
  throw error;
}

// ---- Simple types -------------------------------------------------------------------------------

function number(value, where) {
  if (typeof value === 'bigint') fail('is a BigInt and cannot be converted to a number.', where);
  if (typeof value === 'symbol') fail('is a Symbol and cannot be converted to a number.', where);
  return Number(value);
}

// With [EnforceRange]: what does not fit is an error.
function integer(max) {
  return (value, where) => {
    const given = number(value, where);
    if (!Number.isFinite(given)) fail('is not a finite number.', where);
    const whole = Math.trunc(given) + 0;
    if (whole < 0 || whole > max) fail(`is outside the expected range of 0 to ${max}.`, where, 'ERR_OUT_OF_RANGE');
    return whole;
  };
}

const octet = integer(0xFF);
const unsignedShort = integer(0xFFFF);
const unsignedLong = integer(0xFFFFFFFF);
// A number of bits, or null for none; modulo 2 ** 32.
const bitLength = (value, where) => value === undefined || value === null ? null : number(value, where) >>> 0;

function string(value, where) {
  if (typeof value === 'symbol') fail('is a Symbol and cannot be converted to a string.', where);
  return `${value}`;
}

const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

// An object with a name, or a name.
const algorithmIdentifier = (value, where) => isObject(value) ? value : string(value, where);

function enumeration(name, values) {
  const known = new Set(values);
  return (value, where) => {
    const text = string(value, where);
    if (!known.has(text)) fail(`value '${text}' is not a valid enum value of type ${name}.`, where, 'ERR_INVALID_ARG_VALUE');
    return text;
  };
}

const keyFormat = enumeration('KeyFormat', ['raw', 'pkcs8', 'spki', 'jwk']);
const keyUsage = enumeration('KeyUsage', [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey',
]);

function sequence(convert) {
  return (value, where) => {
    const iterator = isObject(value) ? value[Symbol.iterator] : undefined;
    if (typeof iterator !== 'function') fail('can not be converted to sequence.', where);
    const list = [];
    for (const item of { [Symbol.iterator]: () => Reflect.apply(iterator, value, []) }) {
      list.push(convert(item, { ...where, context: `${where.context}, index ${list.length}` }));
    }
    return list;
  };
}

function cryptoKey(value, where) {
  if (!isCryptoKey(value)) fail('is not of type CryptoKey.', where);
  return value;
}

// ---- Bytes --------------------------------------------------------------------------------------

function refuseShared(view, where) {
  if (isSharedArrayBuffer(view.buffer)) fail('is a view on a SharedArrayBuffer, which is not allowed.', where);
}

// As it is: who uses the bytes later has to copy them.
function bufferSource(value, where) {
  if (ArrayBuffer.isView(value)) refuseShared(value, where);
  else if (!isAnyArrayBuffer(value) || isSharedArrayBuffer(value)) {
    fail('is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.', where);
  }
  return value;
}

// A big number, its most significant byte first.
function bigInteger(value, where) {
  if (!isUint8Array(value)) fail('is not an Uint8Array object.', where);
  refuseShared(value, where);
  return value;
}

// ---- Dictionaries -------------------------------------------------------------------------------

// `members` in the order in which they are read: { name: [convert, whether it must be there] }.
function dictionary(type, members) {
  return (value, where) => {
    if (value !== undefined && value !== null && !isObject(value)) fail('can not be converted to a dictionary.', where);
    const result = {};
    for (const [key, [convert, isRequired]] of Object.entries(members)) {
      const member = value?.[key];
      if (member !== undefined) {
        result[key] = convert(member, { ...where, context: `'${key}' of '${type}' (${where.context})` });
      } else if (isRequired) {
        fail(`can not be converted to '${type}' because '${key}' is required in '${type}'.`, where, 'ERR_MISSING_OPTION');
      }
    }
    return result;
  };
}

// Parameters of an algorithm: its name comes before all others, and they are sorted.
const params = (type, members = {}) => dictionary(type, { name: [string, true], ...members });

const hash = [algorithmIdentifier, true];
const namedCurve = [string, true];

// By their names in the standard.
const dictionaries = {
  Algorithm: params('Algorithm'),
  AesKeyGenParams: params('AesKeyGenParams', { length: [unsignedShort, true] }),
  AesDerivedKeyParams: params('AesDerivedKeyParams', { length: [unsignedShort, true] }),
  AesCbcParams: params('AesCbcParams', { iv: [bufferSource, true] }),
  AesCtrParams: params('AesCtrParams', { counter: [bufferSource, true], length: [octet, true] }),
  AesGcmParams: params('AesGcmParams', { additionalData: [bufferSource], iv: [bufferSource, true], tagLength: [octet] }),
  HmacKeyGenParams: params('HmacKeyGenParams', { hash, length: [unsignedLong] }),
  HmacImportParams: params('HmacImportParams', { hash, length: [unsignedLong] }),
  RsaHashedKeyGenParams: params('RsaHashedKeyGenParams', {
    hash, modulusLength: [unsignedLong, true], publicExponent: [bigInteger, true],
  }),
  RsaHashedImportParams: params('RsaHashedImportParams', { hash }),
  RsaPssParams: params('RsaPssParams', { saltLength: [unsignedLong, true] }),
  RsaOaepParams: params('RsaOaepParams', { label: [bufferSource] }),
  EcKeyGenParams: params('EcKeyGenParams', { namedCurve }),
  EcKeyImportParams: params('EcKeyImportParams', { namedCurve }),
  EcdsaParams: params('EcdsaParams', { hash }),
  EcdhKeyDeriveParams: params('EcdhKeyDeriveParams', { public: [cryptoKey, true] }),
  Ed448Params: params('Ed448Params', { context: [bufferSource] }),
  HkdfParams: params('HkdfParams', { hash, info: [bufferSource, true], salt: [bufferSource, true] }),
  Pbkdf2Params: params('Pbkdf2Params', { hash, iterations: [unsignedLong, true], salt: [bufferSource, true] }),
};

const jsonWebKey = dictionary('JsonWebKey', {
  alg: [string], crv: [string], d: [string], dp: [string], dq: [string], e: [string], ext: [Boolean], k: [string],
  key_ops: [sequence(string)], kty: [string], n: [string],
  oth: [sequence(dictionary('RsaOtherPrimesInfo', { d: [string], r: [string], t: [string] }))],
  p: [string], q: [string], qi: [string], use: [string], x: [string], y: [string],
});

module.exports = {
  algorithmIdentifier, bitLength, bufferSource, checkArgumentCount, cryptoKey, dictionaries, jsonWebKey, keyFormat,
  keyUsages: sequence(keyUsage),
};
