// Random bytes, numbers and UUIDs; primes.
'use strict';

const { Buffer, kMaxLength } = require('buffer');
const { FastBuffer } = require('internal/buffer');
const binding = internalBinding('crypto_random');
const { isAnyArrayBuffer, isFloat32Array, isFloat64Array, isTypedArray } = require('internal/util/types');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateNumber, validateObject } = require('internal/validators');
const { bindJob, encodePlain } = require('internal/crypto/util');

const kMaxInt32 = 2 ** 31 - 1;
const kMaxPossible = Math.min(kMaxLength, kMaxInt32);

// ---- Bytes ----------------------------------------------------------------------------------

// Offsets and sizes count elements; these answer in bytes.
function checkOffset(offset, elementSize, length) {
  validateNumber(offset, 'offset');
  offset *= elementSize;
  const max = Math.min(length, kMaxPossible);
  if (!(offset >= 0 && offset <= max)) throw new ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${max}`, offset);
  return offset >>> 0;
}

function checkSize(size, elementSize, offset, length) {
  validateNumber(size, 'size');
  size *= elementSize;
  if (!(size >= 0 && size <= kMaxPossible)) throw new ERR_OUT_OF_RANGE('size', `>= 0 && <= ${kMaxPossible}`, size);
  if (size + offset > length) throw new ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  return size >>> 0;
}

function randomBytes(size, callback) {
  size = checkSize(size, 1, 0, Infinity);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = new FastBuffer(size);
  if (callback === undefined) {
    binding.fill(bytes);
    return encodePlain(bytes);
  }
  binding.fill(bytes, bindJob((error) => {
    if (error !== null) callback(error);
    else callback(null, encodePlain(bytes));
  }, 'RANDOMBYTESREQUEST'));
}

// The part of `buffer` to fill.
function getPart(buffer, offset, size) {
  const elementSize = buffer.BYTES_PER_ELEMENT || 1;
  offset = checkOffset(offset, elementSize, buffer.byteLength);
  size = size === undefined ? buffer.byteLength - offset : checkSize(size, elementSize, offset, buffer.byteLength);
  if (ArrayBuffer.isView(buffer)) return new Uint8Array(buffer.buffer, buffer.byteOffset + offset, size);
  return new Uint8Array(buffer, offset, size);
}

function checkFillable(buffer) {
  if (isAnyArrayBuffer(buffer) || ArrayBuffer.isView(buffer)) return;
  throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buffer);
}

function randomFillSync(buffer, offset = 0, size = undefined) {
  checkFillable(buffer);
  const part = getPart(buffer, offset, size);
  if (part.length > 0) binding.fill(part);
  return buffer;
}

function randomFill(buffer, offset, size, callback) {
  checkFillable(buffer);
  if (typeof offset === 'function') [callback, offset, size] = [offset, 0, undefined];
  else if (typeof size === 'function') [callback, size] = [size, undefined];
  else validateFunction(callback, 'callback');
  const part = getPart(buffer, offset, size);
  if (part.length === 0) {
    callback(null, buffer);
    return;
  }
  binding.fill(part, bindJob((error) => {
    if (error !== null) callback(error);
    else callback(null, buffer);
  }, 'RANDOMBYTESREQUEST'));
}

// The Web's form: whole typed arrays of integers, up to 64 KB.
function getRandomValues(array) {
  if (!isTypedArray(array) || isFloat32Array(array) || isFloat64Array(array)) {
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > 65536) {
    throw new DOMException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  }
  return randomFillSync(array);
}

// ---- Numbers --------------------------------------------------------------------------------

const kRandMax = 2 ** 48 - 1;

// Asking OpenSSL costs more than what it is asked for: numbers and UUIDs come out of larger pieces.
const numbers = { bytes: Buffer.allocUnsafeSlow(6 * 1024), offset: 6 * 1024 };

// A number of [0, range), undefined where there is nothing left to draw from. Numbers beyond the last whole multiple
// of the range are drawn again.
function drawNumber(range) {
  const limit = kRandMax - (kRandMax % range);
  while (numbers.offset < numbers.bytes.length) {
    const x = numbers.bytes.readUIntBE(numbers.offset, 6);
    numbers.offset += 6;
    if (x < limit) return x % range;
  }
  return undefined;
}

function drawLater(range, deliver) {
  const x = drawNumber(range);
  if (x !== undefined) return deliver(null, x);
  // Of its own: another draw may be under way.
  const bytes = Buffer.allocUnsafeSlow(numbers.bytes.length);
  binding.fill(bytes, (error) => {
    if (error !== null) return deliver(error);
    numbers.bytes = bytes;
    numbers.offset = 0;
    drawLater(range, deliver);
  });
}

function randomInt(min, max, callback) {
  const isMaxOnly = max === undefined || typeof max === 'function';
  if (isMaxOnly) [callback, max, min] = [max, min, 0];
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (range > kRandMax) throw new ERR_OUT_OF_RANGE(isMaxOnly ? 'max' : 'max - min', `<= ${kRandMax}`, range);
  if (callback === undefined) {
    let x;
    while ((x = drawNumber(range)) === undefined) {
      binding.fill(numbers.bytes);
      numbers.offset = 0;
    }
    return x + min;
  }
  const deliver = bindJob(callback, 'RANDOMBYTESREQUEST');
  drawLater(range, (error, x) => {
    if (error !== null) deliver(error);
    else process.nextTick(deliver, undefined, x + min);
  });
}

// ---- UUIDs ----------------------------------------------------------------------------------

const kUuids = 128;
let uuidBytes;
let nextUuid = kUuids;
let hexBytes;

function hexOf(bytes, from, to) {
  let text = '';
  for (let i = from; i < to; i++) text += hexBytes[bytes[i]];
  return text;
}

// RFC 9562, version 4.
function formatUuid(bytes, at) {
  hexBytes ??= Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
  const version = hexBytes[(bytes[at + 6] & 0x0f) | 0x40] + hexBytes[bytes[at + 7]];
  const variant = hexBytes[(bytes[at + 8] & 0x3f) | 0x80] + hexBytes[bytes[at + 9]];
  return `${hexOf(bytes, at, at + 4)}-${hexOf(bytes, at + 4, at + 6)}-${version}-${variant}-${hexOf(bytes, at + 10, at + 16)}`;
}

function randomUUID(options) {
  if (options !== undefined) validateObject(options, 'options');
  const { disableEntropyCache = false } = options ?? {};
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  if (disableEntropyCache) return formatUuid(randomFillSync(new Uint8Array(16)), 0);
  if (nextUuid === kUuids) {
    uuidBytes ??= new Uint8Array(kUuids * 16);
    binding.fill(uuidBytes);
    nextUuid = 0;
  }
  return formatUuid(uuidBytes, nextUuid++ * 16);
}

// ---- Primes ---------------------------------------------------------------------------------

// The highest byte first.
function bigIntBytes(value, name) {
  if (value < 0n) throw new ERR_OUT_OF_RANGE(name, '>= 0', value);
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length & 1), '0'), 'hex');
}

function toBigInt(arrayBuffer) {
  return BigInt(`0x${Buffer.from(arrayBuffer).toString('hex')}`);
}

function numberBytes(value, name) {
  if (typeof value === 'bigint') return bigIntBytes(value, name);
  if (isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return value;
  throw new ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], value);
}

function checkPrimeOptions(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  return {
    args: [
      size, safe, add === undefined ? undefined : numberBytes(add, 'options.add'),
      rem === undefined ? undefined : numberBytes(rem, 'options.rem'),
    ],
    convert: bigint ? toBigInt : (prime) => prime,
  };
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') [callback, options] = [options, {}];
  validateInt32(size, 'size', 1);
  validateFunction(callback, 'callback');
  const { args, convert } = checkPrimeOptions(size, options);
  binding.generatePrime(...args, bindJob((error, prime) => {
    if (error !== null) callback(error);
    else callback(undefined, convert(prime));
  }, 'RANDOMPRIMEREQUEST'));
}

function generatePrimeSync(size, options = {}) {
  const { args, convert } = checkPrimeOptions(size, options);
  return convert(binding.generatePrime(...args));
}

function checkCandidate(candidate, options) {
  const bytes = numberBytes(candidate, 'candidate');
  validateObject(options, 'options');
  const { checks = 0 } = options;
  // OpenSSL counts them in an int.
  validateInt32(checks, 'options.checks', 0);
  return [bytes, checks];
}

function checkPrime(candidate, options = {}, callback = undefined) {
  if (typeof options === 'function') [callback, options] = [options, {}];
  const bytes = numberBytes(candidate, 'candidate');
  validateFunction(callback, 'callback');
  const [, checks] = checkCandidate(bytes, options);
  binding.checkPrime(bytes, checks, bindJob((error, isPrime) => {
    if (error !== null) callback(error);
    else callback(undefined, isPrime);
  }, 'CHECKPRIMEREQUEST'));
}

function checkPrimeSync(candidate, options = {}) {
  return binding.checkPrime(...checkCandidate(candidate, options));
}

module.exports = {
  checkPrime,
  checkPrimeSync,
  generatePrime,
  generatePrimeSync,
  getRandomValues,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
};
