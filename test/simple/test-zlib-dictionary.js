// zlib: a dictionary shortens what both sides know; without it, or with another one, nothing is read.
'use strict';

const { expectsError, mustCall } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const words = 'content-type text/html charset utf-8 cache-control';
const text = 'cache-control; content-type: text/html; charset=utf-8';
for (const dictionary of [Buffer.from(words), new Uint16Array(Buffer.from(words).buffer.slice(0, 64)), new DataView(new ArrayBuffer(9)),
                          Buffer.alloc(100000, words), new TextEncoder().encode(words).buffer]) {
  for (const [write, read] of [['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['deflate', 'unzip']]) {
    const packed = zlib[`${write}Sync`](text, { dictionary });
    assert.strictEqual(zlib[`${read}Sync`](packed, { dictionary }).toString(), text);
  }
}

const dictionary = Buffer.from(words);
const packed = zlib.deflateSync(text, { dictionary });
assert.ok(packed.length < zlib.deflateSync(text).length - 20);
// RFC 1950: the flag, and which dictionary it is.
assert.strictEqual(packed[1] & 0x20, 0x20);

const missing = { code: 'Z_NEED_DICT', errno: 2, message: 'Missing dictionary' };
const bad = { code: 'Z_NEED_DICT', errno: 2, message: 'Bad dictionary' };
const other = Buffer.from('something else');
assert.throws(() => zlib.inflateSync(packed), missing);
assert.throws(() => zlib.inflateSync(packed, { dictionary: other }), bad);
zlib.inflate(packed, expectsError(missing));
zlib.inflate(packed, { dictionary: other }, expectsError(bad));
assert.throws(() => zlib.inflateRawSync(zlib.deflateRawSync(text, { dictionary }), { dictionary: Buffer.from('x') }),
              { code: 'Z_DATA_ERROR', message: 'invalid distance too far back' });

// One that nobody asked for does no harm; gzip has none.
assert.strictEqual(zlib.inflateSync(zlib.deflateSync(text), { dictionary }).toString(), text);
assert.strictEqual(zlib.gunzipSync(zlib.gzipSync(text, { dictionary })).toString(), text);

// It is still known after reset().
for (const [write, read] of [['Deflate', 'Inflate'], ['DeflateRaw', 'InflateRaw']]) {
  const writer = zlib[`create${write}`]({ dictionary });
  writer.write('no part of the result');
  writer.flush(mustCall(() => {
    writer.read();
    writer.reset();
    writer.end(text);
    const reader = writer.pipe(zlib[`create${read}`]({ dictionary })).setEncoding('latin1');
    reader.on('data', mustCall((part) => assert.strictEqual(part, text)));
  }));
}
for (const bad of ['text', 5, [], {}]) {
  assert.throws(() => zlib.createDeflate({ dictionary: bad }), { code: 'ERR_INVALID_ARG_TYPE' });
}
