// StringDecoder: bytes to text, piece by piece, without cutting a character in two.
'use strict';

const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer');
const { normalizeEncoding } = require('internal/util');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_UNKNOWN_ENCODING } } = require('internal/errors');

// How many bytes of an unfinished UTF-8 sequence stand at the end of `bytes`: by its first byte alone, since
// whether the others fit shows when it is decoded.
function incompleteUtf8(bytes) {
  const { length } = bytes;
  const furthest = Math.min(3, length);
  for (let back = 1; back <= furthest; back++) {
    const byte = bytes[length - back];
    if ((byte & 0xC0) !== 0x80) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead) {
  if ((lead & 0xE0) === 0xC0) return 2;
  if ((lead & 0xF0) === 0xE0) return 3;
  return (lead & 0xF8) === 0xF0 ? 4 : 1;
}

// An odd byte, or a high surrogate that waits for its low one. Half a unit after a surrogate that has been
// waiting already waits with it.
function incompleteUtf16(bytes, continued) {
  const { length } = bytes;
  if (continued && length === 3 && (bytes[1] & 0xFC) === 0xD8) return 3;
  if (length % 2 === 1) return 1;
  return length > 0 && (bytes[length - 1] & 0xFC) === 0xD8 ? 2 : 0;
}

function incompleteBase64(bytes) {
  return bytes.length % 3;
}

const incompleteOf = {
  'utf8': incompleteUtf8,
  'utf16le': incompleteUtf16,
  'base64': incompleteBase64,
  'base64url': incompleteBase64,
};

// Sizes of the characters that incomplete bytes begin, for the old properties.
function sizeOfCharacter(encoding, bytes) {
  if (bytes.length === 0) return 0;
  if (encoding === 'utf8') return sequenceLength(bytes[0]);
  if (encoding === 'utf16le') return bytes.length > 1 ? 4 : 2;
  return 3;
}

const kIncomplete = Symbol('kIncomplete');
const kRest = Symbol('kRest');
const kNothing = new Uint8Array(0);

function StringDecoder(encoding) {
  const canonical = normalizeEncoding(encoding);
  if (canonical === undefined) {
    // Programs may teach Buffer more encodings.
    if (Buffer.isEncoding === undefined || !Buffer.isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  }
  this.encoding = canonical ?? encoding;
  this[kIncomplete] = incompleteOf[this.encoding];
  this[kRest] = kNothing;
}

// The text of `bytes`, up to the last whole character; the rest waits for the next call.
StringDecoder.prototype.write = function(bytes) {
  if (typeof bytes === 'string') return bytes;
  if (!ArrayBuffer.isView(bytes)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], bytes);
  }
  if (!(bytes instanceof FastBuffer)) bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const incomplete = this[kIncomplete];
  if (this[kRest] === undefined) throw new ERR_INVALID_THIS('StringDecoder');
  if (incomplete === undefined) return bytes.toString(this.encoding);
  if (bytes.length === 0) return '';
  const rest = this[kRest];
  if (rest.length > 0) {
    bytes = Buffer.concat([rest, bytes]);
    this[kRest] = kNothing;
  }
  const keep = incomplete(bytes, rest.length > 0);
  if (keep === 0) return bytes.toString(this.encoding);
  const end = bytes.length - keep;
  // A copy: the memory belongs to the caller.
  this[kRest] = Uint8Array.prototype.slice.call(bytes, end);
  return end === 0 ? '' : bytes.toString(this.encoding, 0, end);
};

// The text of `bytes`, if there are any, and of what waits. Then the decoder starts anew.
StringDecoder.prototype.end = function(bytes) {
  if (this[kRest] === undefined) throw new ERR_INVALID_THIS('StringDecoder');
  let text = bytes === undefined ? '' : this.write(bytes);
  const rest = this[kRest];
  if (rest.length > 0) {
    this[kRest] = kNothing;
    // Of UTF-16 only whole units; the other encodings show what is wrong or missing.
    const whole = this.encoding === 'utf16le' ? rest.length - rest.length % 2 : rest.length;
    text += Buffer.from(rest.buffer, rest.byteOffset, whole).toString(this.encoding);
  }
  return text;
};

// The text of bytes[from] on, forgetting what waited.
StringDecoder.prototype.text = function(bytes, from) {
  this[kRest] = kNothing;
  return this.write(bytes.slice(from));
};

// ---- Names of 0.3.1 and of the first decoder with end() --------------------------------------

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    configurable: true,
    enumerable: true,
    get() {
      const bytes = Buffer.alloc(4);
      bytes.set(this[kRest]);
      return bytes;
    },
  },
  lastNeed: {
    configurable: true,
    enumerable: true,
    get() {
      return sizeOfCharacter(this.encoding, this[kRest]) - this[kRest].length;
    },
  },
  lastTotal: {
    configurable: true,
    enumerable: true,
    get() {
      return sizeOfCharacter(this.encoding, this[kRest]);
    },
  },
  charBuffer: { configurable: true, get() { return this.lastChar; } },
  charReceived: { configurable: true, get() { return this[kRest].length; } },
  charLength: { configurable: true, get() { return this.lastTotal; } },
});

module.exports = { StringDecoder };
