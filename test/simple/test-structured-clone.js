// structuredClone and v8.serialize: what is copied, what moves, what is refused.
'use strict';

require('../common');
const assert = require('assert');
const v8 = require('v8');

const value = {
  date: new Date(5), map: new Map([[1, { deep: true }]]), set: new Set(['x']), regexp: /a/gi, big: 5n,
  error: new TypeError('bad'), hole: [1, , 3], nothing: undefined, doubles: new Float64Array([1.5]),
};
value.self = value;
const copy = structuredClone(value);
assert.strictEqual(copy.self, copy);
assert.deepStrictEqual(copy.map, value.map);
assert.deepStrictEqual(copy.doubles, value.doubles);
assert.ok(copy.error instanceof TypeError);
assert.strictEqual(copy.date.getTime(), 5);
assert.ok(!(1 in copy.hole));

for (const bad of [() => {}, Symbol('x'), new WeakMap()]) {
  assert.throws(() => structuredClone(bad), (error) =>
    error instanceof DOMException && error.name === 'DataCloneError' && error.code === 25);
}
const memory = new ArrayBuffer(8);
const moved = structuredClone({ memory }, { transfer: [memory] });
assert.strictEqual(memory.byteLength, 0);
assert.strictEqual(moved.memory.byteLength, 8);
assert.throws(() => structuredClone(1, { transfer: [{}] }), TypeError);

// The pool of small Buffers stays where it is.
const pooled = Buffer.from('pooled text');
assert.strictEqual(structuredClone(pooled, { transfer: [pooled.buffer] }).length, 11);
assert.strictEqual(pooled.toString(), 'pooled text');
assert.strictEqual(Buffer.from('more').toString(), 'more');

const data = v8.serialize({ a: [1, 'two'], buffer: Buffer.from('xyz'), shorts: new Int16Array([1, -2]) });
assert.ok(Buffer.isBuffer(data));
const back = v8.deserialize(data);
assert.deepStrictEqual(back.a, [1, 'two']);
assert.ok(Buffer.isBuffer(back.buffer));
assert.strictEqual(back.buffer.toString(), 'xyz');
assert.deepStrictEqual(back.shorts, new Int16Array([1, -2]));
assert.strictEqual(v8.serialize({ a: 1 }).toString('hex'), 'ff0f6f22016149027b01');
assert.throws(() => v8.serialize(() => {}), /could not be cloned/);
assert.ok(v8.getHeapStatistics().used_heap_size > 0);
