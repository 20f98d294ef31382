// zlib: flush() makes what has been written readable, params() changes level and strategy midway, reset() begins again.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const { promisify } = require('util');
const zlib = require('zlib');

const { Z_BLOCK, Z_FULL_FLUSH, Z_HUFFMAN_ONLY, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH } = zlib.constants;
const partly = { finishFlush: Z_SYNC_FLUSH };

function readAll(stream) {
  const parts = [];
  for (let part; (part = stream.read()) !== null;) parts.push(part);
  return Buffer.concat(parts);
}

async function flushes() {
  for (const kind of [Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, undefined]) {
    const stream = zlib.createDeflate();
    const flush = (done) => (kind === undefined ? stream.flush(done) : stream.flush(kind, done));
    stream.write('first, ');
    await promisify(flush)();
    let packed = readAll(stream);
    assert.strictEqual(zlib.inflateSync(packed, partly).toString(), 'first, ');
    if (kind === Z_SYNC_FLUSH) assert.deepStrictEqual(packed.subarray(-4), Buffer.from([0, 0, 0xff, 0xff]));
    // A second one adds nothing.
    await promisify(flush)();
    assert.strictEqual(stream.read(), null);
    stream.end('second');
    await once(stream, 'readable');
    packed = Buffer.concat([packed, readAll(stream)]);
    assert.strictEqual(zlib.inflateSync(packed).toString(), 'first, second');
    // After the end it is called all the same.
    stream.resume();
    await once(stream, 'end');
    await promisify(flush)();
  }
  const stream = zlib.createDeflateRaw({ flush: Z_SYNC_FLUSH });
  await promisify(stream.write).call(stream, 'at once');
  assert.strictEqual(zlib.inflateRawSync(readAll(stream), partly).toString(), 'at once');
  const blocks = zlib.createDeflateRaw({ flush: Z_BLOCK });
  for (const word of ['a', 'b', 'c']) blocks.write(word);
  blocks.end();
  let all = '';
  for await (const part of blocks.pipe(zlib.createInflateRaw())) all += part;
  assert.strictEqual(all, 'abc');
}

async function params() {
  const line = 'all work and no play makes jack a dull boy\n';
  const stream = zlib.createGzip({ level: 9 });
  const change = promisify(stream.params).bind(stream);
  const parts = [];
  stream.on('data', (part) => parts.push(part));
  const sizes = [];
  for (const [level, strategy] of [[9, 0], [0, 0], [1, 0], [6, Z_HUFFMAN_ONLY], [-1, 0]]) {
    await change(level, strategy);
    const before = Buffer.concat(parts).length;
    stream.write(line.repeat(200));
    await promisify(stream.flush).call(stream);
    sizes.push(Buffer.concat(parts).length - before);
  }
  stream.end();
  await once(stream, 'end');
  assert.strictEqual(zlib.gunzipSync(Buffer.concat(parts)).toString(), line.repeat(1000));
  const [best, stored, fast, huffman, usual] = sizes;
  assert.ok(best < 300 && fast < 400 && usual < 300, sizes.join());
  assert.ok(stored >= line.length * 200 && huffman > 3000 && huffman < stored, sizes.join());

  for (const [args, code] of [[[10, 0], 'ERR_OUT_OF_RANGE'], [[-2, 0], 'ERR_OUT_OF_RANGE'], [[1, 5], 'ERR_OUT_OF_RANGE'],
                              [['1', 0], 'ERR_INVALID_ARG_TYPE'], [[1, '0'], 'ERR_INVALID_ARG_TYPE']]) {
    assert.throws(() => zlib.createGzip().params(...args, mustCall), { code });
  }
}

async function resets() {
  const writer = zlib.createDeflate();
  writer.write('given up');
  await promisify(writer.flush).call(writer);
  writer.read();
  writer.reset();
  writer.end('kept');
  const parts = [];
  for await (const part of writer) parts.push(part);
  const packed = Buffer.concat(parts);
  assert.strictEqual(zlib.inflateSync(packed).toString(), 'kept');
  const reader = zlib.createInflate();
  reader.write(packed.subarray(0, 2));
  await promisify(reader.flush).call(reader);
  reader.reset();
  reader.write(packed);
  assert.strictEqual((await once(reader, 'data')).toString(), 'kept');
  reader.close();
  assert.throws(() => reader.reset(), { code: 'ERR_ASSERTION', message: 'zlib binding closed' });
}

(async () => {
  await flushes();
  await params();
  await resets();
})().then(mustCall());
