// Blob, File and DOMException.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { Blob, File } = require('buffer');

const source = new Uint8Array([99]);
const blob = new Blob(['ab', source, new Blob(['d\u20ac']), source.buffer], { type: 'Text/Plain' });
source[0] = 0;  // the blob has a copy
assert.strictEqual(blob.size, 8);
assert.strictEqual(blob.type, 'text/plain');
assert.throws(() => new Blob('text'), { code: 'ERR_INVALID_ARG_TYPE' });
const file = new File(['x'], 'name.txt', { lastModified: 5 });
assert.strictEqual(file.name, 'name.txt');
assert.strictEqual(file.lastModified, 5);
assert.ok(file instanceof Blob);

(async () => {
  assert.strictEqual(await blob.text(), 'abcd\u20acc');
  assert.strictEqual(await blob.slice(1, -4).text(), 'bcd');
  assert.strictEqual((await blob.slice(0, 2).arrayBuffer()).byteLength, 2);
})().then(mustCall());

const error = new DOMException('message', 'AbortError');
assert.strictEqual(error.code, 20);
assert.strictEqual(error.code, DOMException.ABORT_ERR);
assert.strictEqual(`${error}`, 'AbortError: message');
assert.ok(error instanceof Error);
assert.match(error.stack, /^AbortError: message\n\s+at /);
assert.strictEqual(new DOMException('m', { name: 'X', cause: 1 }).cause, 1);
