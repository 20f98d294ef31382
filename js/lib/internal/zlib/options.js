// zlib: checks of the options that its streams take.
'use strict';

const { Buffer, kMaxLength } = require('buffer');
const { isAnyArrayBuffer, isArrayBufferView, isUint8Array } = require('internal/util/types');
const { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } = require('internal/errors').codes;
const { validateNumber } = require('internal/validators');
const { constants } = require('internal/zlib/constants');

const {
  INFLATE, GZIP, GUNZIP, UNZIP, Z_BLOCK, Z_DEFAULT_CHUNK, Z_DEFAULT_COMPRESSION, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_STRATEGY,
  Z_DEFAULT_WINDOWBITS, Z_FIXED, Z_MAX_LEVEL, Z_MAX_MEMLEVEL, Z_MAX_WINDOWBITS, Z_MIN_CHUNK, Z_MIN_LEVEL, Z_MIN_MEMLEVEL,
  Z_MIN_WINDOWBITS, Z_NO_FLUSH,
} = constants;

// False for what stands for nothing: undefined and NaN.
function isGiven(number, name) {
  if (number === undefined || Number.isNaN(number)) return false;
  if (Number.isFinite(number)) return true;
  validateNumber(number, name);
  throw new ERR_OUT_OF_RANGE(name, 'a finite number', number);
}

function inRange(number, name, lower, upper, preset) {
  if (!isGiven(number, name)) return preset;
  if (number < lower || number > upper) throw new ERR_OUT_OF_RANGE(name, `>= ${lower} and <= ${upper}`, number);
  return number;
}

function checkLevel(level, name = 'level') {
  return inRange(level, name, Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
}

function checkStrategy(strategy, name = 'strategy') {
  return inRange(strategy, name, Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
}

function checkStreamOptions(options, flushes) {
  let chunkSize = options?.chunkSize;
  if (!isGiven(chunkSize, 'options.chunkSize')) chunkSize = Z_DEFAULT_CHUNK;
  else if (chunkSize < Z_MIN_CHUNK) throw new ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
  return {
    chunkSize,
    flush: inRange(options?.flush, 'options.flush', Z_NO_FLUSH, Z_BLOCK, flushes.flush),
    finishFlush: inRange(options?.finishFlush, 'options.finishFlush', Z_NO_FLUSH, Z_BLOCK, flushes.finishFlush),
    maxOutputLength: inRange(options?.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength),
  };
}

function checkDictionary(dictionary) {
  if (dictionary === undefined || isArrayBufferView(dictionary)) return dictionary;
  if (isAnyArrayBuffer(dictionary)) return Buffer.from(dictionary);
  throw new ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

// 0: what reads goes by the head of what it reads.
function checkWindowBits(bits, mode) {
  const reads = mode === INFLATE || mode === GUNZIP || mode === UNZIP;
  if (reads && (bits === undefined || bits === null || bits === 0)) return 0;
  return inRange(bits, 'options.windowBits', mode === GZIP ? Z_MIN_WINDOWBITS + 1 : Z_MIN_WINDOWBITS, Z_MAX_WINDOWBITS,
                 Z_DEFAULT_WINDOWBITS);
}

function checkFormatOptions(options, mode) {
  if (!options) {
    return {
      windowBits: checkWindowBits(undefined, mode), level: Z_DEFAULT_COMPRESSION, memLevel: Z_DEFAULT_MEMLEVEL,
      strategy: Z_DEFAULT_STRATEGY, dictionary: undefined,
    };
  }
  return {
    windowBits: checkWindowBits(options.windowBits, mode),
    level: checkLevel(options.level, 'options.level'),
    memLevel: inRange(options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL),
    strategy: checkStrategy(options.strategy, 'options.strategy'),
    dictionary: checkDictionary(options.dictionary),
  };
}

// Bytes of what a function or a stream is given.
function toBytes(data) {
  if (typeof data === 'string') return Buffer.from(data);
  if (isUint8Array(data)) return data;
  if (isArrayBufferView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (isAnyArrayBuffer(data)) return Buffer.from(data);
  throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], data);
}

module.exports = { checkFormatOptions, checkLevel, checkStrategy, checkStreamOptions, toBytes };
