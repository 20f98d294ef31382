// generateKeyPair and generateKey, at once and on the thread pool.
'use strict';

const binding = internalBinding('crypto_keygen');
const keyBinding = internalBinding('crypto_key');
const { parseEncoding } = require('internal/crypto/key_encoding');
const { exportHandle, keyObjectOf } = require('internal/crypto/keys');
const { bindJob } = require('internal/crypto/util');
const { customPromisifyArgs } = require('internal/util');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const {
  codes: {
    ERR_CRYPTO_UNKNOWN_CIPHER, ERR_INCOMPATIBLE_OPTION_PAIR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_OPTION,
  },
} = require('internal/errors');

// ---- Pairs --------------------------------------------------------------------------------------

// How the program wants one of the two: undefined for a KeyObject.
function encodingOf(options, name, keyType, isPublic) {
  const encoding = options?.[name];
  if (encoding === undefined) return undefined;
  if (encoding === null || typeof encoding !== 'object') throw new ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
  const parsed = parseEncoding(encoding, keyType, isPublic, name);
  if (parsed.cipher !== undefined && !keyBinding.isCipher(parsed.cipher)) throw new ERR_CRYPTO_UNKNOWN_CIPHER();
  return parsed;
}

const isMissing = (value) => value === undefined || value === null;

// hash and mgf1Hash are the old names of what ends in Algorithm.
function digestOption(options, oldName, name, code) {
  const value = options[name];
  const old = options[oldName];
  if (value !== undefined) validateString(value, `options.${name}`);
  if (old === undefined) return value;
  process.emitWarning(`"options.${oldName}" is deprecated, use "options.${name}" instead.`, 'DeprecationWarning', code);
  validateString(old, `options.${oldName}`);
  if (value !== undefined && value !== old) throw new ERR_INVALID_ARG_VALUE(`options.${oldName}`, old);
  return old;
}

function rsa(type, options) {
  validateObject(options, 'options');
  const { modulusLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  const exponent = options.publicExponent ?? 0x10001;
  validateUint32(exponent, 'options.publicExponent');
  if (type === 'rsa') return (done) => binding.generateRsa(modulusLength, exponent, done);
  const { saltLength } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  const digest = digestOption(options, 'hash', 'hashAlgorithm', 'DEP0154');
  const mgf1 = digestOption(options, 'mgf1Hash', 'mgf1HashAlgorithm', 'DEP0154');
  return (done) => binding.generateRsaPss(modulusLength, exponent, digest, mgf1, saltLength ?? -1, done);
}

function dsa(type, options) {
  validateObject(options, 'options');
  const { modulusLength, divisorLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  if (!isMissing(divisorLength)) validateInt32(divisorLength, 'options.divisorLength', 0);
  return (done) => binding.generateDsa(modulusLength, divisorLength ?? -1, done);
}

function ec(type, options) {
  validateObject(options, 'options');
  const { namedCurve, paramEncoding } = options;
  validateString(namedCurve, 'options.namedCurve');
  if (!isMissing(paramEncoding) && paramEncoding !== 'named' && paramEncoding !== 'explicit') {
    throw new ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
  }
  return (done) => binding.generateEc(namedCurve, paramEncoding === 'explicit', done);
}

const okp = (type) => (done) => binding.generateOkp(type.toUpperCase(), done);

function dh(type, options) {
  validateObject(options, 'options');
  const { group, prime, primeLength, generator } = options;
  if (!isMissing(group)) {
    for (const other of ['prime', 'primeLength', 'generator']) {
      if (!isMissing(options[other])) throw new ERR_INCOMPATIBLE_OPTION_PAIR('group', other);
    }
    validateString(group, 'options.group');
    return (done) => binding.generateDh(group, 2, done);
  }
  if (!isMissing(prime)) {
    if (!isMissing(primeLength)) throw new ERR_INCOMPATIBLE_OPTION_PAIR('prime', 'primeLength');
    if (!ArrayBuffer.isView(prime)) throw new ERR_INVALID_ARG_TYPE('options.prime', ['Buffer', 'TypedArray', 'DataView'], prime);
  } else if (isMissing(primeLength)) {
    throw new ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
  } else {
    validateInt32(primeLength, 'options.primeLength', 0);
  }
  if (!isMissing(generator)) validateInt32(generator, 'options.generator', 0);
  if (!isMissing(prime)) return (done) => binding.generateDh(prime, generator ?? 2, done);
  return (done) => binding.generateDhOfSize(primeLength, generator ?? 2, done);
}

const kGenerators = { rsa, 'rsa-pss': rsa, dsa, ec, ed25519: okp, ed448: okp, x25519: okp, x448: okp, dh };

// { start(done), wrap([public handle, private handle]) }
function preparePair(type, options) {
  validateString(type, 'type');
  if (options !== undefined) validateObject(options, 'options');
  const publicEncoding = encodingOf(options, 'publicKeyEncoding', type, true);
  const privateEncoding = encodingOf(options, 'privateKeyEncoding', type, false);
  if (!Object.hasOwn(kGenerators, type)) throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  const wrapOne = (handle, encoding) => encoding === undefined ? keyObjectOf(handle) : exportHandle(handle, encoding);
  return {
    start: kGenerators[type](type, options),
    wrap: ([publicHandle, privateHandle]) => [wrapOne(publicHandle, publicEncoding), wrapOne(privateHandle, privateEncoding)],
  };
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateFunction(callback, 'callback');
  const { start, wrap } = preparePair(type, options);
  start(bindJob((error, handles) => {
    if (error) return callback(error);
    let keys;
    try {
      keys = wrap(handles);
    } catch (wrapError) {
      return callback(wrapError);
    }
    callback(null, keys[0], keys[1]);
  }, 'KEYPAIRGENREQUEST'));
}
Object.defineProperty(generateKeyPair, customPromisifyArgs, { value: ['publicKey', 'privateKey'] });

function generateKeyPairSync(type, options) {
  const { start, wrap } = preparePair(type, options);
  const [publicKey, privateKey] = wrap(start(undefined));
  return { publicKey, privateKey };
}

// ---- Secrets ------------------------------------------------------------------------------------

// The length in bytes.
function secretLength(type, options) {
  validateString(type, 'type');
  if (type !== 'hmac' && type !== 'aes') throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  validateObject(options, 'options');
  const { length } = options;
  if (type === 'hmac') validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
  else validateOneOf(length, 'options.length', [128, 192, 256]);
  return Math.floor(length / 8);
}

function generateKey(type, options, callback) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const length = secretLength(type, options);
  validateFunction(callback, 'callback');
  binding.generateSecret(length, bindJob((error, handle) => {
    if (error) callback(error);
    else callback(undefined, keyObjectOf(handle));
  }, 'KEYGENREQUEST'));
}

function generateKeySync(type, options) {
  return keyObjectOf(binding.generateSecret(secretLength(type, options), undefined));
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
