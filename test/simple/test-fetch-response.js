// The globals Headers and Response: lists without regard to case, bodies of every kind, read once.
'use strict';

const common = require('../common');
const assert = require('assert');

const headers = new Headers([['B', '2'], ['a', ' 1 '], ['b', '3'], ['Set-Cookie', 'x=1'], ['set-cookie', 'y=2']]);
assert.deepStrictEqual([...headers], [['a', '1'], ['b', '2, 3'], ['set-cookie', 'x=1'], ['set-cookie', 'y=2']]);
assert.strictEqual(headers.get('B'), '2, 3');
assert.deepStrictEqual(headers.getSetCookie(), ['x=1', 'y=2']);
headers.delete('b');
assert.strictEqual(headers.has('B'), false);
assert.throws(() => headers.set('bad name', 'x'), TypeError);
assert.throws(() => headers.set('name', 'a\nb'), TypeError);
assert.throws(() => Headers.prototype.get.call({}, 'a'), { code: 'ERR_INVALID_THIS' });
assert.throws(() => new Headers([['only']]), TypeError);

async function main() {
  const text = new Response('h\u00e9llo', { status: 201, statusText: 'Made', headers: { 'X-A': '1' } });
  assert.deepStrictEqual([text.status, text.ok, text.statusText, text.headers.get('x-a')], [201, true, 'Made', '1']);
  assert.strictEqual(text.headers.get('content-type'), 'text/plain;charset=UTF-8');
  const copy = text.clone();
  assert.strictEqual(await text.text(), 'h\u00e9llo');
  assert.strictEqual(text.bodyUsed, true);
  await assert.rejects(text.text(), TypeError);
  assert.strictEqual(await copy.text(), 'h\u00e9llo');
  assert.deepStrictEqual(await Response.json({ a: 1 }).json(), { a: 1 });
  assert.deepStrictEqual(new Uint8Array(await new Response(new Uint8Array([1, 2])).arrayBuffer()), new Uint8Array([1, 2]));
  assert.strictEqual(await new Response(new URLSearchParams({ q: 'a b' })).text(), 'q=a+b');
  const blob = await new Response(new Blob(['x'], { type: 'text/x' })).blob();
  assert.deepStrictEqual([await blob.text(), blob.type], ['x', 'text/x']);
  assert.strictEqual(await new Response().text(), '');
  assert.strictEqual(Response.error().type, 'error');
  assert.strictEqual(Response.redirect('http://a.b/c', 301).headers.get('location'), 'http://a.b/c');
  assert.throws(() => Response.redirect('http://a.b/c', 200), RangeError);
  assert.throws(() => new Response('x', { status: 204 }), TypeError);
  assert.throws(() => new Response('', { status: 99 }), RangeError);
}

main().then(common.mustCall());
