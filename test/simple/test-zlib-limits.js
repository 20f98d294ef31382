// zlib: maxOutputLength stops what would become too large; a bomb is not unpacked further than that.
'use strict';

const { expectsError, mustCall, mustSucceed } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const size = 32 << 20;
const bomb = zlib.gzipSync(Buffer.alloc(size));
assert.ok(bomb.length < size / 900);
const tooLarge = { name: 'RangeError', code: 'ERR_BUFFER_TOO_LARGE', message: 'Cannot create a Buffer larger than 1000 bytes' };
for (const read of ['gunzip', 'unzip']) {
  assert.throws(() => zlib[`${read}Sync`](bomb, { maxOutputLength: 1000 }), tooLarge);
  zlib[read](bomb, { maxOutputLength: 1000 }, expectsError(tooLarge));
}
// Compressing as well.
const mixed = Buffer.from(Array.from({ length: 2000 }, (_, at) => Math.imul(at, 2654435761) >>> 24));
assert.throws(() => zlib.deflateSync(mixed, { maxOutputLength: 1000 }), tooLarge);

// Exactly as much is allowed.
const packed = zlib.deflateSync('x'.repeat(5000));
for (const chunkSize of [64, 4999, 5000, 16384]) {
  assert.strictEqual(zlib.inflateSync(packed, { maxOutputLength: 5000, chunkSize }).length, 5000);
  zlib.inflate(packed, { maxOutputLength: 5000, chunkSize }, mustSucceed((all) => assert.strictEqual(all.length, 5000)));
  assert.throws(() => zlib.inflateSync(packed, { maxOutputLength: 4999, chunkSize }), { code: 'ERR_BUFFER_TOO_LARGE' });
}

// Streams are not limited.
let length = 0;
const stream = zlib.createGunzip({ maxOutputLength: 1000 });
stream.on('data', (part) => { length += part.length; });
stream.on('end', mustCall(() => assert.strictEqual(length, size)));
stream.end(bomb);
