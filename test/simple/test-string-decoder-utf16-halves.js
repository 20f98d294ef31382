// UTF-16 in pieces that cut units and surrogate pairs; methods on foreign objects.
'use strict';

require('../common');
const assert = require('assert');
const { StringDecoder } = require('string_decoder');

function pieces(...hexadecimal) {
  const decoder = new StringDecoder('utf16le');
  const texts = hexadecimal.map((text) => decoder.write(Buffer.from(text, 'hex')));
  return [...texts, decoder.end()];
}

assert.deepStrictEqual(pieces('3dd8', '4d', 'dc'), ['', '', '\ud83d\udc4d', '']);
assert.deepStrictEqual(pieces('3dd8', '4d'), ['', '', '\ud83d']);
assert.deepStrictEqual(pieces('3dd8'), ['', '\ud83d']);
// An odd byte alone waits; what stands before it comes out at once.
assert.deepStrictEqual(pieces('3dd84d', 'dc'), ['\ud83d', '\udc4d', '']);
assert.deepStrictEqual(pieces('3d', 'd84d', 'dc'), ['', '', '\ud83d\udc4d', '']);

for (const method of ['write', 'end']) {
  assert.throws(() => StringDecoder.prototype[method](Buffer.from('abc')), { code: 'ERR_INVALID_THIS' });
}
