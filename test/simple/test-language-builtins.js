// Built-ins that are newer than the oldest V8 this runs with: copying array methods, grouping, sets, iterator
// helpers and the like behave as ECMA-262 has them, wherever they come from.
'use strict';

const common = require('../common');
const assert = require('assert');

// [object, name, length] of each: not enumerable, no constructor.
const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
for (const [object, name, length] of [
  [Array.prototype, 'toReversed', 0], [Array.prototype, 'toSorted', 1], [Array.prototype, 'toSpliced', 2],
  [Array.prototype, 'with', 2], [TypedArrayPrototype, 'toReversed', 0], [TypedArrayPrototype, 'toSorted', 1],
  [TypedArrayPrototype, 'with', 2], [Object, 'groupBy', 2], [Map, 'groupBy', 2], [Promise, 'withResolvers', 0],
  [Promise, 'try', 1], [Array, 'fromAsync', 1], [String.prototype, 'isWellFormed', 0],
  [String.prototype, 'toWellFormed', 0], [ArrayBuffer.prototype, 'transfer', 0],
  [ArrayBuffer.prototype, 'transferToFixedLength', 0], [Set.prototype, 'union', 1], [Set.prototype, 'intersection', 1],
  [Set.prototype, 'difference', 1], [Set.prototype, 'symmetricDifference', 1], [Set.prototype, 'isSubsetOf', 1],
  [Set.prototype, 'isSupersetOf', 1], [Set.prototype, 'isDisjointFrom', 1], [Iterator, 'from', 1],
  ...['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'forEach', 'some', 'every', 'find'].map(
    (name) => [Iterator.prototype, name, 1]),
  [Iterator.prototype, 'toArray', 0],
]) {
  const { value, enumerable, writable, configurable } = Object.getOwnPropertyDescriptor(object, name);
  assert.deepStrictEqual([enumerable, writable, configurable], [false, true, true], name);
  assert.strictEqual(value.name, name);
  assert.strictEqual(value.length, length, name);
  assert.ok(!Object.hasOwn(value, 'prototype'), name);
  assert.throws(() => new value(), TypeError);
}
assert.strictEqual(Object.getOwnPropertyDescriptor(globalThis, 'Iterator').enumerable, false);

// ---- Arrays ----------------------------------------------------------------------------------

const source = [3, , 1]; // eslint-disable-line no-sparse-arrays
assert.deepStrictEqual(source.toReversed(), [1, undefined, 3]);
assert.deepStrictEqual(source.toSorted(), [1, 3, undefined]);
assert.deepStrictEqual([1, 2, 3].toSorted((a, b) => b - a), [3, 2, 1]);
assert.deepStrictEqual([1, 2, 3, 4].toSpliced(-3, 2, 'x'), [1, 'x', 4]);
assert.deepStrictEqual([1, 2].toSpliced(), [1, 2]);
assert.deepStrictEqual([1, 2].toSpliced(1), [1]);
assert.deepStrictEqual([1, 2].with(-1, 9), [1, 9]);
assert.strictEqual(1 in source, false);
assert.throws(() => [].with(0, 1), RangeError);
assert.throws(() => [].toSorted(null), TypeError);
assert.throws(() => Array.prototype.toReversed.call(null), TypeError);
assert.throws(() => Array.prototype.toReversed.call({ length: 2 ** 32 }), RangeError);
assert.deepStrictEqual(new Int16Array([3, -1]).toSorted(), new Int16Array([-1, 3]));
assert.deepStrictEqual(new Uint8Array([1, 2]).toReversed(), new Uint8Array([2, 1]));
assert.deepStrictEqual(new BigInt64Array(2).with(1, 5n), new BigInt64Array([0n, 5n]));
assert.throws(() => new BigInt64Array(1).with(0, 5), TypeError);
assert.throws(() => TypedArrayPrototype.toSorted.call([]), TypeError);

// ---- Grouping, strings, buffers --------------------------------------------------------------

const grouped = Object.groupBy([1, 2, 3], (n, i) => (n + i) % 3);
assert.strictEqual(Object.getPrototypeOf(grouped), null);
assert.deepStrictEqual({ ...grouped }, { 0: [2], 1: [1], 2: [3] });
assert.deepStrictEqual(Map.groupBy([1, 2], () => -0), new Map([[0, [1, 2]]]));
assert.throws(() => Object.groupBy(null, () => {}), TypeError);
let closed = 0;
const closing = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return() { closed++; return {}; } }) };
assert.throws(() => Map.groupBy(closing, () => { throw new RangeError('x'); }), RangeError);
assert.strictEqual(closed, 1);

assert.strictEqual('a\uD83D\uDE00'.isWellFormed(), true);
assert.strictEqual('\uDE00\uD83D'.isWellFormed(), false);
assert.strictEqual('\uDE00a\uD83D'.toWellFormed(), '\uFFFDa\uFFFD');

const buffer = Uint8Array.of(1, 2, 3).buffer;
const moved = buffer.transfer(2);
assert.deepStrictEqual([...new Uint8Array(moved)], [1, 2]);
assert.strictEqual(buffer.detached, true);
assert.strictEqual(moved.detached, false);
assert.throws(() => buffer.transfer(), TypeError);

// ---- Sets ------------------------------------------------------------------------------------

const set = new Set([1, 2, 3]);
assert.deepStrictEqual([...set.union(new Set([4, 1]))], [1, 2, 3, 4]);
assert.deepStrictEqual([...set.intersection(new Map([[3, 0], [1, 0]]))], [3, 1]);
assert.deepStrictEqual([...set.difference(new Set([2]))], [1, 3]);
assert.deepStrictEqual([...set.symmetricDifference(new Set([3, 4]))], [1, 2, 4]);
assert.strictEqual(set.isSubsetOf(new Set([1, 2, 3, 4])), true);
assert.strictEqual(set.isSupersetOf(new Set([1, 5])), false);
assert.strictEqual(set.isDisjointFrom(new Set([5])), true);
assert.throws(() => set.union([1]), TypeError);
assert.throws(() => set.union({ size: -1, has() {}, keys() {} }), RangeError);
assert.throws(() => Set.prototype.union.call({}, set), TypeError);
let stopped = 0;
set.isSupersetOf({ size: 1, has() {}, keys: () => ({ next: () => ({ value: 9 }), return() { stopped++; return {}; } }) });
assert.strictEqual(stopped, 1);

// ---- Iterators -------------------------------------------------------------------------------

assert.deepStrictEqual([1, 2, 3, 4].values().filter((n) => n % 2).map((n, i) => n + i).toArray(), [1, 4]);
assert.deepStrictEqual([1, 2, 3].values().drop(1).take(1).toArray(), [2]);
assert.deepStrictEqual([1, 2].values().flatMap((n) => [n, n]).toArray(), [1, 1, 2, 2]);
assert.strictEqual([1, 2, 3].values().reduce((a, b) => a + b), 6);
assert.strictEqual([1, 2].values().find((n) => n > 1), 2);
assert.strictEqual([1, 2].values().some((n) => n > 2), false);
assert.strictEqual([1, 2].values().every((n) => n > 0), true);
assert.throws(() => [].values().reduce(() => {}), TypeError);
assert.throws(() => [].values().take(-1), RangeError);
assert.throws(() => [].values().flatMap(() => 'ab').constructor(), TypeError);
assert.throws(() => new Iterator(), TypeError);
class Own extends Iterator {}
assert.ok(new Own() instanceof Iterator);
assert.strictEqual(Iterator.prototype[Symbol.toStringTag], 'Iterator');
let ended = 0;
function endless() {
  return { __proto__: Iterator.prototype, next: () => ({ done: false, value: 1 }), return() { ended++; return {}; } };
}
endless().take(1).toArray();
endless().map((n) => n).return();
const started = endless().map((n) => n);
started.next();
started.return();
assert.throws(() => endless().forEach(() => { throw new SyntaxError('x'); }), SyntaxError);
assert.throws(() => endless().map(5), TypeError);
assert.strictEqual(ended, 5);
assert.deepStrictEqual(Iterator.from('ab').toArray(), ['a', 'b']);
assert.deepStrictEqual(Iterator.from({ next() { return { done: true }; } }).next(), { done: true });

// ---- Promises --------------------------------------------------------------------------------

const { promise, resolve } = Promise.withResolvers();
resolve(5);
promise.then(common.mustCall((value) => assert.strictEqual(value, 5)));
Promise.try((a) => { throw a; }, 'thrown').catch(common.mustCall((error) => assert.strictEqual(error, 'thrown')));
Array.fromAsync([Promise.resolve(1), 2], (n) => n * 2).then(
  common.mustCall((list) => assert.deepStrictEqual(list, [2, 4])));
Array.fromAsync({ length: 1, 0: 'x' }).then(common.mustCall((list) => assert.deepStrictEqual(list, ['x'])));
Array.fromAsync(null).catch(common.mustCall((error) => assert.ok(error instanceof TypeError)));
