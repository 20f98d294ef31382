// zlib: the range of each option, at both ends; misuse throws with Node's codes.
'use strict';

const { mustNotCall } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const text = 'some words, some more words, '.repeat(100);
const classes = ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip'];
const ranges = {
  chunkSize: [64, Infinity], windowBits: [8, 15], level: [-1, 9], memLevel: [1, 9], strategy: [0, 4], flush: [0, 5],
  finishFlush: [0, 5], maxOutputLength: [1, require('buffer').kMaxLength],
};

for (const name of classes) {
  for (const [option, [least, most]] of Object.entries(ranges)) {
    const lowest = option === 'windowBits' && name === 'Gzip' ? 9 : least;
    const make = (value) => new zlib[name]({ [option]: value });
    make(lowest);
    if (option === 'chunkSize') make(1e6);
    else make(most);
    // What stands for nothing.
    make(undefined);
    make(NaN);
    const range = { name: 'RangeError', code: 'ERR_OUT_OF_RANGE' };
    const zeroIsFine = option === 'windowBits' && /^(Inflate|Gunzip|Unzip)$/.test(name);
    if (!zeroIsFine || lowest - 1 !== 0) assert.throws(() => make(lowest - 1), range);
    if (most !== Infinity) assert.throws(() => make(most + 1), range);
    for (const infinite of [Infinity, -Infinity]) assert.throws(() => make(infinite), range);
    for (const value of ['1', {}, [], true, Symbol('x'), () => {}]) {
      assert.throws(() => make(value), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' }, `${name} ${option} ${typeof value}`);
    }
  }
  new zlib[name]({});
  new zlib[name](undefined);
  new zlib[name](null);
}
assert.throws(() => zlib.createGzip({ level: 10 }),
              { message: 'The value of "options.level" is out of range. It must be >= -1 and <= 9. Received 10' });
assert.throws(() => zlib.createGzip({ chunkSize: 63 }),
              { message: 'The value of "options.chunkSize" is out of range. It must be >= 64. Received 63' });

// All that is allowed works.
for (const [write, read] of [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw']]) {
  for (let windowBits = write === 'gzip' ? 9 : 8; windowBits <= 15; windowBits++) {
    for (const rest of [{ level: 0 }, { level: 1, memLevel: 1 }, { level: 9, memLevel: 9 }, { strategy: 4 }, { chunkSize: 64 }]) {
      const packed = zlib[`${write}Sync`](text, { windowBits, ...rest });
      assert.strictEqual(zlib[`${read}Sync`](packed, { chunkSize: 64 }).toString(), text);
      // Zlib says 8 to be 9, raw streams use 9.
      assert.strictEqual(zlib[`${read}Sync`](packed, { windowBits: Math.max(windowBits, 9) }).toString(), text);
    }
  }
}
assert.throws(() => zlib.inflateSync(zlib.deflateSync(text), { windowBits: 14 }),
              { code: 'Z_DATA_ERROR', message: 'invalid window size' });
for (const value of [0, null, undefined]) zlib.inflateSync(zlib.deflateSync(text), { windowBits: value });

// Data and callbacks.
for (const method of ['deflate', 'inflate', 'gzip', 'gunzip', 'deflateRaw', 'inflateRaw', 'unzip']) {
  for (const data of [undefined, null, 5, true, {}, [], () => {}, Symbol('x'), 5n]) {
    const shape = { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' };
    assert.throws(() => zlib[`${method}Sync`](data), shape);
    assert.throws(() => zlib[method](data, mustNotCall()), shape);
  }
  for (const callback of [undefined, null, 5, 'x', {}]) {
    assert.throws(() => zlib[method]('x', {}, callback), { code: 'ERR_INVALID_ARG_TYPE', message: /^The "callback" argument/ });
  }
}
const stream = zlib.createGzip();
for (const chunk of [5, {}, true, new Uint16Array(2)]) assert.throws(() => stream.write(chunk), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => stream.write(null), { code: 'ERR_STREAM_NULL_VALUES' });

// Constants cannot be changed, and are also where they were of old.
assert.ok(Object.isFrozen(zlib.constants) && Object.isFrozen(zlib.codes));
assert.strictEqual(zlib.Z_BEST_COMPRESSION, 9);
assert.deepStrictEqual([zlib.codes.Z_DATA_ERROR, zlib.codes[-5]], [-3, 'Z_BUF_ERROR']);
assert.throws(() => { zlib.constants = 1; }, TypeError);

// crc32.
assert.strictEqual(zlib.crc32('123456789'), 0xcbf43926);
assert.strictEqual(zlib.crc32(Buffer.from('6789'), zlib.crc32('12345')), 0xcbf43926);
assert.throws(() => zlib.crc32(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => zlib.crc32('x', -1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => zlib.crc32('x', 'y'), { code: 'ERR_INVALID_ARG_TYPE' });
