// Readable: paused until consumed; 'data', 'readable', pause, resume, and the properties that tell of it.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { Readable } = require('stream');

function numbers(count, options) {
  let next = 0;
  return new Readable({
    objectMode: true,
    ...options,
    read() { this.push(next < count ? next++ : null); },
  });
}

// Nobody consumes: no 'end', and no more is read than the mark allows.
const idle = numbers(100, { highWaterMark: 4 });
idle.on('end', mustNotCall());
idle.read(0);
setImmediate(mustCall(() => {
  assert.strictEqual(idle.readableFlowing, null);
  assert.strictEqual(idle.readableLength, 4);
  assert.strictEqual(idle.readableHighWaterMark, 4);
}));

const flowing = numbers(3);
const seen = [];
flowing.on('data', (n) => {
  seen.push(n);
  assert.strictEqual(flowing.readableDidRead, true);
});
assert.strictEqual(flowing.readableFlowing, true);
flowing.on('end', mustCall(() => {
  assert.deepStrictEqual(seen, [0, 1, 2]);
  assert.strictEqual(flowing.readableEnded, true);
}));
flowing.on('close', mustCall(() => assert.strictEqual(flowing.destroyed, true)));

// pause() holds from within 'data'; resume() goes on without loss.
const paused = numbers(5);
const got = [];
paused.on('data', (n) => {
  got.push(n);
  if (n !== 1) return;
  assert.strictEqual(paused.pause(), paused);
  assert.strictEqual(paused.isPaused(), true);
  setImmediate(() => {
    assert.deepStrictEqual(got, [0, 1]);
    paused.resume();
  });
});
paused.on('end', mustCall(() => assert.deepStrictEqual(got, [0, 1, 2, 3, 4])));

// A 'readable' listener reads by itself; 'data' listeners hear of what it reads.
const read = [];
const heard = [];
const explicit = numbers(4, { highWaterMark: 2 });
explicit.on('data', (n) => heard.push(n));
explicit.on('readable', () => {
  for (let n; (n = explicit.read()) !== null;) read.push(n);
});
explicit.on('end', mustCall(() => {
  assert.deepStrictEqual(read, [0, 1, 2, 3]);
  assert.deepStrictEqual(heard, read);
}));

// Bytes: read(n) waits for enough, the end gives what is left.
const bytes = new Readable({ read() {} });
bytes.push('hello');
assert.strictEqual(bytes.read(7), null);
bytes.push(Buffer.from(' world'));
assert.strictEqual(bytes.read(7).toString(), 'hello w');
bytes.unshift('W');
bytes.push(null);
assert.strictEqual(bytes.read(100).toString(), 'World');
bytes.on('end', mustCall());
bytes.resume();

const after = new Readable({ read() {} });
after.push(null);
after.on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_PUSH_AFTER_EOF')));
after.push('late');
new Readable({ read() { this.push({}); } }).on('error', mustCall((error) => {
  assert.strictEqual(error.code, 'ERR_INVALID_ARG_TYPE');
})).read();
new Readable().on('error', mustCall((error) => {
  assert.strictEqual(error.code, 'ERR_METHOD_NOT_IMPLEMENTED');
})).read();
