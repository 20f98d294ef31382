// TextEncoder and TextDecoder (https://encoding.spec.whatwg.org).
'use strict';

const {
  codes: { ERR_ENCODING_INVALID_ENCODED_DATA, ERR_ENCODING_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS },
} = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { validateObject, validateString } = require('internal/validators');
const { FastBuffer, isAnyArrayBuffer } = require('internal/buffer');
const { Buffer } = require('buffer');
const { isUtf8 } = internalBinding('buffer');

// ---- Encodings and their labels --------------------------------------------------------------

const labels = new Map();
for (const [name, ...others] of [
  ['utf-8', 'unicode-1-1-utf-8', 'unicode11utf8', 'unicode20utf8', 'utf8', 'x-unicode20utf8'],
  ['utf-16le', 'csunicode', 'iso-10646-ucs-2', 'ucs-2', 'unicode', 'unicodefeff', 'utf-16'],
  ['utf-16be', 'unicodefffe'],
  ['windows-1252', 'ansi_x3.4-1968', 'ascii', 'cp1252', 'cp819', 'csisolatin1', 'ibm819', 'iso-8859-1',
   'iso-ir-100', 'iso8859-1', 'iso88591', 'iso_8859-1', 'iso_8859-1:1987', 'l1', 'latin1', 'us-ascii',
   'x-cp1252'],
]) {
  labels.set(name, name);
  for (const label of others) labels.set(label, name);
}

function encodingOfLabel(label) {
  return labels.get(label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase());
}

// What windows-1252 has at 0x80 to 0x9F where Latin-1 has control characters.
const windows1252 = '\u20AC\x81\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\x8D\u017D\x8F' +
  '\x90\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\x9D\u017E\u0178';

// ---- TextEncoder -----------------------------------------------------------------------------

class TextEncoder {
  #brand = true;

  get encoding() {
    if (!(#brand in this)) throw new ERR_INVALID_THIS('TextEncoder');
    return 'utf-8';
  }

  // A Uint8Array of its own memory.
  encode(input = '') {
    if (!(#brand in this)) throw new ERR_INVALID_THIS('TextEncoder');
    const text = `${input}`;
    const result = new Uint8Array(Buffer.byteLength(text));
    Reflect.apply(FastBuffer.prototype.utf8Write, result, [text, 0, result.length]);
    return result;
  }

  // Writes what fits; { read: UTF-16 units taken, written: bytes put }.
  encodeInto(source, destination) {
    if (!(#brand in this)) throw new ERR_INVALID_THIS('TextEncoder');
    validateString(source, 'src');
    if (!(destination instanceof Uint8Array)) {
      throw new ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', destination);
    }
    const written = destination.length === 0 ? 0 :
      Reflect.apply(FastBuffer.prototype.utf8Write, destination, [source, 0, destination.length]);
    return { read: unitsInUtf8(destination, written, source), written };
  }

  [customInspectSymbol](depth, options) {
    if (!(#brand in this)) throw new ERR_INVALID_THIS('TextEncoder');
    if (typeof depth === 'number' && depth < 0) return this;
    return require('util').inspect({ encoding: 'utf-8' }, options);
  }
}

// How many UTF-16 units the first `length` bytes stand for.
function unitsInUtf8(bytes, length, source) {
  if (length === source.length) {
    // As many bytes as units: nothing but ASCII, in the usual case.
    let i = 0;
    while (i < length && bytes[i] < 0x80) i++;
    if (i === length) return length;
  }
  let units = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i];
    if (byte >= 0xF0) units += 2;
    else if (byte < 0x80 || byte >= 0xC0) units++;
  }
  return units;
}

// ---- TextDecoder -----------------------------------------------------------------------------

function bytesOf(input) {
  if (input === undefined) return new FastBuffer();
  if (isAnyArrayBuffer(input)) return new FastBuffer(input, 0, input.byteLength);
  if (ArrayBuffer.isView(input)) return new FastBuffer(input.buffer, input.byteOffset, input.byteLength);
  throw new ERR_INVALID_ARG_TYPE('list', ['ArrayBuffer', 'ArrayBufferView'], input);
}

// Bytes at the end of `bytes` that begin a UTF-8 character without ending it.
function openUtf8Tail(bytes) {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte < 0xC0) continue;
    const need = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    if (byte < 0xC2 || byte > 0xF4 || back >= need) return 0;
    if (back > 1) {
      // A second byte that cannot follow makes an error now, not later.
      const second = bytes[bytes.length - back + 1];
      const low = byte === 0xE0 ? 0xA0 : byte === 0xF0 ? 0x90 : 0x80;
      const high = byte === 0xED ? 0x9F : byte === 0xF4 ? 0x8F : 0xBF;
      if (second < low || second > high) return 0;
    }
    return back;
  }
  return 0;
}

const kLoneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  // Bytes kept from the last piece of a stream, and whether the start was seen.
  #rest = null;
  #started = false;

  constructor(encoding = 'utf-8', options = undefined) {
    encoding = `${encoding}`;
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', { allowArray: true, allowFunction: true });
    }
    const name = encodingOfLabel(encoding);
    if (name === undefined) throw new ERR_ENCODING_NOT_SUPPORTED(encoding);
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
  }

  get encoding() {
    if (!(#encoding in this)) throw new ERR_INVALID_THIS('TextDecoder');
    return this.#encoding;
  }

  get fatal() {
    if (!(#encoding in this)) throw new ERR_INVALID_THIS('TextDecoder');
    return this.#fatal;
  }

  get ignoreBOM() {
    if (!(#encoding in this)) throw new ERR_INVALID_THIS('TextDecoder');
    return this.#ignoreBOM;
  }

  decode(input = undefined, options = undefined) {
    if (!(#encoding in this)) throw new ERR_INVALID_THIS('TextDecoder');
    let bytes = bytesOf(input);
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', { allowArray: true, allowFunction: true });
    }
    const stream = Boolean(options?.stream);
    if (this.#encoding === 'windows-1252') {
      return bytes.latin1Slice().replace(/[\x80-\x9F]/g, (c) => windows1252[c.charCodeAt(0) - 0x80]);
    }
    if (this.#rest !== null) {
      bytes = Buffer.concat([this.#rest, bytes]);
      this.#rest = null;
    }
    const started = this.#started;
    let text = this.#encoding === 'utf-8' ? this.#decodeUtf8(bytes, stream) : this.#decodeUtf16(bytes, stream);
    if (!stream) {
      this.#started = false;
    } else if (text !== '') {
      this.#started = true;
    }
    if (!started && !this.#ignoreBOM && text.charCodeAt(0) === 0xFEFF) text = text.slice(1);
    return text;
  }

  #fail() {
    this.#rest = null;
    this.#started = false;
    throw new ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
  }

  #keep(bytes, count) {
    this.#rest = Buffer.from(bytes.subarray(bytes.length - count));
    return bytes.subarray(0, bytes.length - count);
  }

  #decodeUtf8(bytes, stream) {
    const open = stream ? openUtf8Tail(bytes) : 0;
    if (open > 0) bytes = this.#keep(bytes, open);
    if (this.#fatal && !isUtf8(bytes)) this.#fail();
    return bytes.utf8Slice();
  }

  #decodeUtf16(bytes, stream) {
    let open = bytes.length % 2;
    if (!stream && open > 0) {
      if (this.#fatal) this.#fail();
    } else if (stream && bytes.length - open >= 2) {
      // The first half of a pair waits for the second.
      const high = bytes[bytes.length - open - (this.#encoding === 'utf-16le' ? 1 : 2)];
      if ((high & 0xFC) === 0xD8) open += 2;
    }
    const truncated = !stream && open > 0;
    if (stream && open > 0) {
      bytes = this.#keep(bytes, open);
    } else if (open > 0) {
      bytes = bytes.subarray(0, bytes.length - open);
    }
    if (this.#encoding === 'utf-16be') bytes = Buffer.from(bytes).swap16();
    let text = bytes.ucs2Slice();
    if (kLoneSurrogate.test(text)) {
      if (this.#fatal) this.#fail();
      text = text.replace(new RegExp(kLoneSurrogate.source, 'g'), '\uFFFD');
    }
    return truncated ? `${text}\uFFFD` : text;
  }

  [customInspectSymbol](depth, options) {
    if (!(#encoding in this)) throw new ERR_INVALID_THIS('TextDecoder');
    if (typeof depth === 'number' && depth < 0) return this;
    const { encoding, fatal, ignoreBOM } = this;
    return `${this.constructor.name} ${require('util').inspect({ encoding, fatal, ignoreBOM }, options)}`;
  }
}

for (const [type, keys] of [[TextEncoder, ['encode', 'encodeInto', 'encoding']],
                            [TextDecoder, ['decode', 'encoding', 'fatal', 'ignoreBOM']]]) {
  for (const key of keys) Object.defineProperty(type.prototype, key, { enumerable: true });
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}

module.exports = { TextDecoder, TextEncoder, encodingOfLabel };
