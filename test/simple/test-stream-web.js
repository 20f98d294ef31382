// Streams of the web: reading, bytes, tee, pipes, transforms, back-pressure, and the way to and from our own.
'use strict';

const common = require('../common');
const assert = require('assert');
const { Readable, Writable, Duplex, PassThrough, finished, addAbortSignal } = require('stream');
const web = require('stream/web');

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

async function reading() {
  const pulls = [];
  const stream = new ReadableStream({
    pull(controller) {
      pulls.push(controller.desiredSize);
      controller.enqueue(pulls.length);
      if (pulls.length === 4) controller.close();
    },
  }, { highWaterMark: 2 });
  await new Promise(setImmediate);
  assert.deepStrictEqual(pulls, [2, 1]);
  assert.deepStrictEqual(await all(stream), [1, 2, 3, 4]);
  assert.strictEqual(stream.locked, false);

  let reason;
  const cancelled = new ReadableStream({ cancel(why) { reason = why; } });
  const reader = cancelled.getReader();
  assert.throws(() => cancelled.getReader(), { code: 'ERR_INVALID_STATE', name: 'TypeError' });
  await assert.rejects(cancelled.cancel(), { code: 'ERR_INVALID_STATE' });
  await reader.cancel('enough');
  assert.strictEqual(reason, 'enough');
  assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });

  // Leaving a loop cancels, unless told not to.
  for await (const chunk of ReadableStream.from([1, 2, 3])) if (chunk === 1) break;
  const kept = ReadableStream.from(['a', 'b']);
  // eslint-disable-next-line no-unreachable-loop
  for await (const chunk of kept.values({ preventCancel: true })) {
    assert.strictEqual(chunk, 'a');
    break;
  }
  assert.deepStrictEqual(await all(kept), ['b']);

  const broken = new ReadableStream({ start(controller) { controller.error(new Error('broken')); } });
  await assert.rejects(all(broken), { message: 'broken' });

  // A pending read fails when the reader leaves.
  const waiting = new ReadableStream().getReader();
  const pending = waiting.read();
  waiting.releaseLock();
  await assert.rejects(pending, { name: 'TypeError' });
  await assert.rejects(waiting.closed, { name: 'TypeError' });
}

async function bytes() {
  const stream = new ReadableStream({
    type: 'bytes',
    start(controller) {
      controller.enqueue(new Uint8Array([1, 2, 3]));
      controller.enqueue(new Uint8Array([4, 5]));
      controller.close();
    },
  });
  const reader = stream.getReader({ mode: 'byob' });
  const memory = new Uint8Array(4);
  const first = await reader.read(memory);
  assert.strictEqual(memory.byteLength, 0);
  assert.deepStrictEqual(first, { value: new Uint8Array([1, 2, 3, 4]), done: false });
  const second = await reader.read(new Uint8Array(4));
  assert.deepStrictEqual([...second.value], [5]);
  const last = await reader.read(new Uint8Array(4));
  assert.strictEqual(last.done, true);
  await assert.rejects(reader.read(new Uint8Array(0)), { code: 'ERR_INVALID_STATE' });
  await assert.rejects(reader.read('bytes'), { code: 'ERR_INVALID_ARG_TYPE' });

  // Two-byte elements wait for their second half.
  let give;
  const halves = new ReadableStream({ type: 'bytes', start(controller) { give = controller; } });
  const wide = halves.getReader({ mode: 'byob' }).read(new Uint16Array(2));
  give.enqueue(new Uint8Array([1]));
  give.enqueue(new Uint8Array([1]));
  assert.deepStrictEqual([...(await wide).value], [0x0101]);

  // What the source writes straight into the reader's memory.
  const direct = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: 8,
    pull(controller) {
      const request = controller.byobRequest;
      assert.strictEqual(request.view.byteLength, 8);
      request.view[0] = 7;
      request.respond(1);
      assert.strictEqual(request.view, null);
      controller.close();
    },
  });
  assert.deepStrictEqual(await all(direct), [new Uint8Array([7])]);

  // A small Buffer shares its memory with others, which must not lose theirs.
  const neighbour = Buffer.from('neighbour');
  const shared = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(Buffer.from('xy')); c.close(); } });
  assert.strictEqual(Buffer.concat(await all(shared)).toString(), 'xy');
  assert.strictEqual(neighbour.toString(), 'neighbour');
}

async function teeing() {
  const [a, b] = ReadableStream.from([1, 2, 3]).tee();
  assert.deepStrictEqual(await Promise.all([all(a), all(b)]), [[1, 2, 3], [1, 2, 3]]);

  let reason;
  const [c, d] = new ReadableStream({ type: 'bytes', cancel(why) { reason = why; } }).tee();
  const done = c.cancel('one');
  await d.cancel('two');
  await done;
  assert.deepStrictEqual(reason, ['one', 'two']);

  const [e, f] = new Blob(['some text']).stream().tee();
  assert.strictEqual((await e.getReader({ mode: 'byob' }).read(new Uint8Array(4))).value.length, 4);
  assert.strictEqual(Buffer.concat(await all(f)).toString(), 'some text');
}

async function writing() {
  const log = [];
  let release;
  const stream = new WritableStream({
    write(chunk) {
      log.push(chunk);
      return new Promise((resolve) => { release = resolve; });
    },
    close() { log.push('close'); },
  }, new CountQueuingStrategy({ highWaterMark: 2 }));
  const writer = stream.getWriter();
  assert.strictEqual(writer.desiredSize, 2);
  writer.write('a');
  writer.write('b');
  assert.strictEqual(writer.desiredSize, 0);
  await new Promise(setImmediate);
  assert.deepStrictEqual(log, ['a']);
  release();
  await writer.ready;
  const closed = writer.close();
  await new Promise(setImmediate);
  release();
  await closed;
  assert.deepStrictEqual(log, ['a', 'b', 'close']);
  await assert.rejects(writer.write('late'), { name: 'TypeError', code: 'ERR_INVALID_STATE' });

  let signal;
  const aborted = new WritableStream({ start(controller) { ({ signal } = controller); } });
  await aborted.abort('why');
  assert.strictEqual(signal.aborted, true);
  assert.strictEqual(signal.reason, 'why');
  await assert.rejects(aborted.getWriter().closed, (reason) => reason === 'why');
}

async function pipes() {
  const out = [];
  const upper = new TransformStream({
    transform(chunk, controller) { controller.enqueue(chunk.toUpperCase()); },
    flush(controller) { controller.enqueue('!'); },
  });
  await ReadableStream.from(['a', 'b']).pipeThrough(upper).pipeTo(new WritableStream({ write(c) { out.push(c); } }));
  assert.deepStrictEqual(out, ['A', 'B', '!']);

  // Failures go both ways.
  let reason;
  const source = new ReadableStream({ start(c) { c.enqueue(1); }, cancel(why) { reason = why; } });
  await assert.rejects(source.pipeTo(new WritableStream({ write() { throw new Error('full'); } })), { message: 'full' });
  assert.strictEqual(reason.message, 'full');

  const controller = new AbortController();
  const pipe = new ReadableStream().pipeTo(new WritableStream(), { signal: controller.signal });
  controller.abort();
  await assert.rejects(pipe, { name: 'AbortError' });

  const split = ReadableStream.from(['\u20AC'.repeat(3)]).pipeThrough(new TextEncoderStream())
    .pipeThrough(new TransformStream({ transform(chunk, c) { for (const byte of chunk) c.enqueue(Uint8Array.of(byte)); } }))
    .pipeThrough(new TextDecoderStream());
  assert.strictEqual((await all(split)).join(''), '\u20AC\u20AC\u20AC');
}

async function adapters() {
  assert.deepStrictEqual((await all(Readable.toWeb(Readable.from(['a', 'b'])))), ['a', 'b']);
  assert.deepStrictEqual(await all(Readable.fromWeb(ReadableStream.from([1, 2]), { objectMode: true })), [1, 2]);

  const big = Buffer.alloc(1 << 20, 'x');
  const text = Readable.toWeb(Readable.from([big, big], { objectMode: false }));
  assert.strictEqual(Buffer.concat(await all(text)).length, 2 << 20);

  const written = [];
  const sink = Writable.fromWeb(new WritableStream({ write(chunk) { written.push(Buffer.from(chunk).toString()); } }));
  sink.write('one');
  sink.end('two');
  await new Promise((resolve) => { sink.on('close', resolve); });
  assert.deepStrictEqual(written, ['one', 'two']);

  const collected = [];
  const target = new Writable({
    highWaterMark: 2,
    write(chunk, encoding, callback) {
      collected.push(`${chunk}`);
      setImmediate(callback);
    },
  });
  await ReadableStream.from(['aa', 'bb', 'cc']).pipeTo(Writable.toWeb(target));
  assert.deepStrictEqual(collected, ['aa', 'bb', 'cc']);

  const pair = Duplex.toWeb(new PassThrough());
  const writer = pair.writable.getWriter();
  writer.write(Buffer.from('through'));
  writer.close();
  assert.strictEqual(Buffer.concat(await all(pair.readable)).toString(), 'through');

  const duplex = Duplex.fromWeb(new TransformStream(), { objectMode: true });
  duplex.end({ n: 1 });
  assert.deepStrictEqual(await all(duplex), [{ n: 1 }]);

  const broken = Readable.toWeb(new Readable({ read() { this.destroy(new Error('gone')); } }));
  await assert.rejects(all(broken), { message: 'gone' });
  for (const [make, value] of [[Readable.toWeb, {}], [Readable.fromWeb, {}], [Writable.toWeb, 1], [Writable.fromWeb, null],
                               [Duplex.toWeb, {}], [Duplex.fromWeb, {}]]) {
    assert.throws(() => make(value), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  finished(new ReadableStream({ start(c) { c.close(); } }), common.mustSucceed());
  const tied = addAbortSignal(AbortSignal.abort(), new ReadableStream());
  await assert.rejects(all(tied), { name: 'AbortError' });
}

function shapes() {
  for (const name of Object.keys(web)) {
    assert.strictEqual(globalThis[name], web[name]);
    assert.strictEqual(Object.getOwnPropertyDescriptor(globalThis, name).enumerable, false);
    assert.throws(() => web[name](), TypeError);
  }
  const getter = Object.getOwnPropertyDescriptor(ReadableStream.prototype, 'locked').get;
  assert.throws(() => getter.call({}), { code: 'ERR_INVALID_THIS' });
  assert.throws(() => new web.ReadableStreamDefaultController(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
  assert.throws(() => new ReadableStream({ pull: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => new ReadableStream({}, { highWaterMark: -1 }), { name: 'RangeError', code: 'ERR_INVALID_ARG_VALUE' });
}

(async () => {
  shapes();
  for (const run of [reading, bytes, teeing, writing, pipes, adapters]) await run();
})().then(common.mustCall());
