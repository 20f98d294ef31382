// buffer: Buffer, bytes outside V8's heap.
'use strict';

const binding = internalBinding('buffer');
const {
  codes: {
    ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_BUFFER_SIZE,
    ERR_INVALID_STATE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE, ERR_UNKNOWN_ENCODING,
  },
  hideStackFrames,
} = require('internal/errors');
const { validateArray, validateBuffer, validateInteger, validateNumber, validateString } =
  require('internal/validators');
const { customInspectSymbol, defineLazyProperties } = require('internal/util');
const {
  FastBuffer, allocate, createUnsafeBuffer, encodings, fromString, getEncoding, isAnyArrayBuffer,
  isTypedArray, isUint8Array, pool,
} = require('internal/buffer');

const { kMaxLength, kStringMaxLength } = binding;
const typedArrayFill = Uint8Array.prototype.fill;
const typedArraySet = Uint8Array.prototype.set;

let inspectMaxBytes = 50;

// ---- Making buffers --------------------------------------------------------------------------

const kDeprecation = 'Buffer() is deprecated due to security and usability issues. Please use the ' +
  'Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.';
let deprecationChecks = 0;

// Warns once, but not for what packages do: their users can change nothing there.
function warnOfConstructor() {
  if (deprecationChecks > 100 || process.noDeprecation) return;
  deprecationChecks++;
  const caller = new Error().stack.split('\n').slice(3).find((line) => !line.includes('(node:'));
  if (caller === undefined || /[/\\]node_modules[/\\]/.test(caller)) return;
  deprecationChecks = Infinity;
  process.emitWarning(kDeprecation, 'DeprecationWarning', 'DEP0005', Buffer);
}

// With or without `new`: Buffer(size), or the forms of Buffer.from().
function Buffer(arg, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer.prototype, 'constructor', {
  value: Buffer, writable: true, enumerable: false, configurable: true,
});
Object.setPrototypeOf(Buffer, Uint8Array);
// map(), filter() and the like make Buffers too, without the warning.
Object.defineProperty(Buffer, Symbol.species, {
  configurable: true, enumerable: false, get() { return FastBuffer; },
});
// As the documentation says, the size of the pool may be set.
Object.defineProperty(Buffer, 'poolSize', {
  configurable: true, enumerable: true, get() { return pool.size; },
  set(size) {
    validateNumber(size, 'Buffer.poolSize', 0, kMaxLength);
    pool.size = Math.trunc(size);
  },
});
binding.setBufferPrototype(FastBuffer.prototype);

const validateSize = hideStackFrames(function validateSize(size) {
  if (typeof size !== 'number') throw new ERR_INVALID_ARG_TYPE('size', 'number', size);
  if (!(size >= 0 && size <= kMaxLength)) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('size', size);
  }
});

// Names of 2010 that are no encodings for isEncoding().
const oldEncodings = { __proto__: null, raw: encodings.latin1, raws: encodings.latin1 };

function encodingOrUtf8(name) {
  if (typeof name !== 'string' || name.length === 0) return encodings.utf8;
  const encoding = getEncoding(name) ?? oldEncodings[name];
  if (encoding === undefined) throw new ERR_UNKNOWN_ENCODING(name);
  return encoding;
}

function fromArrayBuffer(memory, byteOffset, length) {
  // undefined and NaN mean the start.
  byteOffset = byteOffset === undefined ? 0 : +byteOffset || 0;
  const room = memory.byteLength - byteOffset;
  if (room < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) {
    length = room;
  } else {
    length = +length;
    if (length > 0) {
      if (length > room) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
    } else {
      length = 0;
    }
  }
  return new FastBuffer(memory, byteOffset, length);
}

function fromArrayLike(list) {
  if (!(list.length > 0)) return new FastBuffer();
  const result = allocate(list.length);
  if (ArrayBuffer.isView(list)) {
    Reflect.apply(typedArraySet, result, [list, 0]);
  } else {
    for (let i = 0; i < result.length; i++) result[i] = list[i];
  }
  return result;
}

// undefined when nothing can be made of it.
function fromObject(object) {
  if (object.length !== undefined || isAnyArrayBuffer(object.buffer)) {
    return typeof object.length === 'number' ? fromArrayLike(object) : new FastBuffer();
  }
  if (object.type === 'Buffer' && Array.isArray(object.data)) return fromArrayLike(object.data);
  return undefined;
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') {
    return fromString(value, encodingOrUtf8(encodingOrOffset));
  }
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf && value.valueOf();
    if (primitive != null && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made !== undefined) return made;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return fromString(text, encodingOrUtf8(encodingOrOffset));
    }
  }
  throw new ERR_INVALID_ARG_TYPE(
    'first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

// A filled or zeroed buffer of its own memory.
Buffer.alloc = function alloc(size, fill, encoding) {
  validateSize(size);
  if (fill !== undefined && fill !== 0 && size > 0) {
    return fillBuffer(createUnsafeBuffer(size), fill, 0, undefined, encoding);
  }
  return new FastBuffer(size);
};

Buffer.allocUnsafe = function allocUnsafe(size) {
  validateSize(size);
  return allocate(size);
};

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  validateSize(size);
  return createUnsafeBuffer(size);
};

Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) {
      if (list[i].length) length += list[i].length;
    }
  } else {
    validateInteger(length, 'length', 0, kMaxLength);
  }
  const result = allocate(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const piece = list[i];
    if (!isUint8Array(piece)) throw new ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], piece);
    if (piece.length <= length - at) {
      Reflect.apply(typedArraySet, result, [piece, at]);
      at += piece.length;
    } else {
      at += copyBytes(piece, result, at, 0, piece.length);
    }
  }
  if (at < length) Reflect.apply(typedArrayFill, result, [0, at, length]);
  return result;
};

Buffer.of = function of(...bytes) {
  const result = allocate(bytes.length);
  for (let i = 0; i < bytes.length; i++) result[i] = bytes[i];
  return result;
};

// The bytes of `length` elements of a typed array from element `offset` on, copied.
Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!isTypedArray(view)) throw new ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  if (view.length === 0) return Buffer.alloc(0);
  if (offset !== undefined) {
    validateInteger(offset, 'offset', 0);
    if (offset >= view.length) return Buffer.alloc(0);
  } else {
    offset = 0;
  }
  if (length === undefined) {
    length = view.length - offset;
  } else {
    validateInteger(length, 'length', 0);
  }
  const elements = view.slice(offset, offset + length);
  return fromArrayLike(new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength));
};

// ---- Questions -------------------------------------------------------------------------------

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof FastBuffer;
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && getEncoding(encoding) !== undefined;
};

function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  const known = encoding ? getEncoding(encoding) : undefined;
  return (known ?? encodings.utf8).byteLength(string);
}
Buffer.byteLength = byteLength;

Buffer.compare = function compare(buf1, buf2) {
  if (!isUint8Array(buf1)) throw new ERR_INVALID_ARG_TYPE('buf1', ['Buffer', 'Uint8Array'], buf1);
  if (!isUint8Array(buf2)) throw new ERR_INVALID_ARG_TYPE('buf2', ['Buffer', 'Uint8Array'], buf2);
  return buf1 === buf2 ? 0 : binding.compare(buf1, buf2);
};

function validateBytes(input) {
  if (!ArrayBuffer.isView(input) && !isAnyArrayBuffer(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
  const memory = input.buffer ?? input;
  if (input.byteLength === 0 && isDetached(memory)) throw new ERR_INVALID_STATE('Cannot validate on a detached buffer');
}

// Memory that was transferred away can no longer be looked at.
function isDetached(memory) {
  try {
    new Uint8Array(memory);
    return false;
  } catch {
    return true;
  }
}

function isUtf8(input) {
  validateBytes(input);
  return binding.isUtf8(input);
}

function isAscii(input) {
  validateBytes(input);
  return binding.isAscii(input);
}

// ---- Copying and comparing -------------------------------------------------------------------

function toInteger(value, fallback) {
  value = +value;
  return Number.isNaN(value) ? fallback : Math.trunc(value);
}

// Copies what fits; the ranges have been checked. Returns the bytes copied.
function copyBytes(source, target, targetStart, sourceStart, sourceEnd) {
  let count = sourceEnd - sourceStart;
  if (count > source.length - sourceStart) count = source.length - sourceStart;
  if (count > target.length - targetStart) count = target.length - targetStart;
  if (count <= 0) return 0;
  return binding.copy(source, target, targetStart, sourceStart, count);
}

function copy(target, targetStart, sourceStart, sourceEnd) {
  if (!isUint8Array(this)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], this);
  if (!isUint8Array(target)) throw new ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  targetStart = targetStart === undefined ? 0 : toInteger(targetStart, 0);
  if (targetStart < 0) throw new ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  sourceStart = sourceStart === undefined ? 0 : toInteger(sourceStart, 0);
  if (sourceStart < 0 || sourceStart > this.length) {
    throw new ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${this.length}`, sourceStart);
  }
  sourceEnd = sourceEnd === undefined ? this.length : toInteger(sourceEnd, 0);
  if (sourceEnd < 0) throw new ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  if (targetStart >= target.length || sourceStart >= sourceEnd) return 0;
  return copyBytes(this, target, targetStart, sourceStart, sourceEnd);
}

function equals(other) {
  if (!isUint8Array(other)) throw new ERR_INVALID_ARG_TYPE('otherBuffer', ['Buffer', 'Uint8Array'], other);
  if (this === other) return true;
  if (this.byteLength !== other.byteLength) return false;
  return this.byteLength === 0 || binding.compare(this, other) === 0;
}

function rangeOrDefault(value, name, fallback, max) {
  if (value === undefined) return fallback;
  validateInteger(value, name, 0, max);
  return value;
}

function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (!isUint8Array(target)) throw new ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  if (arguments.length === 1) return binding.compare(this, target);
  targetStart = rangeOrDefault(targetStart, 'targetStart', 0, kMaxLength);
  targetEnd = rangeOrDefault(targetEnd, 'targetEnd', target.length, target.length);
  sourceStart = rangeOrDefault(sourceStart, 'sourceStart', 0, kMaxLength);
  sourceEnd = rangeOrDefault(sourceEnd, 'sourceEnd', this.length, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return binding.compare(
    new FastBuffer(this.buffer, this.byteOffset + sourceStart, sourceEnd - sourceStart),
    new FastBuffer(target.buffer, target.byteOffset + targetStart, targetEnd - targetStart));
}

// ---- Searching -------------------------------------------------------------------------------

// Where a search begins; -1 when it cannot find anything. An empty needle is found at once there.
function searchStart(length, offset, needleLength, forwards) {
  if (offset < 0) {
    if (offset + length >= 0) return length + offset;
    return forwards || needleLength === 0 ? 0 : -1;
  }
  if (offset + needleLength <= length) return offset;
  if (needleLength === 0) return length;
  return forwards ? -1 : length - 1;
}

function searchBytes(buffer, needle, offset, step, forwards) {
  const start = searchStart(buffer.length, Math.trunc(offset), needle.length, forwards);
  if (needle.length === 0) return start;
  if (start < 0 || needle.length > buffer.length) return -1;
  if (step === 2 && (buffer.length < 2 || needle.length < 2)) return -1;
  return binding.find(buffer, needle, step === 2 ? start - start % 2 : start, !forwards, step);
}

function search(buffer, value, byteOffset, encoding, forwards) {
  validateBuffer(buffer);
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  } else if (byteOffset > 0x7FFFFFFF) {
    byteOffset = 0x7FFFFFFF;
  } else if (byteOffset < -0x80000000) {
    byteOffset = -0x80000000;
  }
  byteOffset = +byteOffset;
  if (Number.isNaN(byteOffset)) byteOffset = forwards ? 0 : buffer.length;
  if (typeof value === 'number') {
    const start = searchStart(buffer.length, Math.trunc(byteOffset), 1, forwards);
    if (start < 0 || buffer.length === 0) return -1;
    return binding.find(buffer, value & 0xFF, start, !forwards, 1);
  }
  const kind = encoding === undefined ? encodings.utf8 : getEncoding(encoding);
  const step = kind === encodings.utf16le ? 2 : 1;
  if (typeof value === 'string') {
    if (kind === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
    return searchBytes(buffer, fromString(value, kind), byteOffset, step, forwards);
  }
  if (isUint8Array(value)) return searchBytes(buffer, value, byteOffset, step, forwards);
  throw new ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
}

// ---- Filling ---------------------------------------------------------------------------------

function fillBuffer(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset ?? encoding;
      offset = 0;
      end = buffer.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buffer.length;
    }
    if (encoding !== undefined) validateString(encoding, 'encoding');
    const kind = encodingOrUtf8(encoding);
    if (value.length === 0) {
      value = 0;
    } else if (value.length === 1 &&
               (kind === encodings.latin1 || (kind === encodings.utf8 && value.charCodeAt(0) < 0x80))) {
      value = value.charCodeAt(0);
    } else {
      const pattern = fromString(value, kind);
      if (pattern.length === 0) throw new ERR_INVALID_ARG_VALUE('value', value);
      value = pattern;
    }
  } else if (!ArrayBuffer.isView(value)) {
    value = value & 0xFF;
  } else if (value.byteLength === 0) {
    throw new ERR_INVALID_ARG_VALUE('value', value);
  }
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateInteger(offset, 'offset', 0, kMaxLength);
    if (end === undefined) {
      end = buffer.length;
    } else {
      validateInteger(end, 'end', 0, buffer.length);
    }
  }
  if (offset >= end) return buffer;
  if (typeof value === 'number') {
    Reflect.apply(typedArrayFill, buffer, [value, offset, end]);
  } else {
    binding.fill(buffer, value, offset, end);
  }
  return buffer;
}

// ---- Strings ---------------------------------------------------------------------------------

function toString(encoding, start, end) {
  if (arguments.length === 0) return this.utf8Slice(0, this.length);
  const length = this.length;
  if (start === undefined || start <= 0) {
    start = 0;
  } else if (start >= length) {
    return '';
  } else {
    start = Math.trunc(start) || 0;
  }
  if (end === undefined || end > length) {
    end = length;
  } else {
    end = Math.trunc(end) || 0;
  }
  if (end <= start) return '';
  if (encoding === undefined) return this.utf8Slice(start, end);
  const known = getEncoding(encoding);
  if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  return known.slice(this, start, end);
}

const kNumeric = /^\s*\d+\s*$/;

// write(string[, offset[, length]][, encoding]), and 0.3.1's write(string, encoding, offset).
function write(string, offset, length, encoding) {
  if (offset === undefined) return this.utf8Write(string, 0, this.length);
  if (typeof offset === 'string') {
    if (kNumeric.test(offset)) {
      offset = +offset;
    } else if (length === undefined) {
      encoding = offset;
      offset = 0;
    } else {
      [encoding, offset, length] = [offset, +length, encoding];
    }
  }
  // What is empty fits everywhere, also behind the end.
  if (string === '' && offset > this.length && Number.isInteger(offset)) return 0;
  validateInteger(offset, 'offset', 0, this.length);
  const room = this.length - offset;
  if (length === undefined) {
    length = room;
  } else if (typeof length === 'string') {
    if (encoding === undefined || !kNumeric.test(length)) {
      encoding = length;
      length = room;
    } else {
      length = Math.min(+length, room);
    }
  } else {
    validateInteger(length, 'length', 0, this.length);
    if (length > room) length = room;
  }
  if (!encoding || encoding === 'utf8') return this.utf8Write(string, offset, length);
  const known = getEncoding(encoding);
  if (known === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  return known.write(this, string, offset, length);
}

// ---- Views -----------------------------------------------------------------------------------

function clampIndex(index, length) {
  index = Math.trunc(+index);
  if (index === 0 || Number.isNaN(index)) return 0;
  if (index < 0) return Math.max(0, index + length);
  return index < length ? index : length;
}

function subarray(start, end) {
  const length = this.length;
  start = clampIndex(start, length);
  end = end === undefined ? length : clampIndex(end, length);
  return new FastBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
}

function slice(start, end) {
  return this.subarray(start, end);
}

// ---- Swapping --------------------------------------------------------------------------------

function swapWith(buffer, bytes) {
  if (buffer.length % bytes !== 0) throw new ERR_INVALID_BUFFER_SIZE(`${bytes * 8}-bits`);
  binding.swap(buffer, bytes);
  return buffer;
}

// ---- Showing ---------------------------------------------------------------------------------

function inspectBuffer(recurseTimes, ctx) {
  const shown = Math.min(inspectMaxBytes, this.length);
  const hidden = this.length - shown;
  let text = this.hexSlice(0, shown).replace(/..(?!$)/g, '$& ');
  if (hidden > 0) text += ` ... ${hidden} more byte${hidden > 1 ? 's' : ''}`;
  if (ctx) {
    const keys = binding.ownNonIndexKeys(this, !ctx.showHidden);
    if (keys.length > 0) {
      const { inspect } = require('util');
      const extras = { __proto__: null };
      for (const key of keys) extras[key] = this[key];
      const shownExtras = inspect(extras, { ...ctx, breakLength: Infinity, compact: true });
      if (this.length !== 0) text += ', ';
      text += shownExtras.slice('[Object: null prototype] { '.length, -2);
    }
  }
  const name = this.constructor?.name ?? 'Buffer';
  return `<${name}${text === '' ? ' ' : ` ${text}`}>`;
}

function toJSON() {
  return { type: 'Buffer', data: Array.prototype.slice.call(this) };
}

Object.assign(Buffer.prototype, {
  compare,
  copy,
  equals,
  fill(value, offset, end, encoding) {
    return fillBuffer(this, value, offset, end, encoding);
  },
  includes(value, byteOffset, encoding) {
    return this.indexOf(value, byteOffset, encoding) !== -1;
  },
  indexOf(value, byteOffset, encoding) {
    return search(this, value, byteOffset, encoding, true);
  },
  inspect: inspectBuffer,
  lastIndexOf(value, byteOffset, encoding) {
    return search(this, value, byteOffset, encoding, false);
  },
  slice,
  subarray,
  swap16() {
    return swapWith(this, 2);
  },
  swap32() {
    return swapWith(this, 4);
  },
  swap64() {
    return swapWith(this, 8);
  },
  toJSON,
  toLocaleString: toString,
  toString,
  write,
  [customInspectSymbol]: inspectBuffer,
});

// ---- atob, btoa, transcode -------------------------------------------------------------------

function throwDomException(message, name) {
  const DOMException = require('internal/dom_exception').DOMException;
  throw new DOMException(message, name);
}

function atob(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const result = binding.atob(`${input}`);
  if (result === 1) throwDomException('Invalid character', 'InvalidCharacterError');
  if (result === 2) {
    throwDomException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  return result;
}

function btoa(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const result = binding.btoa(`${input}`);
  if (result === undefined) throwDomException('Invalid character', 'InvalidCharacterError');
  return result;
}

function throwTranscodeError() {
  const error = new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
  error.code = 'U_ILLEGAL_ARGUMENT_ERROR';
  error.errno = 1;
  throw error;
}

// Characters that the target encoding lacks become '?'.
function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return Buffer.alloc(0);
  const names = ['utf8', 'utf16le', 'latin1', 'ascii'];
  const from = typeof fromEncoding === 'string' ? getEncoding(fromEncoding) : encodings.utf8;
  const to = typeof toEncoding === 'string' ? getEncoding(toEncoding) : encodings.utf8;
  if (!names.includes(from?.name) || !names.includes(to?.name)) throwTranscodeError();
  let text = from.slice(new FastBuffer(source.buffer, source.byteOffset, source.length), 0, source.length);
  if (to === encodings.latin1) text = text.replace(/[^\0-\xFF]/gu, '?');
  if (to === encodings.ascii) text = text.replace(/[^\0-\x7F]/gu, '?');
  return fromString(text, to);
}

// ---- Old names -------------------------------------------------------------------------------

function SlowBuffer(length) {
  validateSize(length);
  return createUnsafeBuffer(length);
}
SlowBuffer.prototype = Object.create(Buffer.prototype, {
  constructor: { value: SlowBuffer, writable: true, enumerable: false, configurable: true },
});
Object.setPrototypeOf(SlowBuffer, Buffer);

Object.defineProperties(Buffer.prototype, {
  parent: {
    enumerable: true,
    get() { return this instanceof Buffer ? this.buffer : undefined; },
  },
  offset: {
    enumerable: true,
    get() { return this instanceof Buffer ? this.byteOffset : undefined; },
  },
});
Object.defineProperties(Buffer.prototype, {
  binarySlice: { value: Buffer.prototype.latin1Slice, writable: true, configurable: true },
  binaryWrite: { value: Buffer.prototype.latin1Write, writable: true, configurable: true },
});

module.exports = {
  Buffer,
  SlowBuffer,
  atob,
  btoa,
  constants: Object.defineProperties({}, {
    MAX_LENGTH: { value: kMaxLength, enumerable: true },
    MAX_STRING_LENGTH: { value: kStringMaxLength, enumerable: true },
  }),
  isAscii,
  isUtf8,
  kMaxLength,
  kStringMaxLength,
  transcode,
};
Object.defineProperty(module.exports, 'INSPECT_MAX_BYTES', {
  configurable: true,
  enumerable: true,
  get() { return inspectMaxBytes; },
  set(bytes) {
    validateNumber(bytes, 'INSPECT_MAX_BYTES', 0);
    inspectMaxBytes = bytes;
  },
});
defineLazyProperties(module.exports, 'internal/blob', ['Blob', 'File', 'resolveObjectURL']);
