// zlib's streams: back-pressure, ends in mid-stream, many at once, bytes one by one.
'use strict';

const { expectsError, mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const { Readable, Writable, finished, pipeline } = require('stream');
const zlib = require('zlib');

// A reader that takes little at a time: the writer waits, and memory stays small.
async function backPressure() {
  const size = 8 << 20;
  const bomb = zlib.deflateSync(Buffer.alloc(size));
  const reader = zlib.createInflate({ chunkSize: 1024, highWaterMark: 4096 });
  reader.end(bomb);
  await once(reader, 'readable');
  await new Promise(setImmediate);
  assert.ok(reader.readableLength <= 8192, String(reader.readableLength));
  let length = 0;
  for await (const part of reader) length += part.length;
  assert.strictEqual(length, size);

  const writer = zlib.createGzip({ level: 0, highWaterMark: 1000 });
  assert.strictEqual(writer.write(Buffer.alloc(5000)), false);
  writer.resume();
  await once(writer, 'drain');
  writer.destroy();
}

// destroy() and close() while the pool works, with and without an error.
async function stopping() {
  const noise = Buffer.alloc(1 << 20, 'abcdefg hijkl');
  for (const stop of [(s) => s.destroy(), (s) => s.close(mustCall()), (s) => { s.close(); s.close(mustCall()); }]) {
    for (const make of [zlib.createGzip, zlib.createDeflateRaw]) {
      const stream = make();
      stream.on('error', mustNotCall()).on('end', mustNotCall()).on('data', () => {});
      stream.write(noise);
      stop(stream);
      await once(stream, 'close');
      assert.strictEqual(stream.destroyed, true);
      stream.flush(() => {});
    }
  }
  const failing = zlib.createGzip();
  failing.on('error', expectsError({ message: 'enough' })).write(noise);
  failing.destroy(new Error('enough'));
  const late = zlib.createInflate();
  late.close();
  late.write('x', expectsError({ code: 'ERR_STREAM_DESTROYED' }));
  // From within its own 'data'.
  const within = zlib.createGunzip({ chunkSize: 64 });
  within.on('data', mustCall(() => within.destroy())).on('close', mustCall());
  within.end(zlib.gzipSync(noise));
  // A source that fails takes the rest with it.
  const broken = new Readable({ read() { this.destroy(new Error('broken')); } });
  pipeline(broken, zlib.createGzip(), new Writable({ write(c, e, done) { done(); } }), expectsError({ message: 'broken' }));
}

async function byteByByte() {
  const text = 'byte by byte, both ways; '.repeat(20);
  for (const [write, read] of [['Deflate', 'Inflate'], ['Gzip', 'Gunzip'], ['DeflateRaw', 'InflateRaw'], ['Gzip', 'Unzip']]) {
    const writer = zlib[`create${write}`]({ chunkSize: 64 });
    for (const byte of Buffer.from(text)) writer.write(Buffer.from([byte]));
    writer.end();
    const reader = zlib[`create${read}`]({ chunkSize: 64 });
    (async () => {
      for await (const part of writer) for (const byte of part) reader.write(Buffer.from([byte]));
      reader.end();
    })();
    let all = '';
    for await (const part of reader) all += part;
    assert.strictEqual(all, text);
  }
}

async function manyAtOnce() {
  const pairs = Array.from({ length: 60 }, (_, i) => {
    const data = Buffer.alloc(100000, `number ${i} `);
    return new Promise((resolve, reject) => {
      zlib.deflate(data, (error, packed) => zlib.inflate(packed, (error, back) => {
        if (error || !back.equals(data)) reject(error ?? new Error('differs'));
        else resolve();
      }));
    });
  });
  await Promise.all(pairs);
}

// An error leaves no stream half open.
const broken = zlib.createInflate();
broken.on('error', mustCall());
finished(broken, expectsError({ code: 'Z_DATA_ERROR' }));
broken.write('nonsense');

(async () => {
  await backPressure();
  await stopping();
  await byteByByte();
  await manyAtOnce();
})().then(mustCall());
