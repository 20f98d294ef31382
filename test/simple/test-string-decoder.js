// StringDecoder: no character is cut, whatever the pieces; what is invalid becomes U+FFFD once.
'use strict';
require('../common');
const assert = require('assert');
const { StringDecoder } = require('string_decoder');

const text = 'a\u00e9\u20ac\u{1f600}\u{10ffff}z';
for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex', 'latin1', 'ascii']) {
  const bytes = Buffer.from(text, /16|hex|base64/.test(encoding) ? 'utf16le' : 'utf8');
  const expected = bytes.toString(encoding);
  for (let size = 1; size <= 7; size++) {
    const decoder = new StringDecoder(encoding);
    let result = '';
    for (let at = 0; at < bytes.length; at += size) result += decoder.write(bytes.slice(at, at + size));
    result += decoder.end();
    // Base64 in pieces of three bytes is the base64 of the whole.
    assert.strictEqual(result, expected, `${encoding} in pieces of ${size}`);
  }
}

const decoder = new StringDecoder('UTF-8');
assert.strictEqual(decoder.encoding, 'utf8');
assert.strictEqual(decoder.write(Buffer.from([0xE2, 0x82])), '');
assert.strictEqual(decoder.lastNeed, 1);
assert.strictEqual(decoder.write(Buffer.from([0xAC, 0x41])), '\u20acA');
assert.strictEqual(decoder.write(Buffer.from([0xE2, 0x82])), '');
assert.strictEqual(decoder.write(Buffer.from('x')), '\ufffdx');
assert.strictEqual(decoder.write(Buffer.from([0xF0, 0x9F])), '');
assert.strictEqual(decoder.end(), '\ufffd');
assert.strictEqual(decoder.end(), '');
assert.strictEqual(decoder.end(Buffer.from('ok')), 'ok');
assert.strictEqual(decoder.write('strings pass'), 'strings pass');
assert.strictEqual(decoder.write(new Uint8Array([0x41])), 'A');

// The memory belongs to the caller, who may write over it.
const reused = Buffer.from([0xE2]);
decoder.write(reused);
reused[0] = 0x41;
assert.strictEqual(decoder.end(Buffer.from([0x82, 0xAC])), '\u20ac');

assert.throws(() => new StringDecoder('nonsense'), { code: 'ERR_UNKNOWN_ENCODING', message: 'Unknown encoding: nonsense' });
assert.throws(() => decoder.write(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(new StringDecoder().encoding, 'utf8');
assert.strictEqual(StringDecoder.call(Object.create(StringDecoder.prototype), 'hex'), undefined);
