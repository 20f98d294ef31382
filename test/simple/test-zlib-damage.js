// Damaged, truncated and foreign input of zlib fails with the codes of Node, in every form in which it is read.
'use strict';

const { expectsError, mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const readers = { deflate: 'Inflate', gzip: 'Gunzip', deflateRaw: 'InflateRaw' };
const camel = (name) => name[0].toLowerCase() + name.slice(1);
const text = Array.from({ length: 200 }, (_, i) => `line ${i * i}\n`).join('');

function expectFailure(Class, bytes, shape) {
  const name = camel(Class);
  assert.throws(() => zlib[`${name}Sync`](bytes), shape);
  zlib[name](bytes, expectsError(shape));
  const stream = zlib[`create${Class}`]();
  stream.on('error', expectsError(shape)).on('end', mustNotCall()).on('close', mustCall()).resume();
  stream.end(bytes);
}

const dataError = (message) => ({ name: 'Error', code: 'Z_DATA_ERROR', errno: -3, message });
const endError = { name: 'Error', code: 'Z_BUF_ERROR', errno: -5, message: 'unexpected end of file' };

// Truncated.
for (const [write, Class] of Object.entries(readers)) {
  const packed = zlib[`${write}Sync`](text);
  for (const length of [0, 1, 2, 5, 9, 10, 11, packed.length >> 1, packed.length - 1]) {
    const part = packed.subarray(0, length);
    expectFailure(Class, part, endError);
    // Unless whoever reads is content with what there is.
    const some = zlib[`${camel(Class)}Sync`](part, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString();
    assert.ok(text.startsWith(some));
    if (length === packed.length - 1) assert.ok(some.length > text.length - 10);
  }
}

// Foreign.
for (const Class of ['Inflate', 'Gunzip', 'Unzip']) {
  expectFailure(Class, 'this is no such format', dataError('incorrect header check'));
}
expectFailure('InflateRaw', Buffer.from([0xff]), dataError('invalid block type'));
expectFailure('Gunzip', zlib.deflateSync('x'), dataError('incorrect header check'));
expectFailure('Inflate', zlib.gzipSync('x'), dataError('incorrect header check'));

// Damaged: by its checksum, its length, its contents.
function damage(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] ^= 1;
  return copy;
}
const packed = zlib.gzipSync(text);
expectFailure('Gunzip', damage(packed, -8), dataError('incorrect data check'));
expectFailure('Gunzip', damage(packed, -1), dataError('incorrect length check'));
expectFailure('Gunzip', damage(packed, 2), dataError('unknown compression method'));
expectFailure('Inflate', damage(zlib.deflateSync(text), -1), dataError('incorrect data check'));
expectFailure('Inflate', Buffer.from('789c4b4c02070000', 'hex'), dataError(/./));

// Every single flipped bit of a stream is noticed by its checksums, or is in a part that says nothing about the contents.
const small = zlib.gzipSync('abcabcabcabc');
for (let bit = 0; bit < small.length * 8; bit++) {
  const copy = Buffer.from(small);
  copy[bit >> 3] ^= 1 << (bit & 7);
  let result;
  try {
    result = zlib.gunzipSync(copy).toString();
  } catch (error) {
    assert.match(error.code, /^Z_(DATA|BUF)_ERROR$/);
    continue;
  }
  assert.strictEqual(result, 'abcabcabcabc');
}

// What came before the damage has been handed out.
const stream = zlib.createInflate();
const damaged = damage(zlib.deflateSync(text), -1);
let seen = '';
stream.on('data', (part) => { seen += part; });
stream.on('error', mustCall(() => assert.strictEqual(seen, text)));
stream.write(damaged.subarray(0, -4), () => stream.end(damaged.subarray(-4)));
