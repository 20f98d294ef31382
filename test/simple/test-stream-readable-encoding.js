// setEncoding: characters are whole, what was buffered before counts, the end flushes.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { Readable } = require('stream');

const euro = Buffer.from('\u20ac');
const split = new Readable({ read() {} });
split.push(euro.slice(0, 1));
split.setEncoding('utf8');
split.push(euro.slice(1, 2));
split.push(Buffer.concat([euro.slice(2), Buffer.from('x')]));
split.push(euro.slice(0, 2));
split.push(null);
let text = '';
split.on('data', (chunk) => {
  assert.strictEqual(typeof chunk, 'string');
  text += chunk;
});
split.on('end', mustCall(() => assert.strictEqual(text, '\u20acx\ufffd')));
assert.strictEqual(split.readableEncoding, 'utf8');

const hex = new Readable({ read() {}, encoding: 'hex' });
hex.push('AB');
assert.strictEqual(hex.readableLength, 4);
assert.strictEqual(hex.read(3), '414');
assert.strictEqual(hex.read(), '2');
assert.throws(() => hex.setEncoding('nonsense'), { code: 'ERR_UNKNOWN_ENCODING' });
