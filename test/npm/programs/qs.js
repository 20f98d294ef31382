// qs: nested objects as queries and back.
'use strict';

const assert = require('assert');
const qs = require('qs');

const value = { a: { b: ['1', '2'] }, c: 'x y&z' };
assert.deepStrictEqual(qs.parse(qs.stringify(value)), value);
assert.strictEqual(qs.stringify({ a: [1, 2] }, { arrayFormat: 'brackets', encode: false }), 'a[]=1&a[]=2');
