// What Buffer is made of: its class, the pool of small ones, the encodings, the methods that read and
// write numbers. The public face is buffer.js.
'use strict';

const binding = internalBinding('buffer');
const {
  codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { createUninitialized, byteLengthUtf8, base64Length } = binding;

class FastBuffer extends Uint8Array {
  // Without it V8 would go through a rest parameter.
  // eslint-disable-next-line no-useless-constructor
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

// ---- Kinds of values -------------------------------------------------------------------------

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const arrayBufferLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get;

// Of this or any other context.
function isUint8Array(value) {
  return value instanceof FastBuffer || Reflect.apply(typedArrayTag, value, []) === 'Uint8Array';
}

function isTypedArray(value) {
  return ArrayBuffer.isView(value) && Reflect.apply(typedArrayTag, value, []) !== undefined;
}

// Whether `value` is an ArrayBuffer or a SharedArrayBuffer, of whatever context.
function isAnyArrayBuffer(value) {
  if (value === null || typeof value !== 'object') return false;
  const tag = value[Symbol.toStringTag];
  try {
    if (tag === 'ArrayBuffer') {
      Reflect.apply(arrayBufferLength, value, []);
      return true;
    }
    if (tag === 'SharedArrayBuffer') {
      const proto = globalThis.SharedArrayBuffer.prototype;
      Reflect.apply(Object.getOwnPropertyDescriptor(proto, 'byteLength').get, value, []);
      return true;
    }
  } catch {
    // It only says that it is one.
  }
  return false;
}

// ---- Memory ----------------------------------------------------------------------------------

// Small buffers are pieces of one ArrayBuffer. Made when first wanted: the start-up snapshot holds none.
const pool = { size: 8 * 1024 };
let poolBytes;
let poolMemory;
let poolOffset = 0;
let poolEnd = 0;

function renewPool() {
  const size = pool.size;
  poolMemory = createUninitialized(size);
  poolBytes = new FastBuffer(poolMemory);
  poolOffset = 0;
  poolEnd = poolMemory.byteLength;
}

// Whether `memory` is the pool, which must never be transferred away.
function isPool(memory) {
  return memory !== undefined && memory === poolMemory;
}

// V8 keeps up to 64 bytes inside the object itself, which is faster than any other memory.
function createUnsafeBuffer(size) {
  return size <= 64 ? new FastBuffer(size) : new FastBuffer(createUninitialized(size));
}

// The next piece starts on 8 bytes, so that typed arrays of every kind fit over it.
function takeFromPool(size) {
  const start = poolOffset;
  poolOffset = (start + size + 7) & ~7;
  return new FastBuffer(poolMemory, start, size);
}

// `size` bytes that hold anything; from the pool when that is less than half of it.
function allocate(size) {
  if (size <= 0) return new FastBuffer();
  if (size < pool.size >>> 1) {
    if (size > poolEnd - poolOffset) renewPool();
    return takeFromPool(size);
  }
  return createUnsafeBuffer(size);
}

// ---- Encodings -------------------------------------------------------------------------------

const native = {
  asciiSlice: binding.asciiSlice,
  base64Slice: binding.base64Slice,
  base64urlSlice: binding.base64urlSlice,
  latin1Slice: binding.latin1Slice,
  hexSlice: binding.hexSlice,
  ucs2Slice: binding.ucs2Slice,
  utf8Slice: binding.utf8Slice,
  asciiWrite: binding.latin1Write,
  base64Write: binding.base64Write,
  base64urlWrite: binding.base64Write,
  latin1Write: binding.latin1Write,
  hexWrite: binding.hexWrite,
  ucs2Write: binding.ucs2Write,
  utf8Write: binding.utf8Write,
};
Object.assign(FastBuffer.prototype, native);
for (const name of Object.keys(native)) {
  Object.defineProperty(FastBuffer.prototype, name, { enumerable: true });
}

const encodings = {
  utf8: {
    name: 'utf8',
    byteLength: byteLengthUtf8,
    write: (buf, string, offset, length) => buf.utf8Write(string, offset, length),
    slice: (buf, start, end) => buf.utf8Slice(start, end),
  },
  utf16le: {
    name: 'utf16le',
    byteLength: (string) => string.length * 2,
    write: (buf, string, offset, length) => buf.ucs2Write(string, offset, length),
    slice: (buf, start, end) => buf.ucs2Slice(start, end),
  },
  latin1: {
    name: 'latin1',
    byteLength: (string) => string.length,
    write: (buf, string, offset, length) => buf.latin1Write(string, offset, length),
    slice: (buf, start, end) => buf.latin1Slice(start, end),
  },
  ascii: {
    name: 'ascii',
    byteLength: (string) => string.length,
    write: (buf, string, offset, length) => buf.asciiWrite(string, offset, length),
    slice: (buf, start, end) => buf.asciiSlice(start, end),
  },
  base64: {
    name: 'base64',
    byteLength: base64Length,
    write: (buf, string, offset, length) => buf.base64Write(string, offset, length),
    slice: (buf, start, end) => buf.base64Slice(start, end),
  },
  base64url: {
    name: 'base64url',
    byteLength: base64Length,
    write: (buf, string, offset, length) => buf.base64urlWrite(string, offset, length),
    slice: (buf, start, end) => buf.base64urlSlice(start, end),
  },
  hex: {
    name: 'hex',
    byteLength: (string) => string.length >>> 1,
    write: (buf, string, offset, length) => buf.hexWrite(string, offset, length),
    slice: (buf, start, end) => buf.hexSlice(start, end),
  },
};

function encodingOfLowerCase(name) {
  switch (name) {
    case 'utf8':
    case 'utf-8': return encodings.utf8;
    case 'latin1':
    case 'binary': return encodings.latin1;
    case 'base64': return encodings.base64;
    case 'hex': return encodings.hex;
    case 'ascii': return encodings.ascii;
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le': return encodings.utf16le;
    case 'base64url': return encodings.base64url;
    default: return undefined;
  }
}

// The encoding of that name, in upper or lower case; undefined when there is none.
function getEncoding(name) {
  return encodingOfLowerCase(name) ?? encodingOfLowerCase(`${name}`.toLowerCase());
}

// Up to here a loop in JavaScript is faster than a call into C++.
const kShortString = 12;

function fromUtf8(string) {
  const length = string.length;
  if (length === 0) return new FastBuffer();
  // No UTF-16 unit becomes more than 3 bytes.
  const room = length * 3;
  if (room >= pool.size >>> 1) {
    const size = byteLengthUtf8(string);
    const result = allocate(size);
    result.utf8Write(string, 0, size);
    return result;
  }
  if (room > poolEnd - poolOffset) renewPool();
  const start = poolOffset;
  const bytes = poolBytes;
  if (length <= kShortString) {
    let i = 0;
    for (; i < length; i++) {
      const unit = string.charCodeAt(i);
      if (unit >= 0x80) break;
      bytes[start + i] = unit;
    }
    if (i === length) return takeFromPool(length);
  }
  return takeFromPool(bytes.utf8Write(string, start, room));
}

function fromString(string, encoding) {
  if (encoding === encodings.utf8) return fromUtf8(string);
  const size = encoding.byteLength(string);
  const result = allocate(size);
  const written = size === 0 ? 0 : encoding.write(result, string, 0, size);
  return written === size ? result : new FastBuffer(result.buffer, result.byteOffset, written);
}

// ---- Numbers: errors -------------------------------------------------------------------------

function throwBadOffset(value, last, name = 'offset', first = 0) {
  if (typeof value !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', value);
  if (Math.floor(value) !== value) throw new ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (last < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  throw new ERR_OUT_OF_RANGE(name, `>= ${first} and <= ${last}`, value);
}

function checkOffset(buf, offset, size) {
  if (typeof offset !== 'number' || buf[offset] === undefined || buf[offset + size - 1] === undefined) {
    throwBadOffset(offset, buf.length - size);
  }
}

function throwBadValue(value, min, max, size) {
  const n = typeof min === 'bigint' ? 'n' : '';
  let range = `>= ${min}${n} and <= ${max}${n}`;
  if (size > 4) {
    range = min === 0 || min === 0n ?
      `>= 0${n} and < 2${n} ** ${size * 8}${n}` :
      `>= -(2${n} ** ${size * 8 - 1}${n}) and < 2${n} ** ${size * 8 - 1}${n}`;
  }
  throw new ERR_OUT_OF_RANGE('value', range, value);
}

function checkWrite(buf, value, min, max, offset, size) {
  if (value > max || value < min) throwBadValue(value, min, max, size);
  checkOffset(buf, offset, size);
}

function checkByteLength(byteLength) {
  if (byteLength === 1 || byteLength === 2 || byteLength === 3 || byteLength === 4 || byteLength === 5 ||
      byteLength === 6) {
    return;
  }
  throwBadOffset(byteLength, 6, 'byteLength', 1);
}

// ---- Numbers: reading ------------------------------------------------------------------------

function readUInt8(offset = 0) {
  const value = this[offset];
  if (typeof offset !== 'number' || value === undefined) throwBadOffset(offset, this.length - 1);
  return value;
}

function readInt8(offset = 0) {
  const value = this[offset];
  if (typeof offset !== 'number' || value === undefined) throwBadOffset(offset, this.length - 1);
  return value << 24 >> 24;
}

function readUInt16LE(offset = 0) {
  checkOffset(this, offset, 2);
  return this[offset] | this[offset + 1] << 8;
}

function readUInt16BE(offset = 0) {
  checkOffset(this, offset, 2);
  return this[offset] << 8 | this[offset + 1];
}

function readInt16LE(offset = 0) {
  checkOffset(this, offset, 2);
  return (this[offset] | this[offset + 1] << 8) << 16 >> 16;
}

function readInt16BE(offset = 0) {
  checkOffset(this, offset, 2);
  return (this[offset] << 8 | this[offset + 1]) << 16 >> 16;
}

function readInt32LE(offset = 0) {
  checkOffset(this, offset, 4);
  return this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24;
}

function readInt32BE(offset = 0) {
  checkOffset(this, offset, 4);
  return this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3];
}

function readUInt32LE(offset = 0) {
  checkOffset(this, offset, 4);
  return (this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24) >>> 0;
}

function readUInt32BE(offset = 0) {
  checkOffset(this, offset, 4);
  return (this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3]) >>> 0;
}

// Numbers of 1 to 6 bytes; more would not fit into a double.
function readLE(buf, offset, byteLength) {
  if (offset === undefined) throw new ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  checkByteLength(byteLength);
  checkOffset(buf, offset, byteLength);
  let value = 0;
  for (let i = byteLength - 1; i >= 0; i--) value = value * 256 + buf[offset + i];
  return value;
}

function readBE(buf, offset, byteLength) {
  if (offset === undefined) throw new ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  checkByteLength(byteLength);
  checkOffset(buf, offset, byteLength);
  let value = 0;
  for (let i = 0; i < byteLength; i++) value = value * 256 + buf[offset + i];
  return value;
}

function toSigned(value, byteLength) {
  const limit = 2 ** (8 * byteLength);
  return value >= limit / 2 ? value - limit : value;
}

function readUIntLE(offset, byteLength) {
  return readLE(this, offset, byteLength);
}

function readUIntBE(offset, byteLength) {
  return readBE(this, offset, byteLength);
}

function readIntLE(offset, byteLength) {
  return toSigned(readLE(this, offset, byteLength), byteLength);
}

function readIntBE(offset, byteLength) {
  return toSigned(readBE(this, offset, byteLength), byteLength);
}

function combine(high, low) {
  return (BigInt(high) << 32n) + BigInt(low);
}

function readBigUInt64LE(offset = 0) {
  checkOffset(this, offset, 8);
  return combine(this.readUInt32LE(offset + 4), this.readUInt32LE(offset));
}

function readBigUInt64BE(offset = 0) {
  checkOffset(this, offset, 8);
  return combine(this.readUInt32BE(offset), this.readUInt32BE(offset + 4));
}

function readBigInt64LE(offset = 0) {
  checkOffset(this, offset, 8);
  return combine(this.readInt32LE(offset + 4), this.readUInt32LE(offset));
}

function readBigInt64BE(offset = 0) {
  checkOffset(this, offset, 8);
  return combine(this.readInt32BE(offset), this.readUInt32BE(offset + 4));
}

// ---- Numbers: writing ------------------------------------------------------------------------

function write8(buf, value, offset, min, max) {
  value = +value;
  if (typeof offset !== 'number') throw new ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  checkWrite(buf, value, min, max, offset, 1);
  buf[offset] = value;
  return offset + 1;
}

function write16LE(buf, value, offset, min, max) {
  value = +value;
  checkWrite(buf, value, min, max, offset, 2);
  buf[offset] = value;
  buf[offset + 1] = value >> 8;
  return offset + 2;
}

function write16BE(buf, value, offset, min, max) {
  value = +value;
  checkWrite(buf, value, min, max, offset, 2);
  buf[offset] = value >> 8;
  buf[offset + 1] = value;
  return offset + 2;
}

function write32LE(buf, value, offset, min, max) {
  value = +value;
  checkWrite(buf, value, min, max, offset, 4);
  buf[offset] = value;
  buf[offset + 1] = value >> 8;
  buf[offset + 2] = value >> 16;
  buf[offset + 3] = value >> 24;
  return offset + 4;
}

function write32BE(buf, value, offset, min, max) {
  value = +value;
  checkWrite(buf, value, min, max, offset, 4);
  buf[offset] = value >> 24;
  buf[offset + 1] = value >> 16;
  buf[offset + 2] = value >> 8;
  buf[offset + 3] = value;
  return offset + 4;
}

function writeLE(buf, value, offset, byteLength, signed) {
  value = prepareWrite(buf, value, offset, byteLength, signed);
  for (let i = 0; i < byteLength; i++) {
    buf[offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + byteLength;
}

function writeBE(buf, value, offset, byteLength, signed) {
  value = prepareWrite(buf, value, offset, byteLength, signed);
  for (let i = byteLength - 1; i >= 0; i--) {
    buf[offset + i] = value;
    value = Math.floor(value / 256);
  }
  return offset + byteLength;
}

function prepareWrite(buf, value, offset, byteLength, signed) {
  checkByteLength(byteLength);
  value = +value;
  const limit = 2 ** (8 * byteLength - (signed ? 1 : 0));
  if (byteLength === 1 && typeof offset !== 'number') throw new ERR_INVALID_ARG_TYPE('offset', 'number', offset);
  checkWrite(buf, value, signed ? -limit : 0, limit - 1, offset, byteLength);
  return Math.trunc(value);
}

function writeBig(buf, value, offset, min, max, low, high) {
  checkWrite(buf, value, min, max, offset, 8);
  let lower = Number(value & 0xFFFFFFFFn);
  let upper = Number(value >> 32n & 0xFFFFFFFFn);
  const step = low < high ? 1 : -1;
  for (let i = 0; i < 4; i++) {
    buf[offset + low + i * step] = lower;
    buf[offset + high + i * step] = upper;
    lower >>>= 8;
    upper >>>= 8;
  }
  return offset + 8;
}

const kMinInt64 = -(2n ** 63n);
const kMaxInt64 = 2n ** 63n - 1n;
const kMaxUInt64 = 2n ** 64n - 1n;

const writers = {
  writeUInt8(value, offset = 0) { return write8(this, value, offset, 0, 0xFF); },
  writeInt8(value, offset = 0) { return write8(this, value, offset, -0x80, 0x7F); },
  writeUInt16LE(value, offset = 0) { return write16LE(this, value, offset, 0, 0xFFFF); },
  writeUInt16BE(value, offset = 0) { return write16BE(this, value, offset, 0, 0xFFFF); },
  writeInt16LE(value, offset = 0) { return write16LE(this, value, offset, -0x8000, 0x7FFF); },
  writeInt16BE(value, offset = 0) { return write16BE(this, value, offset, -0x8000, 0x7FFF); },
  writeUInt32LE(value, offset = 0) { return write32LE(this, value, offset, 0, 0xFFFFFFFF); },
  writeUInt32BE(value, offset = 0) { return write32BE(this, value, offset, 0, 0xFFFFFFFF); },
  writeInt32LE(value, offset = 0) { return write32LE(this, value, offset, -0x80000000, 0x7FFFFFFF); },
  writeInt32BE(value, offset = 0) { return write32BE(this, value, offset, -0x80000000, 0x7FFFFFFF); },
  writeUIntLE(value, offset, byteLength) { return writeLE(this, value, offset, byteLength, false); },
  writeUIntBE(value, offset, byteLength) { return writeBE(this, value, offset, byteLength, false); },
  writeIntLE(value, offset, byteLength) { return writeLE(this, value, offset, byteLength, true); },
  writeIntBE(value, offset, byteLength) { return writeBE(this, value, offset, byteLength, true); },
  writeBigUInt64LE(value, offset = 0) { return writeBig(this, value, offset, 0n, kMaxUInt64, 0, 4); },
  writeBigUInt64BE(value, offset = 0) { return writeBig(this, value, offset, 0n, kMaxUInt64, 7, 3); },
  writeBigInt64LE(value, offset = 0) { return writeBig(this, value, offset, kMinInt64, kMaxInt64, 0, 4); },
  writeBigInt64BE(value, offset = 0) { return writeBig(this, value, offset, kMinInt64, kMaxInt64, 7, 3); },
};

// ---- Numbers: floating point -----------------------------------------------------------------

const float32 = new Float32Array(1);
const float32Bytes = new Uint8Array(float32.buffer);
const float64 = new Float64Array(1);
const float64Bytes = new Uint8Array(float64.buffer);
float32[0] = -1;  // 0xBF800000
const hostIsBigEndian = float32Bytes[3] === 0;

// Copies between `buf` and the bytes of a scratch array, reversed where the byte orders differ.
function readFloating(buf, offset, bytes, bigEndian) {
  const size = bytes.length;
  checkOffset(buf, offset, size);
  if (bigEndian === hostIsBigEndian) {
    for (let i = 0; i < size; i++) bytes[i] = buf[offset + i];
  } else {
    for (let i = 0; i < size; i++) bytes[size - 1 - i] = buf[offset + i];
  }
}

function writeFloating(buf, offset, bytes, bigEndian) {
  const size = bytes.length;
  checkOffset(buf, offset, size);
  if (bigEndian === hostIsBigEndian) {
    for (let i = 0; i < size; i++) buf[offset + i] = bytes[i];
  } else {
    for (let i = 0; i < size; i++) buf[offset + i] = bytes[size - 1 - i];
  }
  return offset + size;
}

const floating = {
  readFloatLE(offset = 0) {
    readFloating(this, offset, float32Bytes, false);
    return float32[0];
  },
  readFloatBE(offset = 0) {
    readFloating(this, offset, float32Bytes, true);
    return float32[0];
  },
  readDoubleLE(offset = 0) {
    readFloating(this, offset, float64Bytes, false);
    return float64[0];
  },
  readDoubleBE(offset = 0) {
    readFloating(this, offset, float64Bytes, true);
    return float64[0];
  },
  writeFloatLE(value, offset = 0) {
    float32[0] = +value;
    return writeFloating(this, offset, float32Bytes, false);
  },
  writeFloatBE(value, offset = 0) {
    float32[0] = +value;
    return writeFloating(this, offset, float32Bytes, true);
  },
  writeDoubleLE(value, offset = 0) {
    float64[0] = +value;
    return writeFloating(this, offset, float64Bytes, false);
  },
  writeDoubleBE(value, offset = 0) {
    float64[0] = +value;
    return writeFloating(this, offset, float64Bytes, true);
  },
};

const readers = {
  readUInt8, readInt8, readUInt16LE, readUInt16BE, readInt16LE, readInt16BE, readInt32LE, readInt32BE,
  readUInt32LE, readUInt32BE, readUIntLE, readUIntBE, readIntLE, readIntBE, readBigUInt64LE,
  readBigUInt64BE, readBigInt64LE, readBigInt64BE,
};

Object.assign(FastBuffer.prototype, readers, writers, floating);
// readUint8 and the like are the same functions.
for (const name of [...Object.keys(readers), ...Object.keys(writers)]) {
  if (name.includes('UInt')) FastBuffer.prototype[name.replace('UInt', 'Uint')] = FastBuffer.prototype[name];
}

module.exports = {
  FastBuffer,
  allocate,
  createUnsafeBuffer,
  encodings,
  fromString,
  getEncoding,
  isAnyArrayBuffer,
  isPool,
  isTypedArray,
  isUint8Array,
  pool,
};
