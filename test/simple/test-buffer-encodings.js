// Strings to bytes and back in every encoding, with odd input.
'use strict';

require('../common');
const assert = require('assert');
const hex = (buffer) => buffer.toString('hex');

for (const [text, encoding, bytes] of [
  ['h\u00e9llo', 'utf8', '68c3a96c6c6f'],
  ['\u20ac\ud83d\ude00', 'UTF-8', 'e282acf09f9880'],
  ['\ud800x', 'utf8', 'efbfbd78'],
  ['h\u00e9\u20ac', 'latin1', '68e9ac'],
  ['h\u00e9\u20ac', 'binary', '68e9ac'],
  ['h\u00e9', 'ascii', '68e9'],
  ['a\u20ac', 'ucs2', '6100ac20'],
  ['a\u20ac', 'utf-16le', '6100ac20'],
  ['00fFxx11', 'hex', '00ff'],
  ['abc', 'hex', 'ab'],
  ['Zm 9v\nYmE', 'base64', '666f6f6261'],
  ['-__-', 'base64', 'fbfffe'],
  ['-__-', 'base64url', 'fbfffe'],
  ['Zg==Zm8=', 'base64', '66'],
]) {
  assert.strictEqual(hex(Buffer.from(text, encoding)), bytes, `${JSON.stringify(text)} ${encoding}`);
}

const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
for (const encoding of ['latin1', 'binary', 'hex', 'base64', 'base64url', 'ucs2']) {
  assert.deepStrictEqual(Buffer.from(all.toString(encoding), encoding), all, encoding);
}
assert.strictEqual(all.toString('ascii', 0x80, 0x82), '\0\x01');
assert.strictEqual(Buffer.from('fo').toString('base64'), 'Zm8=');
assert.strictEqual(Buffer.from('fo').toString('base64url'), 'Zm8');
assert.strictEqual(Buffer.from([0x61, 0xff, 0xe2, 0x82]).toString(), 'a\ufffd\ufffd');

// Long strings take other paths than short ones.
for (const length of [10, 24, 25, 1000, 5000, 100000]) {
  for (const unit of ['x', '\u00e9', '\u20ac', 'x\u00e9']) {
    const text = unit.repeat(length);
    const buffer = Buffer.from(text);
    assert.strictEqual(buffer.length, Buffer.byteLength(text));
    assert.strictEqual(buffer.toString(), text);
  }
}

// A character that does not fit whole is left out, and what was in its place stays.
const tight = Buffer.alloc(4, 0x2e);
assert.strictEqual(tight.write('ab\u00e9\u00e9'), 4);
assert.strictEqual(tight.write('abc\u00e9'), 3);
assert.strictEqual(hex(tight), '616263a9');
assert.strictEqual(tight.write('\u20ac\u20ac'), 3);

assert.throws(() => Buffer.from('a', 'nope'), { code: 'ERR_UNKNOWN_ENCODING', name: 'TypeError' });
assert.throws(() => tight.toString('nope'), { message: 'Unknown encoding: nope' });
assert.strictEqual(Buffer.isEncoding('UCS-2'), true);
assert.strictEqual(Buffer.isEncoding('x'), false);

const { transcode, isUtf8, isAscii, atob, btoa } = require('buffer');
assert.strictEqual(transcode(Buffer.from('\u20ac'), 'utf8', 'ascii').toString(), '?');
assert.strictEqual(hex(transcode(Buffer.from('\u20ac'), 'utf8', 'ucs2')), 'ac20');
assert.strictEqual(isUtf8(Buffer.from([0xc3, 0x28])), false);
assert.strictEqual(isUtf8(Buffer.from('\u20ac')), true);
assert.strictEqual(isAscii(Buffer.from('\u20ac')), false);
assert.strictEqual(atob(' Zm9v '), 'foo');
assert.strictEqual(btoa('\xff'), '/w==');
assert.throws(() => btoa('\u20ac'), { name: 'InvalidCharacterError', code: 5 });
assert.throws(() => atob('Z'), { name: 'InvalidCharacterError' });
