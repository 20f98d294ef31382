// DER as far as keys need it (ITU-T X.690): sequences and integers; when reading, strings of bits and object identifiers, too.
'use strict';

const kInteger = 0x02;
const kBitString = 0x03;
const kOid = 0x06;
const kSequence = 0x30;

// Reads one value after the other; what does not fit throws a RangeError.
class Reader {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get done() {
    return this.#at >= this.#bytes.length;
  }

  get tag() {
    return this.#bytes[this.#at];
  }

  // { tag, bytes }: a view, not a copy.
  next() {
    const tag = this.#bytes.readUInt8(this.#at);
    let length = this.#bytes.readUInt8(this.#at + 1);
    let start = this.#at + 2;
    if (length & 0x80) {
      const count = length & 0x7F;
      length = this.#bytes.readUIntBE(start, count);
      start += count;
    }
    if (start + length > this.#bytes.length) throw new RangeError('DER value is cut off');
    this.#at = start + length;
    return { tag, bytes: this.#bytes.subarray(start, start + length) };
  }

  #expect(tag) {
    const value = this.next();
    if (value.tag !== tag) throw new RangeError('Unexpected DER tag');
    return value.bytes;
  }

  sequence() {
    return new Reader(this.#expect(kSequence));
  }

  // Its bytes without leading zeros.
  integer() {
    const bytes = this.#expect(kInteger);
    let start = 0;
    while (start < bytes.length - 1 && bytes[start] === 0) start++;
    return bytes.subarray(start);
  }

  bits() {
    return this.#expect(kBitString).subarray(1);
  }

  // '1.2.840.113549.1.1.10'
  oid() {
    const bytes = this.#expect(kOid);
    const parts = [];
    let value = 0;
    for (const byte of bytes) {
      value = value * 128 + (byte & 0x7F);
      if (byte & 0x80) continue;
      if (parts.length === 0) {
        const first = Math.min(2, Math.floor(value / 40));
        parts.push(first, value - first * 40);
      } else {
        parts.push(value);
      }
      value = 0;
    }
    return parts.join('.');
  }
}

// Takes its parts over: they may be secret, and are overwritten.
function value(tag, ...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = [tag];
  if (length < 0x80) {
    head.push(length);
  } else {
    const digits = length.toString(16);
    const bytes = Buffer.from(digits.padStart(digits.length + (digits.length & 1), '0'), 'hex');
    head.push(0x80 | bytes.length, ...bytes);
  }
  const whole = Buffer.concat([Buffer.from(head), ...parts]);
  for (const part of parts) part.fill(0);
  return whole;
}

// `bytes`: an unsigned number, its most significant byte first.
function integer(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const digits = bytes.length === 0 ? Buffer.alloc(1) : bytes.subarray(start);
  return digits[0] & 0x80 ? value(kInteger, Buffer.alloc(1), digits) : value(kInteger, digits);
}

module.exports = { Reader, integer, sequence: (...parts) => value(kSequence, ...parts) };
