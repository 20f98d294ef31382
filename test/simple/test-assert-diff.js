// What the messages show of two values that differ: lines around each difference, dots for the rest.
'use strict';

require('../common');
const assert = require('assert');

// The lines behind the head, joined.
function diffOf(actual, expected, method = 'deepStrictEqual') {
  try {
    assert[method](actual, expected);
  } catch (error) {
    const [, , , ...lines] = error.message.split('\n');
    return [lines.map((line) => line.replace(/^(.) +/, '$1')).join('|'), error.message.includes('... Lines skipped')];
  }
  return assert.fail('no difference');
}

const numbers = Array.from({ length: 40 }, (_, i) => i);
const changed = (...at) => numbers.map((n, i) => (at.includes(i) ? 'x' : n));

assert.deepStrictEqual(diffOf(numbers, changed(3)), [" [| 0,| 1,| 2,|+3,|-'x',| 4,|...| 38,| 39| ]", true]);
// One line is not worth dots, two are.
assert.strictEqual(diffOf(numbers, changed(5, 11))[0],
                   " [| 0,|...| 3,| 4,|+5,|-'x',| 6,| 7,| 8,| 9,| 10,|+11,|-'x',| 12,|...| 38,| 39| ]");
assert.strictEqual(diffOf(numbers, changed(5, 12))[0],
                   " [| 0,|...| 3,| 4,|+5,|-'x',| 6,| 7,|...| 10,| 11,|+12,|-'x',| 13,|...| 38,| 39| ]");
assert.deepStrictEqual(diffOf([1, 2], [1, 2, 3]), [' [| 1,| 2,|-3| ]', false]);
assert.deepStrictEqual(diffOf({ a: 1, b: 2 }, { a: 1 }), [' {| a: 1,|+b: 2| }', false]);

// Many differences: some fifty lines are enough.
const long = diffOf(numbers.map((n) => n + 1), numbers.map((n) => `${n}`))[0].split('|');
assert(long.length > 50 && long.length < 60, `${long.length} lines`);
assert.strictEqual(long[long.length - 1], '...');

// Long texts with several lines are compared line by line.
assert.deepStrictEqual(diffOf(`${'x'.repeat(60)}\n${'y'.repeat(30)}`, `${'x'.repeat(60)}\n${'z'.repeat(30)}`, 'strictEqual'),
                       [` '${'x'.repeat(60)}\\n' +|+'${'y'.repeat(30)}'|-'${'z'.repeat(30)}'`, false]);
assert.throws(() => assert.deepEqual('a'.repeat(600), 'b'), (error) => error.message.includes(`${'a'.repeat(508)}...`));

// Nothing to quote: the values themselves.
assert.throws(() => new Function('assert', 'assert(0)')(assert), { message: '0 == true' });
