// pbkdf2, scrypt and hkdf.
'use strict';

const { kMaxLength } = require('buffer');
const binding = internalBinding('crypto_kdf');
const { isAnyArrayBuffer } = require('internal/util/types');
const { codes: { ERR_INCOMPATIBLE_OPTION_PAIR, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateFunction, validateInt32, validateInteger, validateString, validateUint32 } = require('internal/validators');
const { bindJob, encodePlain, kHandle, kKeyObject, toBytes, toSecret, validateByteSource } = require('internal/crypto/util');

function bindKeyJob(callback, type) {
  return bindJob((error, key) => {
    if (error !== null) callback(error);
    else callback(null, encodePlain(key));
  }, type);
}

// ---- PBKDF2 ---------------------------------------------------------------------------------

function checkPbkdf2(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return [password, salt, iterations, keylen, digest];
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') [callback, digest] = [digest, undefined];
  const args = checkPbkdf2(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  binding.pbkdf2(...args, bindKeyJob(callback, 'PBKDF2REQUEST'));
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return encodePlain(binding.pbkdf2(...checkPbkdf2(password, salt, iterations, keylen, digest)));
}

// ---- scrypt ---------------------------------------------------------------------------------

const kScryptDefaults = { N: 16384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 };

// An option that has two names; 0 means the default.
function getCost(options, name, longName) {
  if (options[name] !== undefined) {
    validateUint32(options[name], name);
    if (options[longName] !== undefined) throw new ERR_INCOMPATIBLE_OPTION_PAIR(name, longName);
    return options[name] || kScryptDefaults[name];
  }
  if (options[longName] === undefined) return kScryptDefaults[name];
  validateUint32(options[longName], longName);
  return options[longName] || kScryptDefaults[name];
}

function checkScrypt(password, salt, keylen, options) {
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  options ??= kScryptDefaults;
  const cost = getCost(options, 'N', 'cost');
  const blockSize = getCost(options, 'r', 'blockSize');
  const parallelization = getCost(options, 'p', 'parallelization');
  let { maxmem } = options;
  if (maxmem !== undefined) validateInteger(maxmem, 'maxmem', 0);
  maxmem ||= kScryptDefaults.maxmem;
  return [password, salt, keylen, cost, blockSize, parallelization, maxmem];
}

function scrypt(password, salt, keylen, options, callback) {
  if (callback === undefined) [callback, options] = [options, undefined];
  const args = checkScrypt(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  binding.scrypt(...args, bindKeyJob(callback, 'SCRYPTREQUEST'));
}

function scryptSync(password, salt, keylen, options) {
  return encodePlain(binding.scrypt(...checkScrypt(password, salt, keylen, options)));
}

// ---- HKDF -----------------------------------------------------------------------------------

function toKey(key) {
  const isKey = key?.[kHandle] !== undefined || key?.[kKeyObject] !== undefined;
  if (!isKey && typeof key !== 'string' && !ArrayBuffer.isView(key) && !isAnyArrayBuffer(key)) {
    throw new ERR_INVALID_ARG_TYPE('ikm', [
      'string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer',
    ], key);
  }
  return toSecret(key, 'ikm');
}

function checkHkdf(digest, key, salt, info, length) {
  validateString(digest, 'digest');
  key = toKey(key);
  validateByteSource(salt, 'salt');
  validateByteSource(info, 'info');
  salt = toBytes(salt, 'salt', 'utf8');
  info = toBytes(info, 'info', 'utf8');
  validateInteger(length, 'length', 0, kMaxLength);
  if (info.byteLength > 1024) throw new ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', info.byteLength);
  return [digest, key, salt, info, length];
}

function hkdf(digest, key, salt, info, length, callback) {
  const args = checkHkdf(digest, key, salt, info, length);
  validateFunction(callback, 'callback');
  binding.hkdf(...args, bindJob(callback, 'HKDFREQUEST'));
}

function hkdfSync(digest, key, salt, info, length) {
  return binding.hkdf(...checkHkdf(digest, key, salt, info, length));
}

module.exports = { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
