// zlib: gzip members that follow each other are one text; what comes after the end of a stream.
'use strict';

const { mustCall, mustSucceed } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const members = Buffer.concat(['one ', '', 'two ', 'three'].map((text) => zlib.gzipSync(text)));
for (const read of ['gunzip', 'unzip']) {
  assert.strictEqual(zlib[`${read}Sync`](members).toString(), 'one two three');
  zlib[read](members, mustSucceed((all) => assert.strictEqual(all.toString(), 'one two three')));
}

// A byte at a time.
const stream = zlib.createGunzip().setEncoding('latin1');
let all = '';
stream.on('data', (part) => { all += part; });
stream.on('end', mustCall(() => assert.strictEqual(all, 'one two three')));
for (const byte of members) stream.write(Buffer.from([byte]));
stream.end();

// Zeros are padding, anything else is damage.
assert.strictEqual(zlib.gunzipSync(Buffer.concat([members, Buffer.alloc(50)])).toString(), 'one two three');
const after = (...bytes) => Buffer.concat([members, Buffer.from(bytes)]);
assert.throws(() => zlib.gunzipSync(after(7, 7, 7)), { code: 'Z_DATA_ERROR', message: 'incorrect header check' });
assert.throws(() => zlib.gunzipSync(after(0x1f, 0x8b, 7, 0)), { code: 'Z_DATA_ERROR', message: 'unknown compression method' });
assert.throws(() => zlib.gunzipSync(after(0x1f, 0x8b, 8)), { code: 'Z_BUF_ERROR' });

// The other formats end where they end; the rest is left alone.
for (const [write, read] of [['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['deflate', 'unzip']]) {
  const packed = zlib[`${write}Sync`]('text');
  const { buffer, engine } = zlib[`${read}Sync`](Buffer.concat([packed, Buffer.from('more')]), { info: true });
  assert.strictEqual(buffer.toString(), 'text');
  assert.strictEqual(engine.bytesWritten, packed.length);
  const reader = zlib[`create${read[0].toUpperCase()}${read.slice(1)}`]();
  reader.resume().on('end', mustCall(() => assert.strictEqual(reader.bytesWritten, packed.length)));
  reader.write(packed);
  reader.end('more');
}
