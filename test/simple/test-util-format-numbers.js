// Separators in numbers that format() writes; objects whose toString is no function; getters that lead back.
'use strict';

require('../common');
const assert = require('assert');
const util = require('util');

const separated = { numericSeparator: true };
assert.strictEqual(util.formatWithOptions(separated, '%d %i', 1234567n, 7654321), '1_234_567n 7_654_321');
assert.strictEqual(util.formatWithOptions(separated, '%f %s', 1234.56789, 1000000), '1_234.567_89 1_000_000');
assert.strictEqual(util.format('%d %i %f', 1234567, 1234567n, 5n), '1234567 1234567n 5');
assert.strictEqual(util.format('%s', { toString: 5 }), '{ toString: 5 }');
assert.strictEqual(util.format('Received %s', () => 5), 'Received () => 5');

class Left {
  constructor(right) { this.right = right; }
  get back() { return this.right; }
}
class Right {
  constructor() { this.left = new Left(this); }
  get there() { return this.left; }
}
assert.match(util.inspect(new Right(), { getters: true, showHidden: true, depth: 1 }), /^<ref \*1> Right \{[^]{0,200}\}$/);

assert.throws(() => Buffer.from(() => {}), /Received type function \(\[Function \(anonymous\)\]\)$/);
assert.throws(() => Buffer.from(function named() {}), /Received function named$/);

// A box is compared by its kind, whatever it pretends to be.
const boxed = Object.setPrototypeOf(new Boolean(true), String.prototype);
Object.defineProperty(boxed, Symbol.toStringTag, { value: 'String' });
assert(!util.isDeepStrictEqual(boxed, new String('true')));
