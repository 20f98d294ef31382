// How keys are written: the options `format`, `type`, `cipher` and `passphrase` of everything that reads or writes keys.
'use strict';

const { isAnyArrayBuffer } = require('internal/buffer');
const { toBytes } = require('internal/crypto/util');
const { validateObject } = require('internal/validators');
const { codes: { ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_INVALID_ARG_VALUE } } = require('internal/errors');

// The numbers that js/bind_crypto_key.h has.
const kFormats = { der: 0, pem: 1, jwk: 2 };
const kTypes = { pkcs1: 0, pkcs8: 1, spki: 2, sec1: 3 };

const isBytes = (value) => ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
const isStringOrBytes = (value) => typeof value === 'string' || isBytes(value);

// The names of what a key can be given as, for errors.
function keyTypes(allowKeyObject, bytesOnly = false) {
  const types = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  if (bytesOnly) return types;
  types.push('string');
  if (allowKeyObject) types.push('KeyObject', 'CryptoKey');
  return types;
}

function option(name, objectName) {
  return objectName === undefined ? `options.${name}` : `options.${objectName}.${name}`;
}

function formatOf(format, isInput, objectName) {
  if (format === undefined && isInput) return 'pem';
  if (typeof format !== 'string' || !Object.hasOwn(kFormats, format)) throw new ERR_INVALID_ARG_VALUE(option('format', objectName), format);
  return format;
}

const kOnlyFor = { pkcs1: ['rsa', 'RSA'], sec1: ['ec', 'EC'] };

// `isPublic`: undefined when either will do.
function typeOf(type, isRequired, keyType, isPublic, objectName) {
  if (type === undefined && !isRequired) return undefined;
  const fits = type === 'pkcs1' || (type === 'spki' && isPublic !== false) ||
    ((type === 'pkcs8' || type === 'sec1') && isPublic !== true);
  if (!fits) throw new ERR_INVALID_ARG_VALUE(option('type', objectName), type);
  const only = kOnlyFor[type];
  if (keyType !== undefined && only !== undefined && only[0] !== keyType) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, `can only be used for ${only[1]} keys`);
  }
  return type;
}

function checkCipher(cipher, passphrase, format, type, objectName) {
  if (cipher === undefined || cipher === null) {
    if (passphrase !== undefined) throw new ERR_INVALID_ARG_VALUE(option('cipher', objectName), cipher);
    return;
  }
  if (typeof cipher !== 'string') throw new ERR_INVALID_ARG_VALUE(option('cipher', objectName), cipher);
  if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'does not support encryption');
  }
}

// In memory that nothing else shares; who uses it overwrites it afterwards.
function copyOf(bytes, isOurs) {
  const view = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
  const copy = Uint8Array.from(view);
  if (isOurs) view.fill(0);
  return copy;
}

// Answers { format, type, cipher, passphrase }: names, and a copy of the passphrase's bytes. `keyType` is given for a key that is written, whose
// type is known; `objectName` is the property that has these options.
function parseEncoding(options, keyType, isPublic, objectName = undefined) {
  validateObject(options, 'options');
  const isInput = keyType === undefined;
  const format = formatOf(options.format, isInput, objectName);
  const isRequired = (!isInput || format === 'der') && format !== 'jwk';
  const type = typeOf(options.type, isRequired, keyType, isPublic, objectName);
  if (isPublic === true) return { format, type, cipher: undefined, passphrase: undefined };
  const { cipher, passphrase, encoding } = options;
  if (!isInput) checkCipher(cipher, passphrase, format, type, objectName);
  const isWanted = isInput ? passphrase !== undefined : cipher !== undefined && cipher !== null;
  if (isWanted && !isStringOrBytes(passphrase)) throw new ERR_INVALID_ARG_VALUE(option('passphrase', objectName), passphrase);
  return {
    format, type, cipher: isInput || cipher === null ? undefined : cipher,
    passphrase: isWanted ? copyOf(toBytes(passphrase, 'key.passphrase', encoding), typeof passphrase === 'string') : undefined,
  };
}

module.exports = { isBytes, isStringOrBytes, kFormats, kTypes, keyTypes, option, parseEncoding };
