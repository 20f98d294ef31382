// Reading and writing of numbers: both byte orders, every width, and the limits.
'use strict';

require('../common');
const assert = require('assert');

const buffer = Buffer.alloc(16);
for (const [kind, size, values] of [
  ['UInt8', 1, [0, 255]], ['Int8', 1, [-128, 127]],
  ['UInt16', 2, [0, 0x1234, 65535]], ['Int16', 2, [-32768, -2, 32767]],
  ['UInt32', 4, [0, 0xfedcba98, 2 ** 32 - 1]], ['Int32', 4, [-(2 ** 31), -2, 2 ** 31 - 1]],
  ['BigUInt64', 8, [0n, 0xfedcba9876543210n, 2n ** 64n - 1n]], ['BigInt64', 8, [-(2n ** 63n), -2n, 2n ** 63n - 1n]],
  ['Float', 4, [0.5, -1.25, Infinity]], ['Double', 8, [Math.PI, -1e300, 5e-324]],
]) {
  for (const order of size === 1 ? [''] : ['LE', 'BE']) {
    for (const value of values) {
      assert.strictEqual(buffer[`write${kind}${order}`](value, 3), 3 + size);
      assert.strictEqual(buffer[`read${kind}${order}`](3), value, `${kind}${order} ${value}`);
    }
    const read = `read${kind}${order}`;
    assert.throws(() => buffer[read](17 - size), {
      code: 'ERR_OUT_OF_RANGE',
      message: `The value of "offset" is out of range. It must be >= 0 and <= ${16 - size}. Received ${17 - size}`,
    });
    assert.throws(() => buffer[read](0.5), { code: 'ERR_OUT_OF_RANGE' });
    assert.throws(() => buffer[read]('0'), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => Buffer.alloc(size - 1)[read](0), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
  }
}

for (let bytes = 1; bytes <= 6; bytes++) {
  const max = 2 ** (8 * bytes) - 1;
  for (const order of ['LE', 'BE']) {
    for (const value of [0, 1, max - 1, max]) {
      buffer[`writeUInt${order}`](value, 1, bytes);
      assert.strictEqual(buffer[`readUInt${order}`](1, bytes), value);
    }
    for (const value of [-(max + 1) / 2, -1, (max - 1) / 2]) {
      buffer[`writeInt${order}`](value, 1, bytes);
      assert.strictEqual(buffer[`readInt${order}`](1, bytes), value);
    }
    assert.throws(() => buffer[`writeUInt${order}`](max + 1, 1, bytes), { code: 'ERR_OUT_OF_RANGE' });
  }
}
assert.throws(() => buffer.readUIntBE(0, 7), { message: /"byteLength" is out of range. It must be >= 1 and <= 6/ });

buffer.writeUInt32BE(0x01020304, 0);
assert.strictEqual(buffer.toString('hex', 0, 4), '01020304');
buffer.writeUInt32LE(0x01020304, 0);
assert.strictEqual(buffer.toString('hex', 0, 4), '04030201');
assert.throws(() => buffer.writeInt8(128, 0), {
  message: 'The value of "value" is out of range. It must be >= -128 and <= 127. Received 128',
});
assert.throws(() => buffer.writeBigInt64LE(2n ** 63n, 0), {
  message: 'The value of "value" is out of range. It must be >= -(2n ** 63n) and < 2n ** 63n. ' +
    'Received 9_223_372_036_854_775_808n',
});
assert.strictEqual(buffer.readUint16LE, buffer.readUInt16LE);
assert.strictEqual(buffer.writeBigUint64BE, buffer.writeBigUInt64BE);

assert.deepStrictEqual(Buffer.from([1, 2, 3, 4]).swap16(), Buffer.from([2, 1, 4, 3]));
assert.deepStrictEqual(Buffer.from([1, 2, 3, 4]).swap32(), Buffer.from([4, 3, 2, 1]));
assert.deepStrictEqual(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]).swap64(), Buffer.from([8, 7, 6, 5, 4, 3, 2, 1]));
assert.throws(() => Buffer.alloc(3).swap16(), { message: 'Buffer size must be a multiple of 16-bits' });
