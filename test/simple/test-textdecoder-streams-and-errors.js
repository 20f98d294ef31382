// TextDecoder: characters that straddle pieces, byte order marks, malformed input; TextEncoder.
'use strict';

require('../common');
const assert = require('assert');

function inPieces(encoding, bytes, options) {
  const decoder = new TextDecoder(encoding, options);
  let text = '';
  for (const byte of bytes) text += decoder.decode(new Uint8Array([byte]), { stream: true });
  return text + decoder.decode();
}

assert.strictEqual(inPieces('utf-8', [0x61, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]), 'a\u20ac\ud83d\ude00');
assert.strictEqual(inPieces('utf-8', [0xe2, 0x82]), '\ufffd');
assert.strictEqual(inPieces('utf-8', [0xe0, 0x80, 0x61]), '\ufffd\ufffda');
assert.strictEqual(inPieces('utf-8', [0xef, 0xbb, 0xbf, 0x61]), 'a');
assert.strictEqual(inPieces('utf-8', [0xef, 0xbb, 0xbf, 0x61], { ignoreBOM: true }), '\ufeffa');
assert.strictEqual(inPieces('utf-16le', [0x3d, 0xd8, 0x00, 0xde, 0x61, 0x00]), '\ud83d\ude00a');
assert.strictEqual(inPieces('utf-16be', [0xfe, 0xff, 0x20, 0xac]), '\u20ac');
assert.strictEqual(inPieces('utf-16le', [0x61, 0x00, 0x61]), 'a\ufffd');
assert.strictEqual(new TextDecoder('latin1').decode(new Uint8Array([0x80, 0xe9])), '\u20ac\u00e9');
assert.strictEqual(new TextDecoder(' UTF8 ').encoding, 'utf-8');

const strict = new TextDecoder('utf-8', { fatal: true });
for (const bad of [[0xff], [0xe2, 0x82], [0xed, 0xa0, 0x80]]) {
  assert.throws(() => strict.decode(new Uint8Array(bad)),
                { name: 'TypeError', code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
}
assert.strictEqual(strict.decode(new Uint8Array([0xc3, 0xa9])), '\u00e9');
assert.throws(() => new TextDecoder('nope'), { name: 'RangeError', code: 'ERR_ENCODING_NOT_SUPPORTED' });
assert.throws(() => new TextDecoder().decode('x'), { code: 'ERR_INVALID_ARG_TYPE' });
const memory = new Uint8Array([0, 0x61, 0x62]);
assert.strictEqual(new TextDecoder().decode(memory.subarray(1)), 'ab');
assert.strictEqual(new TextDecoder().decode(memory.buffer), '\0ab');

const encoder = new TextEncoder();
assert.deepStrictEqual(encoder.encode('\u20ac'), new Uint8Array([0xe2, 0x82, 0xac]));
assert.deepStrictEqual(encoder.encodeInto('a\ud83d\ude00b', new Uint8Array(5)), { read: 3, written: 5 });
assert.deepStrictEqual(encoder.encodeInto('a\ud83d\ude00b', new Uint8Array(4)), { read: 1, written: 1 });
assert.deepStrictEqual(encoder.encodeInto('\u00e9\u00e9', new Uint8Array(3)), { read: 1, written: 2 });
