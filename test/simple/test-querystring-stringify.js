// querystring.stringify and escape.
'use strict';
require('../common');
const assert = require('assert');
const qs = require('querystring');

for (const [object, expected] of [
  [{ foo: 'bar', n: 1, b: true, no: false }, 'foo=bar&n=1&b=true&no=false'],
  [{ list: ['a', 2, ''], empty: [] }, 'list=a&list=2&list='],
  [{ a: null, b: undefined, c: NaN, d: Infinity, e: {}, f: () => {} }, 'a=&b=&c=&d=&e=&f='],
  [{ 'x y': 'a&b=c', euro: '\u20ac' }, 'x%20y=a%26b%3Dc&euro=%E2%82%AC'],
  [{ big: 12345678901234567890n }, 'big=12345678901234567890'],
  ['text', ''],
  [undefined, ''],
]) {
  assert.strictEqual(qs.stringify(object), expected);
}
assert.strictEqual(qs.stringify({ a: 1, b: [2, 3] }, ';', ':'), 'a:1;b:2;b:3');
assert.strictEqual(qs.stringify({ a: 'x y' }, null, null, { encodeURIComponent: (s) => `<${s}>` }), '<a>=<x y>');
assert.strictEqual(qs.encode, qs.stringify);

assert.strictEqual(qs.escape("-_.!~*'() /?"), "-_.!~*'()%20%2F%3F");
assert.strictEqual(qs.escape(5), '5');
assert.strictEqual(qs.escape({ toString: () => 'a b' }), 'a%20b');
assert.throws(() => qs.escape('\ud800'), { code: 'ERR_INVALID_URI', name: 'URIError' });

// Programs may bring their own.
const { escape } = qs;
qs.escape = (text) => `(${text})`;
assert.strictEqual(qs.stringify({ a: 'b' }), '(a)=(b)');
qs.escape = escape;
