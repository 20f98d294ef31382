// util.inspect: every kind of value, every option.
'use strict';
const assert = require('assert');
const util = require('util');
const { inspect } = util;

class Foo { constructor() { this.a = 1; } }
const circular = { name: 'c' };
circular.self = circular;
const cases = [
  [undefined, 'undefined'], [null, 'null'], [-0, '-0'], [10n, '10n'], [Symbol('x'), 'Symbol(x)'],
  ["it's", '"it\'s"'], ['a\nb\u0001', "'a\\nb\\x01'"], [[], '[]'], [{}, '{}'],
  [[1, , 3], '[ 1, <1 empty item>, 3 ]'], [{ a: 1, 'b-c': [2] }, "{ a: 1, 'b-c': [ 2 ] }"],
  [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: [Object] } } }'],
  [new Foo(), 'Foo { a: 1 }'], [Foo, '[class Foo]'], [class B extends Foo {}, '[class B extends Foo]'],
  [function f() {}, '[Function: f]'], [async () => {}, '[AsyncFunction (anonymous)]'],
  [Object.create(null), '[Object: null prototype] {}'], [circular, "<ref *1> { name: 'c', self: [Circular *1] }"],
  [new Map([[1, { a: 2 }]]), 'Map(1) { 1 => { a: 2 } }'], [new Set(['x']), "Set(1) { 'x' }"],
  [new Map([[1, 2]]).entries(), '[Map Entries] { [ 1, 2 ] }'], [new Set([1]).values(), '[Set Iterator] { 1 }'],
  [new Date(0), '1970-01-01T00:00:00.000Z'], [/x/g, '/x/g'], [new Uint8Array(2), 'Uint8Array(2) [ 0, 0 ]'],
  [Buffer.from('ab'), '<Buffer 61 62>'], [new String('s'), "[String: 's']"], [Object(1n), '[BigInt: 1n]'],
  [Promise.resolve(4), 'Promise { 4 }'], [new Promise(() => {}), 'Promise { <pending> }'],
  [new WeakMap(), 'WeakMap { <items unknown> }'], [new Proxy({ a: 1 }, {}), '{ a: 1 }'],
  [{ get a() { return 1; }, set b(v) {} }, '{ a: [Getter], b: [Setter] }'],
  [new ArrayBuffer(2), 'ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }'],
  [(function() { return arguments; })(1), "[Arguments] { '0': 1 }"],
];
const rejected = Promise.reject(new TypeError('no'));
rejected.catch(() => {});
assert.match(inspect(rejected), /^Promise \{\n {2}<rejected> TypeError: no\n/);
for (const [value, text] of cases) assert.strictEqual(inspect(value), text);

assert.strictEqual(inspect({ a: { b: 1 } }, { depth: 0 }), '{ a: [Object] }');
assert.strictEqual(inspect({ a: { b: { c: { d: 1 } } } }, { depth: null, breakLength: Infinity, compact: true }),
                   '{ a: { b: { c: { d: 1 } } } }');
assert.strictEqual(inspect({ a: 1, b: 'x' }, { colors: true }), '{ a: \x1b[33m1\x1b[39m, b: \x1b[32m\'x\'\x1b[39m }');
assert.strictEqual(inspect([1], { showHidden: true }), '[ 1, [length]: 1 ]');
assert.strictEqual(inspect('abcdef', { maxStringLength: 2 }), "'ab'... 4 more characters");
assert.strictEqual(inspect([1, 2, 3], { maxArrayLength: 1 }), '[ 1, ... 2 more items ]');
assert.strictEqual(inspect({ b: 1, a: 2 }, { sorted: true }), '{ a: 2, b: 1 }');
assert.strictEqual(inspect({ get a() { return 1; } }, { getters: true }), '{ a: [Getter: 1] }');
assert.strictEqual(inspect(123456789.5, { numericSeparator: true }), '123_456_789.5');
assert.strictEqual(inspect(new Proxy({ a: 1 }, { get: 1 }), { showProxy: true }), 'Proxy [ { a: 1 }, { get: 1 } ]');
assert.strictEqual(inspect({ a: 1 }, { compact: false }), '{\n  a: 1\n}');
assert.strictEqual(inspect({ [inspect.custom]: (depth, options) => `custom ${depth} ${options.colors}` }), 'custom 2 false');
assert.strictEqual(inspect(Array.from({ length: 27 }, (_, i) => i)).split('\n').length, 6);

const error = new Error('boom', { cause: new Error('why') });
error.code = 'E_X';
assert.match(inspect(error), /^Error: boom\n {4}at [^]*\{\n {2}code: 'E_X',\n {2}\[cause\]: Error: why\n/);

const format = [
  [['%s %s', 'a'], 'a %s'], [['%s', { a: { b: 1 } }], '{ a: [Object] }'], [['%d', '42'], '42'], [['%i', 42.9], '42'],
  [['%f', '1.5x'], '1.5'], [['%j', { a: 1 }], '{"a":1}'], [['%j', circular], '[Circular]'], [['%%', 1], '% 1'],
  [['%c!', 'css'], '!'], [['%o', [1]], '[ 1, [length]: 1 ]'], [['a', { b: 1 }, 'c'], 'a { b: 1 } c'], [[1, '2'], '1 2'],
  [['%s', -0], '-0'], [['%s', Symbol('q')], 'Symbol(q)'], [['%x', 1], '%x 1'], [['%s', null], 'null'], [['%d', 5n], '5n'],
];
for (const [args, text] of format) assert.strictEqual(util.format(...args), text);
