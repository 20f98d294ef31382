// Checks and conversions that all forms of fs share.
'use strict';

const asyncContext = require('internal/async_context');
const { constants, entryTypes } = internalBinding('fs');
const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE },
  hideStackFrames,
} = require('internal/errors');
const {
  parseFileMode, validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject,
} = require('internal/validators');
const { normalizeEncoding } = require('internal/util');

// The option bits of the binding.
const kAsBuffer = 1;
const kAsUtf8 = 2;
const kWithTypes = 4;
const kBigInt = 8;
const kQuietMissing = 16;

const {
  O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY,
} = constants;

const flagNames = new Map([
  ['r', O_RDONLY],
  ['rs', O_RDONLY | O_SYNC], ['sr', O_RDONLY | O_SYNC],
  ['r+', O_RDWR],
  ['rs+', O_RDWR | O_SYNC], ['sr+', O_RDWR | O_SYNC],
  ['w', O_TRUNC | O_CREAT | O_WRONLY],
  ['wx', O_TRUNC | O_CREAT | O_WRONLY | O_EXCL], ['xw', O_TRUNC | O_CREAT | O_WRONLY | O_EXCL],
  ['w+', O_TRUNC | O_CREAT | O_RDWR],
  ['wx+', O_TRUNC | O_CREAT | O_RDWR | O_EXCL], ['xw+', O_TRUNC | O_CREAT | O_RDWR | O_EXCL],
  ['a', O_APPEND | O_CREAT | O_WRONLY],
  ['ax', O_APPEND | O_CREAT | O_WRONLY | O_EXCL], ['xa', O_APPEND | O_CREAT | O_WRONLY | O_EXCL],
  ['as', O_APPEND | O_CREAT | O_WRONLY | O_SYNC], ['sa', O_APPEND | O_CREAT | O_WRONLY | O_SYNC],
  ['a+', O_APPEND | O_CREAT | O_RDWR],
  ['ax+', O_APPEND | O_CREAT | O_RDWR | O_EXCL], ['xa+', O_APPEND | O_CREAT | O_RDWR | O_EXCL],
  ['as+', O_APPEND | O_CREAT | O_RDWR | O_SYNC], ['sa+', O_APPEND | O_CREAT | O_RDWR | O_SYNC],
]);

const isUint8Array = (value) => value instanceof Uint8Array;

// A path as the binding takes it: a string, or bytes for names that are no UTF-8.
const getPath = hideStackFrames(function getPath(path, name = 'path') {
  if (typeof path === 'string') {
    if (path.includes('\0')) throwNullByte(path, name);
    return path;
  }
  if (isUint8Array(path)) {
    if (path.includes(0)) throwNullByte(path, name);
    return path;
  }
  if (path !== null && typeof path === 'object' && path.href && path.protocol && path.auth === undefined) {
    const text = require('url').fileURLToPath(path);
    if (text.includes('\0')) throwNullByte(text, name);
    return text;
  }
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
});

function throwNullByte(path, name) {
  throw new ERR_INVALID_ARG_VALUE(name, path, 'must be a string or Uint8Array without null bytes');
}

// The same for functions that also take a descriptor.
function getPathOrFd(path) {
  return isFd(path) ? path : getPath(path);
}

function isFd(value) {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff;
}

const getFd = hideStackFrames(function getFd(fd) {
  if (typeof fd === 'number' && fd >= 0 && fd <= 0x7fffffff && Number.isInteger(fd)) return fd;
  validateInteger(fd, 'fd', 0, 0x7fffffff);
  return fd;
});

// 'a+' and the like, or a number.
function getFlags(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInteger(flags, name, -0x80000000, 0x7fffffff);
    return flags;
  }
  if (flags === undefined || flags === null) return O_RDONLY;
  const known = flagNames.get(flags);
  if (known === undefined) throw new ERR_INVALID_ARG_VALUE(name, flags);
  return known;
}

function getMode(mode, fallback, name = 'mode') {
  return mode === undefined || mode === null ? fallback : parseFileMode(mode, name);
}

function checkEncoding(encoding) {
  if (encoding && encoding !== 'buffer' && normalizeEncoding(encoding) === undefined) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

// Options that may be left out, be an encoding, or an object; a callback in their place counts as left out.
function getOptions(options, defaults) {
  if (options === undefined || options === null || typeof options === 'function') return defaults;
  if (typeof options === 'string') {
    checkEncoding(options);
    return { ...defaults, encoding: options };
  }
  if (typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  checkEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return defaults === undefined ? options : { ...defaults, ...options };
}

// Option bits for results that are names; decodeNames() does the rest for encodings that are not UTF-8.
function nameBits(encoding) {
  return encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8' ? 0 : kAsBuffer;
}

function decodeName(value, encoding) {
  if (typeof value === 'string' || value === undefined || encoding === 'buffer') return value;
  return value.toString(encoding);
}

// 2010's callers leave callbacks out; everything else that is no function is a mistake.
function getCallback(callback) {
  if (callback === undefined) return ignoreResult;
  validateFunction(callback, 'cb');
  return asyncContext.bind(callback);
}

function ignoreResult() {}

// Seconds since 1970 from numbers, numeric strings and Dates.
function toUnixTimestamp(time, name = 'time') {
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (time instanceof Date) return time.getTime() / 1000;
  throw new ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

let truncatedFd = false;
function warnOfTruncatedFd() {
  if (truncatedFd) return;
  truncatedFd = true;
  process.emitWarning('Using fs.truncate with a file descriptor is deprecated.' +
      ' Please use fs.ftruncate with a file descriptor instead.', 'DeprecationWarning', 'DEP0081');
}

let coerced = false;

// The text of an object that says by itself how it reads as text; others would write "[object Object]".
function coerceText(data) {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'toString')) return data;
  if (!coerced) {
    process.emitWarning('Implicit coercion of objects with own toString property is deprecated.', 'DeprecationWarning',
                        'DEP0162');
  }
  coerced = true;
  return String(data);
}

// What writeFile and its like write, as bytes.
function toBytes(data, encoding, name = 'data') {
  data = coerceText(data);
  if (typeof data === 'string') return Buffer.from(data, encoding || 'utf8');
  if (ArrayBuffer.isView(data)) return data;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

function validateRange(offset, length, byteLength) {
  if (offset > byteLength) throw new ERR_OUT_OF_RANGE('offset', `<= ${byteLength}`, offset);
  if (length > byteLength - offset) throw new ERR_OUT_OF_RANGE('length', `<= ${byteLength - offset}`, length);
  if (length < 0) throw new ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInteger(length, 'length', 0, 0x7fffffff);
}

// Positions are numbers or BigInts; everything else means "where the descriptor stands".
function getPosition(position, length) {
  if (position === undefined || position === null) return -1;
  if (typeof position === 'number') {
    validateInteger(position, 'position', -1);
  } else if (typeof position === 'bigint') {
    const most = 2n ** 63n - 1n - BigInt(length);
    if (position < -1n || position > most) {
      throw new ERR_OUT_OF_RANGE('position', `>= -1 && <= ${most}`, position);
    }
  } else {
    throw new ERR_INVALID_ARG_TYPE('position', ['integer', 'bigint'], position);
  }
  return position;
}

const rmDefaults = { recursive: false, force: false, retryDelay: 100, maxRetries: 0 };

function getRemoveOptions(options) {
  if (options === undefined) return rmDefaults;
  validateObject(options, 'options');
  const all = { ...rmDefaults, ...options };
  validateBoolean(all.recursive, 'options.recursive');
  validateBoolean(all.force, 'options.force');
  validateInteger(all.retryDelay, 'options.retryDelay', 0, 0x7fffffff);
  validateInteger(all.maxRetries, 'options.maxRetries', 0, 0xffffffff);
  return all;
}

// Node's number for a kind of directory entry, from the system's.
const typeNumbers = [];
for (let number = 0; number < entryTypes.length; number++) typeNumbers[entryTypes[number]] = number;

module.exports = {
  coerceText,
  constants,
  decodeName,
  getCallback,
  getFd,
  getFlags,
  getMode,
  getOptions,
  getPath,
  getPathOrFd,
  getPosition,
  getRemoveOptions,
  ignoreResult,
  isFd,
  kAsBuffer,
  kAsUtf8,
  kBigInt,
  kQuietMissing,
  kWithTypes,
  nameBits,
  toBytes,
  toUnixTimestamp,
  warnOfTruncatedFd,
  typeNumbers,
  validateRange,
};
