// Every way to make a Buffer, and what cannot become one.
'use strict';

require('../common');
const assert = require('assert');
const { kMaxLength, SlowBuffer } = require('buffer');
const list = (buffer) => Array.from(buffer);

assert.deepStrictEqual(list(Buffer.from([1, 257, -1, '7', 'x'])), [1, 1, 255, 7, 0]);
assert.deepStrictEqual(list(Buffer.from({ length: 2, 0: 5 })), [5, 0]);
assert.deepStrictEqual(list(Buffer.from(new Uint16Array([1, 258]))), [1, 2]);
assert.strictEqual(Buffer.from(new String('abc')).toString(), 'abc');
assert.strictEqual(Buffer.from({ [Symbol.toPrimitive]: () => 'prim' }).toString(), 'prim');
const source = Buffer.from('ab');
assert.deepStrictEqual(Buffer.from(JSON.parse(JSON.stringify(source))), source);

// A copy of bytes, but a view of an ArrayBuffer.
const copy = Buffer.from(source);
copy[0] = 0;
assert.strictEqual(source[0], 97);
const memory = new ArrayBuffer(8);
const view = Buffer.from(memory, 2, 4);
view[0] = 9;
assert.strictEqual(new Uint8Array(memory)[2], 9);
assert.strictEqual(view.length, 4);
assert.strictEqual(view.parent, memory);
assert.strictEqual(view.offset, 2);
assert.throws(() => Buffer.from(memory, 9), { name: 'RangeError', message: '"offset" is outside of buffer bounds' });
assert.throws(() => Buffer.from(memory, 2, 7), { name: 'RangeError', message: '"length" is outside of buffer bounds' });
assert.strictEqual(Buffer.from(new SharedArrayBuffer(3)).length, 3);

for (const bad of [5, null, undefined, true, Symbol('x'), 1n, {}, () => {}]) {
  assert.throws(() => Buffer.from(bad), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
}

assert.deepStrictEqual(list(Buffer.alloc(5, 'ab')), [97, 98, 97, 98, 97]);
assert.deepStrictEqual(list(Buffer.alloc(3)), [0, 0, 0]);
assert.strictEqual(Buffer.alloc(4, 'YQ==', 'base64').toString(), 'aaaa');
for (const make of [Buffer.alloc, Buffer.allocUnsafe, Buffer.allocUnsafeSlow, SlowBuffer]) {
  assert.strictEqual(make(100).length, 100);
  assert.throws(() => make('1'), { code: 'ERR_INVALID_ARG_TYPE' });
  for (const size of [-1, NaN, kMaxLength + 1]) assert.throws(() => make(size), { name: 'RangeError' });
}

// Small buffers share memory; pieces do not overlap.
const small = Array.from({ length: 500 }, (_, i) => Buffer.allocUnsafe(50).fill(i & 255));
small.forEach((buffer, i) => assert.ok(buffer.every((byte) => byte === (i & 255))));
assert.strictEqual(Buffer.poolSize, 8192);
assert.strictEqual(Buffer.allocUnsafe(10).buffer.byteLength, 8192);
assert.strictEqual(Buffer.allocUnsafeSlow(100).buffer.byteLength, 100);

assert.strictEqual(Buffer.concat([Buffer.from('a'), new Uint8Array([98])]).toString(), 'ab');
assert.strictEqual(Buffer.concat([Buffer.from('abc')], 2).toString(), 'ab');
assert.deepStrictEqual(list(Buffer.concat([Buffer.from('a')], 3)), [97, 0, 0]);
assert.throws(() => Buffer.concat(['a']), { code: 'ERR_INVALID_ARG_TYPE' });

// The old constructor, with and without `new`.
process.noDeprecation = true;
for (const make of [Buffer, (...args) => new Buffer(...args)]) {
  assert.deepStrictEqual(list(make(2)), [0, 0]);
  assert.strictEqual(make('616263', 'hex').toString(), 'abc');
  assert.strictEqual(make([97]).toString(), 'a');
}
assert.ok(Buffer.from('') instanceof Uint8Array);
assert.ok(Buffer.isBuffer(Buffer.from('abc').map((x) => x + 1)));
assert.ok(!Buffer.isBuffer(new Uint8Array(1)));
