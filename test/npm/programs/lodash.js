// lodash: collections, templates, debounce.
'use strict';

const assert = require('assert');
const _ = require('lodash');

assert.deepStrictEqual(_.groupBy([6.1, 4.2, 6.3], Math.floor), { 4: [4.2], 6: [6.1, 6.3] });
assert.deepStrictEqual(_.merge({ a: [{ b: 2 }] }, { a: [{ c: 3 }] }), { a: [{ b: 2, c: 3 }] });
assert.strictEqual(_.template('hello <%= user %>')({ user: 'fred' }), 'hello fred');
assert.ok(_.isEqual(_.cloneDeep({ d: new Date(0), b: Buffer.from('x') }), { d: new Date(0), b: Buffer.from('x') }));
let calls = 0;
const slow = _.debounce(() => calls++, 10);
slow();
slow();
setTimeout(() => assert.strictEqual(calls, 1), 100);
