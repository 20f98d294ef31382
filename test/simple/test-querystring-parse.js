// querystring.parse and unescape.
'use strict';
require('../common');
const assert = require('assert');
const qs = require('querystring');

const cases = [
  ['foo=918854443121279438895193', { foo: '918854443121279438895193' }],
  ['foo=bar&foo=quux', { foo: ['bar', 'quux'] }],
  ['foo=1&bar=2&foo=3&foo=4', { foo: ['1', '3', '4'], bar: '2' }],
  ['foo%3Dbar=baz', { 'foo=bar': 'baz' }],
  ['foo=baz=bar', { foo: 'baz=bar' }],
  ['str=foo&arr=1&somenull=&undef', { str: 'foo', arr: '1', somenull: '', undef: '' }],
  [' foo = bar ', { ' foo ': ' bar ' }],
  ['a+b=c+d%20e', { 'a b': 'c d e' }],
  ['a=%zx&b=%&c=%f', { a: '%zx', b: '%', c: '%f' }],
  ['a=%e2%82%ac&b=\u20ac&c=%ff', { a: '\u20ac', b: '\u20ac', c: '\ufffd' }],
  ['&&&a=1&&', { a: '1' }],
  ['=', { '': '' }],
  ['__proto__=1&hasOwnProperty=x', { ['__proto__']: '1', hasOwnProperty: 'x' }],
];
for (const [text, expected] of cases) {
  const parsed = qs.parse(text);
  assert.strictEqual(Object.getPrototypeOf(parsed), null);
  assert.deepStrictEqual({ ...parsed }, { ...expected }, text);
}
for (const nothing of ['', undefined, null, 5, {}, []]) assert.deepStrictEqual(Object.keys(qs.parse(nothing)), []);

assert.deepStrictEqual({ ...qs.parse('a:1;b:2', ';', ':') }, { a: '1', b: '2' });
assert.deepStrictEqual({ ...qs.parse('a==1&&b==2', '&&', '==') }, { a: '1', b: '2' });
assert.deepStrictEqual(Object.keys(qs.parse('a&b&c&d', null, null, { maxKeys: 2 })), ['a', 'b']);
const many = Array.from({ length: 1500 }, (_, i) => `k${i}`).join('&');
assert.strictEqual(Object.keys(qs.parse(many)).length, 1000);
assert.strictEqual(Object.keys(qs.parse(many, null, null, { maxKeys: 0 })).length, 1500);
assert.deepStrictEqual({ ...qs.parse('a=b+c', null, null, { decodeURIComponent: (s) => s.toUpperCase() }) }, { A: 'B%20C' });

assert.strictEqual(qs.unescape('a%20b+c'), 'a b+c');
assert.strictEqual(qs.unescape('%zz%41'), '%zzA');
assert.deepStrictEqual(qs.unescapeBuffer('a%ff%4'), Buffer.from([0x61, 0xFF, 0x25, 0x34]));
assert.strictEqual(qs.decode, qs.parse);
