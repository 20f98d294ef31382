// Numbers and two-byte text at every place of a buffer, not only at those that a processor likes,
// and always in the order of bytes that was asked for. Sanitizers watch alignment here.
'use strict';
const assert = require('assert');

const text = 'h\u00e9\u20ac\ud83d\ude00';
for (let offset = 0; offset < 16; offset++) {
  const buffer = Buffer.alloc(48);

  assert.strictEqual(buffer.write(text, offset, 'utf16le'), 10);
  assert.strictEqual(buffer.toString('hex', offset, offset + 10), '6800e900ac203dd800de');
  assert.strictEqual(buffer.toString('utf16le', offset, offset + 10), text);
  // Searching whole units, what stands at an odd place is not found.
  assert.strictEqual(buffer.indexOf('\u20ac', 'utf16le'), offset % 2 === 0 ? offset + 4 : -1);
  assert.strictEqual(buffer.subarray(offset).indexOf(Buffer.from('\u20ac', 'utf16le')), 4);

  buffer.writeDoubleLE(-1.5e300, offset);
  assert.strictEqual(buffer.readDoubleLE(offset), -1.5e300);
  assert.strictEqual(Buffer.from(buffer.subarray(offset, offset + 8)).reverse().readDoubleBE(0), -1.5e300);
  buffer.writeFloatBE(0.5, offset);
  assert.strictEqual(buffer.toString('hex', offset, offset + 4), '3f000000');
  buffer.writeBigUInt64LE(0x0123456789abcdefn, offset);
  assert.strictEqual(buffer.toString('hex', offset, offset + 8), 'efcdab8967452301');
  assert.strictEqual(buffer.readBigUInt64LE(offset), 0x0123456789abcdefn);
  buffer.writeUInt32BE(0xfedcba98, offset);
  assert.strictEqual(buffer.readUInt32BE(offset), 0xfedcba98);
  assert.strictEqual(buffer.readUInt16LE(offset + 1), 0xbadc);

  for (const [swap, expected] of [['swap16', '0100030205040706'], ['swap32', '0302010007060504'], ['swap64', '0706050403020100']]) {
    for (let i = 0; i < 8; i++) buffer[offset + i] = i;
    assert.strictEqual(buffer.subarray(offset, offset + 8)[swap]().toString('hex'), expected);
  }
}
