// assert: what holds, what does not, and the errors' messages and properties.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');

function failure(fn) {
  try {
    fn();
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error;
    return error;
  }
  throw new Error('nothing was thrown');
}

// Loose and strict, equal and not.
const rows = [
  // [a, b, equal, strictEqual, deepEqual, deepStrictEqual]
  [1, 1, 1, 1, 1, 1], [1, '1', 1, 0, 1, 0], [NaN, NaN, 1, 1, 1, 1], [0, -0, 1, 0, 1, 0], [null, undefined, 1, 0, 1, 0],
  [[1, [2]], [1, [2]], 0, 0, 1, 1], [[1], ['1'], 0, 0, 1, 0], [{ a: 1, b: 2 }, { b: 2, a: 1 }, 0, 0, 1, 1],
  [{ a: 1 }, { a: 1, b: undefined }, 0, 0, 0, 0], [new Date(0), new Date(0), 0, 0, 1, 1], [new Date(0), new Date(1), 0, 0, 0, 0],
  [/a/g, /a/g, 0, 0, 1, 1], [/a/g, /a/i, 0, 0, 0, 0], [new Set([{ a: 1 }]), new Set([{ a: 1 }]), 0, 0, 1, 1],
  [new Map([[{}, 1]]), new Map([[{}, 1]]), 0, 0, 1, 1], [new Map([[1, 1]]), new Map([[1, 2]]), 0, 0, 0, 0],
  [Buffer.from('a'), Buffer.from('a'), 0, 0, 1, 1], [new Error('a'), new Error('a'), 0, 0, 1, 1],
  [new Error('a'), new TypeError('a'), 0, 0, 0, 0], [Object(1), Object(1), 0, 0, 1, 1], [Object(1), Object(2), 0, 0, 0, 0],
  [[, 1], [undefined, 1], 0, 0, 0, 0], [{ [Symbol.iterator]: 1 }, { [Symbol.iterator]: 2 }, 0, 0, 1, 0],
  [['a'], { 0: 'a' }, 0, 0, 1, 0],
];
rows.forEach(([a, b, ...expected], i) => {
  ['equal', 'strictEqual', 'deepEqual', 'deepStrictEqual'].forEach((name, k) => {
    const not = `not${name[0].toUpperCase()}${name.slice(1)}`;
    const [holds, fails] = expected[k] ? [name, not] : [not, name];
    assert[holds](a, b, `row ${i} ${holds}`);
    assert.strictEqual(failure(() => assert[fails](a, b)).code, 'ERR_ASSERTION', `row ${i} ${fails}`);
  });
});
const a = { x: 1 };
const b = { x: 1 };
a.self = a;
b.self = b;
assert.deepStrictEqual(a, b);

const error = failure(() => assert.strictEqual(1, 2));
assert.deepStrictEqual([error.message, error.actual, error.expected, error.operator, error.generatedMessage, error.name],
                       ['Expected values to be strictly equal:\n\n1 !== 2\n', 1, 2, 'strictEqual', true, 'AssertionError']);
assert.match(error.stack, /^AssertionError \[ERR_ASSERTION\]: Expected values[^]*test-assert-functions\.js/);
assert.strictEqual(failure(() => assert.strictEqual(1, 2, 'mine')).message, 'mine');
assert.throws(() => assert.strictEqual(1, 2, new RangeError('own')), RangeError);
assert.strictEqual(failure(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] })).message,
                   'Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n    a: 1,\n    b: [\n      1,\n+     2\n-     3\n    ]\n  }');
assert.strictEqual(failure(() => assert(0 === 1)).message,
                   'The expression evaluated to a falsy value:\n\n  assert(0 === 1)\n');
assert.strictEqual(failure(() => assert.ok(null, undefined)).message,
                   'The expression evaluated to a falsy value:\n\n  assert.ok(null, undefined)\n');
assert.strictEqual(failure(() => assert.ok()).message, 'No value argument passed to `assert.ok()`');
assert.strictEqual(failure(() => assert.fail()).message, 'Failed');

// Errors that are expected.
const thrower = () => { throw Object.assign(new TypeError('bad thing'), { code: 'E' }); };
assert.throws(thrower);
assert.throws(thrower, TypeError);
assert.throws(thrower, /bad/);
assert.throws(thrower, { name: 'TypeError', message: /thing$/, code: 'E' });
assert.throws(thrower, (e) => e.code === 'E');
assert.strictEqual(failure(() => assert.throws(() => {})).message, 'Missing expected exception.');
assert.strictEqual(failure(() => assert.throws(() => {}, TypeError, 'why')).message, 'Missing expected exception (TypeError): why');
assert.strictEqual(failure(() => assert.throws(thrower, { code: 'F' })).code, 'ERR_ASSERTION');
assert.match(failure(() => assert.throws(thrower, RangeError)).message, /expected to be an instance of "RangeError"/);
assert.throws(() => assert.throws(thrower, 'bad thing'), { code: 'ERR_AMBIGUOUS_ARGUMENT' });
assert.throws(() => assert.throws('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => assert.throws(thrower, {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.match(failure(() => assert.doesNotThrow(thrower)).message, /^Got unwanted exception\.\nActual message: "bad thing"/);
assert.rejects(async () => thrower(), TypeError).then(mustCall());
assert.rejects(assert.rejects(Promise.resolve()), { message: 'Missing expected rejection.' }).then(mustCall());
assert.doesNotReject(Promise.resolve()).then(mustCall());
assert.ifError(null);
assert.strictEqual(failure(() => assert.ifError(new Error('x'))).message, 'ifError got unwanted exception: x');
assert.match('abc', /b/);
assert.strictEqual(failure(() => assert.match('abc', /x/)).operator, 'match');
assert.doesNotMatch('abc', /x/);
assert.strictEqual(assert.strict.equal, assert.strictEqual);
assert.strictEqual(require('assert/strict'), assert.strict);
assert.throws(() => assert.equal(1), { code: 'ERR_MISSING_ARGS' });

const tracker = new assert.CallTracker();
const tracked = tracker.calls((x) => x + 1, 2);
assert.strictEqual(tracked(1), 2);
assert.throws(() => tracker.verify(), /executed 2 time\(s\) but was executed 1 time\(s\)/);
tracked();
tracker.verify();
