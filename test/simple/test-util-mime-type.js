// MIMEType and MIMEParams: reading, writing, what is no MIME type; inspect of what refers to itself all over.
'use strict';

require('../common');
const assert = require('assert');
const util = require('util');
const { MIMEParams, MIMEType } = util;

const texts = {
  'Text/HTML': 'text/html',
  ' text/html ; charset=UTF-8 ': 'text/html;charset=UTF-8',
  'a/b;x=1;X=2;y': 'a/b;x=1',
  'a/b;x="q;\\"w";y=': 'a/b;x="q;\\"w"',
  'a/b;x="open': 'a/b;x=open',
  'a/b;x="q"rest;z=1': 'a/b;x=q;z=1',
  'a/b;=1;x =2;(=3;c=\u0100': 'a/b',
  'a/b;x="  "': 'a/b;x="  "',
};
for (const [input, output] of Object.entries(texts)) {
  assert.strictEqual(String(new MIMEType(input)), output);
  assert.strictEqual(JSON.stringify(new MIMEType(input)), JSON.stringify(output));
}
for (const input of ['', 'a', 'a/', '/b', 'a/b c', 'a b/c', '\fa/b', '\u00e9/b']) {
  assert.throws(() => new MIMEType(input), { name: 'TypeError', code: 'ERR_INVALID_MIME_SYNTAX' });
}
assert.throws(() => new MIMEType('a,/b'), { message: 'The MIME syntax for a type in "a,/b" is invalid at 1' });

const mime = new MIMEType('text/plain');
mime.type = 'Image';
mime.subtype = 'PNG';
assert.strictEqual(mime.essence, 'image/png');
mime.params.set('q', '"');
mime.params.set('r', '');
assert.strictEqual(String(mime), 'image/png;q="\\"";r=""');
assert.deepStrictEqual([...mime.params], [['q', '"'], ['r', '']]);
assert.deepStrictEqual([[...mime.params.keys()], [...mime.params.values()]], [['q', 'r'], ['"', '']]);
mime.params.delete('q');
assert.strictEqual(mime.params.get('q'), null);
assert.strictEqual(mime.params.has('r'), true);
assert.throws(() => { mime.type = 'a b'; }, { code: 'ERR_INVALID_MIME_SYNTAX' });
assert.throws(() => mime.params.set('a b', ''), { message: 'The MIME syntax for a parameter name in "a b" is invalid at 1' });
assert.throws(() => mime.params.set('a', '\n'), { message: 'The MIME syntax for a parameter value in "\n" is invalid at 0' });
assert.strictEqual(String(new MIMEParams()), '');

// The text of this grows with the third power of the size; there is an end to it.
const tangle = {};
for (let last = tangle, i = 0; i < 1000; i++) {
  last.next = { tangle, last };
  last = last.next;
  tangle[i] = last;
}
assert(util.inspect(tangle, { depth: Infinity }).length > 1e6);
