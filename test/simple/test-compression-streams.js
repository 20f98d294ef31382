// CompressionStream and DecompressionStream: round trips, what other tools say, damage, cancelling.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const zlib = require('zlib');

const text = 'web streams, '.repeat(5000);
const formats = { gzip: zlib.gunzipSync, deflate: zlib.inflateSync };

const source = (...chunks) => new ReadableStream({
  start(controller) {
    for (const chunk of chunks) controller.enqueue(chunk);
    controller.close();
  },
});

async function bytesOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('not rejected');
}

(async () => {
  for (const [format, read] of Object.entries(formats)) {
    const packed = await bytesOf(source(Buffer.from(text)).pipeThrough(new CompressionStream(format)));
    assert.strictEqual(read(packed).toString(), text);
    const all = await bytesOf(source(...Array.from(packed, (byte) => Uint8Array.of(byte)))
      .pipeThrough(new DecompressionStream(format)));
    assert.strictEqual(all.toString(), text);

    const error = await rejection(bytesOf(source(Buffer.from('nonsense')).pipeThrough(new DecompressionStream(format))));
    assert.strictEqual(error.code, 'Z_DATA_ERROR');
    const cut = await rejection(bytesOf(source(packed.subarray(0, 20)).pipeThrough(new DecompressionStream(format))));
    assert.strictEqual(cut.code, 'Z_BUF_ERROR');

    const stream = new CompressionStream(format);
    const writer = stream.writable.getWriter();
    writer.write(Buffer.alloc(1 << 20)).catch(() => {});
    writer.closed.catch(() => {});
    await stream.readable.cancel('enough');
  }
  for (const format of [undefined, null, 'br', 'GZIP', 5, {}]) {
    assert.throws(() => new CompressionStream(format), { code: 'ERR_INVALID_ARG_VALUE' });
    assert.throws(() => new DecompressionStream(format), { code: 'ERR_INVALID_ARG_VALUE' });
  }
})().then(mustCall());
