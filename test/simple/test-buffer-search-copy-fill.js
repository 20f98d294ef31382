// indexOf and its kin, copy, compare, fill, slice, inspect.
'use strict';

require('../common');
const assert = require('assert');
const buffer = require('buffer');
const { inspect } = require('util');

const text = Buffer.from('abcabcab');
assert.strictEqual(text.indexOf('abc'), 0);
assert.strictEqual(text.indexOf('abc', 1), 3);
assert.strictEqual(text.indexOf('abc', -5), 3);
assert.strictEqual(text.indexOf(Buffer.from('ca')), 2);
assert.strictEqual(text.indexOf(98, 2), 4);
assert.strictEqual(text.indexOf(98 + 256), 1);
assert.strictEqual(text.indexOf('nope'), -1);
assert.strictEqual(text.indexOf('', 3), 3);
assert.strictEqual(text.indexOf('', 99), 8);
assert.strictEqual(text.lastIndexOf('abc'), 3);
assert.strictEqual(text.lastIndexOf('abc', 2), 0);
assert.strictEqual(text.lastIndexOf(97), 6);
assert.strictEqual(text.indexOf('6263', 'hex'), 1);
assert.strictEqual(text.includes('cab'), true);
const wide = Buffer.from('xyxz', 'ucs2');
assert.strictEqual(wide.indexOf('xz', 0, 'ucs2'), 4);
assert.strictEqual(wide.indexOf('\u7800', 0, 'ucs2'), -1);  // only at an odd place
assert.throws(() => text.indexOf({}), { code: 'ERR_INVALID_ARG_TYPE' });

const target = Buffer.alloc(4, '.');
assert.strictEqual(text.copy(target, 1, 0, 2), 2);
assert.strictEqual(target.toString(), '.ab.');
assert.strictEqual(text.copy(target, 2), 2);
assert.strictEqual(text.copy(target, 9), 0);
assert.throws(() => text.copy(target, -1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => text.copy(target, 0, 9), { code: 'ERR_OUT_OF_RANGE' });
const overlap = Buffer.from('abcdef');
overlap.copy(overlap, 2, 0, 4);
assert.strictEqual(overlap.toString(), 'ababcd');

assert.strictEqual(Buffer.compare(Buffer.from('a'), Buffer.from('b')), -1);
assert.strictEqual(Buffer.from('ab').compare(Buffer.from('xab'), 1), 0);
assert.strictEqual(Buffer.from('ab').equals(new Uint8Array([97, 98])), true);
assert.strictEqual(Buffer.from('ab').equals(Buffer.from('abc')), false);

assert.strictEqual(Buffer.alloc(5).fill('xy').toString(), 'xyxyx');
assert.strictEqual(Buffer.alloc(5, '.').fill('xyz', 1, 3).toString(), '.xy..');
assert.strictEqual(Buffer.alloc(4).fill('6162', 'hex').toString(), 'abab');
assert.throws(() => Buffer.alloc(4).fill('zz', 'hex'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => Buffer.alloc(4).fill(0, 0, 5), { code: 'ERR_OUT_OF_RANGE' });

const part = text.slice(1, -1);
assert.strictEqual(part.toString(), 'bcabca');
part[0] = 0x42;
assert.strictEqual(text[1], 0x42);
assert.ok(Buffer.isBuffer(text.subarray(2)));
assert.strictEqual(text.slice(5, 2).length, 0);

// write(): all orders of arguments, also those of 0.3.1.
const room = Buffer.alloc(6, '.');
const written = (...args) => {
  room.fill('.');
  return [room.write(...args), room.toString('latin1')];
};
assert.deepStrictEqual(written('abc'), [3, 'abc...']);
assert.deepStrictEqual(written('abc', 2), [3, '..abc.']);
assert.deepStrictEqual(written('abc', 2, 2), [2, '..ab..']);
assert.deepStrictEqual(written('6162', 'hex'), [2, 'ab....']);
assert.deepStrictEqual(written('6162', 1, 'hex'), [2, '.ab...']);
assert.deepStrictEqual(written('616263', 1, 2, 'hex'), [2, '.ab...']);
assert.deepStrictEqual(written('6162', 'hex', 1), [2, '.ab...']);
assert.deepStrictEqual(written('abc', '2'), [3, '..abc.']);
assert.deepStrictEqual(written('', 99), [0, '......']);
assert.throws(() => room.write('a', 7), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => room.write(5), { code: 'ERR_INVALID_ARG_TYPE' });

assert.strictEqual(inspect(Buffer.from('ab')), '<Buffer 61 62>');
assert.strictEqual(inspect(Buffer.alloc(0)), '<Buffer >');
assert.match(inspect(Buffer.alloc(52)), /^<Buffer( 00){50} \.\.\. 2 more bytes>$/);
const extra = Buffer.from('a');
extra.name = 'x';
assert.strictEqual(inspect(extra), "<Buffer 61, name: 'x'>");
buffer.INSPECT_MAX_BYTES = 1;
assert.strictEqual(inspect(Buffer.from('abc')), '<Buffer 61 ... 2 more bytes>');
assert.deepStrictEqual(JSON.parse(JSON.stringify(Buffer.from('a'))), { type: 'Buffer', data: [97] });
