// pipeline() and finished(): all streams end together, in success and in failure.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { Readable, Writable, Transform, PassThrough, pipeline, finished, compose, promises } = require('stream');

function collect(into) {
  return new Writable({
    write(chunk, encoding, callback) {
      into.push(String(chunk));
      setImmediate(callback);
    },
  });
}
const upper = () => new Transform({
  transform(chunk, encoding, callback) { callback(null, String(chunk).toUpperCase()); },
});

const done = [];
const last = pipeline(Readable.from(['a', 'b']), upper(), collect(done), mustCall((error) => {
  assert.strictEqual(error, undefined);
  assert.deepStrictEqual(done, ['A', 'B']);
  assert.strictEqual(last.destroyed, true);
}));

// A failure anywhere destroys all of them; the callback gets it.
for (let at = 0; at < 3; at++) {
  const streams = [new Readable({ read() {} }), new PassThrough(), collect([])];
  streams[0].push('x');
  for (const stream of streams) stream.on('close', mustCall());
  pipeline(streams, mustCall((error) => {
    assert.strictEqual(error.message, `at ${at}`);
    for (const stream of streams) assert.strictEqual(stream.destroyed, true);
  }));
  setImmediate(() => streams[at].destroy(new Error(`at ${at}`)));
}
pipeline(new Readable({ read() {} }), new PassThrough().on('pipe', (from) => process.nextTick(() => from.destroy())),
         mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_PREMATURE_CLOSE')));
assert.throws(() => pipeline(new PassThrough(), () => {}), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => pipeline(new PassThrough(), new PassThrough()), { code: 'ERR_INVALID_ARG_TYPE' });

async function asPromises() {
  const text = await promises.pipeline(
    ['a', 'b', 'c'],
    async function* (source) {
      for await (const chunk of source) yield chunk + chunk;
    },
    upper(),
    async (source) => {
      let all = '';
      for await (const chunk of source) all += chunk;
      return all;
    });
  assert.strictEqual(text, 'AABBCC');

  const controller = new AbortController();
  const stuck = new Readable({ read() {} });
  setImmediate(() => controller.abort());
  await assert.rejects(promises.pipeline(stuck, collect([]), { signal: controller.signal }), { name: 'AbortError' });
  assert.strictEqual(stuck.destroyed, true);

  await assert.rejects(promises.pipeline(async function* () {
    yield 'x';
    throw new Error('generator');
  }, collect([])), /generator/);

  const open = new PassThrough();
  open.resume();
  await promises.pipeline(Readable.from(['x']), open, { end: false });
  assert.strictEqual(open.writable, true);
  open.end();
  await promises.finished(open);

  const composed = compose(upper(), async function* (source) {
    for await (const chunk of source) yield `<${chunk}>`;
  });
  composed.end('in');
  assert.deepStrictEqual((await composed.toArray()).map(String), ['<IN>']);
}
asPromises().then(mustCall());

// finished(): once, for streams that have ended already as well.
const ended = Readable.from([]);
finished(ended, mustCall((error) => {
  assert.strictEqual(error, undefined);
  finished(ended, mustCall((again) => assert.strictEqual(again, undefined)));
}));
ended.resume();
const cut = new Writable({ write() {} });
finished(cut, mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_PREMATURE_CLOSE')));
cut.destroy();
const stop = finished(new PassThrough().destroy(), mustNotCall());
stop();
const halves = new PassThrough();
finished(halves, { readable: false }, mustCall());
halves.end();
assert.throws(() => finished({}, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
