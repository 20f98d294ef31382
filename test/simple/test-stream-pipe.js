// pipe(): back-pressure to the slowest of several, unpipe, end, errors of the destination, legacy sources.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const Stream = require('stream');
const { Readable, Writable, PassThrough } = Stream;

function source(count) {
  let next = 0;
  return new Readable({ highWaterMark: 16, read() { this.push(next < count ? `${next++},` : null); } });
}
const expected = Array.from({ length: 500 }, (_, i) => `${i},`).join('');

// The source never runs ahead of the slow one.
const texts = ['', ''];
const from = source(500);
const sinks = texts.map((_, i) => new Writable({
  highWaterMark: 8,
  write(chunk, encoding, callback) {
    texts[i] += chunk;
    if (i === 0) callback();
    else setImmediate(callback);
  },
}));
for (const sink of sinks) {
  sink.on('pipe', mustCall((readable) => assert.strictEqual(readable, from)));
  sink.on('unpipe', mustCall());
  assert.strictEqual(from.pipe(sink), sink);
}
from.on('data', () => assert.ok(sinks[1].writableLength < 32));
sinks[1].on('finish', mustCall(() => assert.deepStrictEqual(texts, [expected, expected])));

// end: false leaves it open.
const kept = new PassThrough();
kept.resume();
const first = source(3);
first.pipe(kept, { end: false });
first.on('end', mustCall(() => setImmediate(() => {
  assert.strictEqual(kept.writable, true);
  kept.end();
})));

// unpipe() stops the flow, a second pipe() goes on where it stopped.
const moved = source(50);
let before = '';
let rest = '';
const one = new Writable({
  write(chunk, encoding, callback) {
    before += chunk;
    if (before.length > 20) {
      moved.unpipe(one);
      assert.strictEqual(moved.readableFlowing, false);
      setImmediate(() => moved.pipe(two));
    }
    callback();
  },
});
const two = new Writable({
  write(chunk, encoding, callback) {
    rest += chunk;
    callback();
  },
});
moved.pipe(one);
two.on('finish', mustCall(() => {
  assert.strictEqual(before + rest, Array.from({ length: 50 }, (_, i) => `${i},`).join(''));
}));

// An error of the destination unpipes it; the source lives on.
const survivor = source(10);
const failing = new Writable({ write(chunk, encoding, callback) { callback(new Error('full')); } });
failing.on('error', mustCall());
failing.on('unpipe', mustCall());
failing.on('close', mustCall(() => {
  assert.strictEqual(survivor.destroyed, false);
  assert.strictEqual(survivor._readableState.pipes.length, 0);
}));
survivor.pipe(failing);

// Sources of 2010 only emit.
const legacy = new Stream();
legacy.readable = true;
const calls = [];
legacy.pause = () => calls.push('pause');
legacy.resume = () => calls.push('resume');
let out = '';
const full = new Writable({
  highWaterMark: 1,
  write(chunk, encoding, callback) {
    out += chunk;
    setImmediate(callback);
  },
});
assert.strictEqual(legacy.pipe(full), full);
legacy.emit('data', 'xyz');
assert.deepStrictEqual(calls, ['pause']);
full.once('drain', mustCall(() => {
  assert.deepStrictEqual(calls, ['pause', 'resume']);
  legacy.emit('end');
}));
full.on('finish', mustCall(() => assert.strictEqual(out, 'xyz')));
const lonely = new Stream();
lonely.pipe(new PassThrough());
assert.throws(() => lonely.emit('error', new Error('unheard')), /unheard/);

const wrapped = new Stream();
wrapped.custom = () => 'custom';
const modern = new Readable({ objectMode: true }).wrap(wrapped);
assert.strictEqual(modern.custom(), 'custom');
modern.on('data', mustCall((chunk) => assert.deepStrictEqual(chunk, { a: 1 })));
modern.on('end', mustCall());
wrapped.emit('data', { a: 1 });
wrapped.emit('end');
modern.on('error', mustNotCall());
