// Each pair of functions and classes of zlib gives back what it was given, in each form in which it can be called.
'use strict';

const { mustCall, mustSucceed } = require('../common');
const assert = require('assert');
const { promisify } = require('util');
const zlib = require('zlib');

const text = 'the quick brown fox jumps over the lazy dog, '.repeat(3000);
const bytes = Buffer.from(text);
const pairs = [
  ['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['deflate', 'unzip'], ['gzip', 'unzip'],
];
const className = (method) => method[0].toUpperCase() + method.slice(1);

function collect(stream) {
  return new Promise((resolve, reject) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('error', reject).on('end', () => resolve(Buffer.concat(parts)));
  });
}

async function checkPair(write, read) {
  for (const data of [bytes, Buffer.from('x'), Buffer.alloc(0)]) {
    const packed = zlib[`${write}Sync`](data);
    assert.deepStrictEqual(zlib[`${read}Sync`](packed), data);
    assert.deepStrictEqual(await promisify(zlib[write])(data), packed);
    assert.deepStrictEqual(await promisify(zlib[read])(packed), data);

    const writer = zlib[`create${className(write)}`]();
    const reader = new zlib[className(read)]();
    const output = collect(writer.pipe(reader));
    writer.end(data);
    assert.deepStrictEqual(await output, data);
    assert.strictEqual(writer.bytesWritten, data.length);
  }
  assert.ok(zlib[`${write}Sync`](bytes).length < bytes.length / 50);
}

function checkForms() {
  // Without new, with options or without, and with `info`.
  assert.ok(zlib.Gzip() instanceof zlib.Gzip);
  assert.ok(zlib.createUnzip() instanceof require('stream').Transform);
  zlib.gzip(text, mustSucceed((packed) => {
    zlib.gunzip(packed, {}, mustSucceed((all) => assert.strictEqual(all.toString(), text)));
    zlib.gunzip(packed, { info: true }, mustSucceed(({ buffer, engine }) => {
      assert.strictEqual(buffer.toString(), text);
      assert.ok(engine instanceof zlib.Gunzip);
      assert.strictEqual(engine.bytesWritten, packed.length);
    }));
  }));
  const { buffer, engine } = zlib.deflateSync(text, { info: true });
  assert.strictEqual(zlib.inflateSync(buffer).toString(), text);
  assert.strictEqual(engine.bytesWritten, bytes.length);
}

// Whatever holds the bytes.
function checkInputs() {
  const whole = Uint8Array.from({ length: 64 }, (_, i) => i % 7);
  const middle = Buffer.from(whole.subarray(8, 56));
  const views = [
    new Uint8Array(whole.buffer, 8, 48), new Int8Array(whole.buffer, 8, 48), new Uint16Array(whole.buffer, 8, 24),
    new Float64Array(whole.buffer, 8, 6), new DataView(whole.buffer, 8, 48), whole.buffer.slice(8, 56),
  ];
  for (const view of views) {
    const packed = zlib.deflateSync(view);
    assert.deepStrictEqual(zlib.inflateSync(packed), middle);
    zlib.deflate(view, mustSucceed((also) => assert.deepStrictEqual(also, packed)));
    const exact = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length);
    assert.deepStrictEqual(zlib.inflateSync(exact), middle);
    zlib.inflate(exact, mustSucceed((data) => assert.deepStrictEqual(data, middle)));
  }
}

(async () => {
  for (const [write, read] of pairs) await checkPair(write, read);
  checkForms();
  checkInputs();
})().then(mustCall());
