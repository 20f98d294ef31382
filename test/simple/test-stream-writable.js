// Writable: order, back-pressure, callbacks, cork and writev, end, and what misuse says.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { Writable } = require('stream');

// One write at a time, 'drain' when all is taken, callbacks in order, then 'finish'.
const log = [];
const slow = new Writable({
  highWaterMark: 5,
  write(chunk, encoding, callback) {
    log.push(`write ${chunk}`);
    setImmediate(callback);
  },
  final(callback) {
    log.push('final');
    callback();
  },
});
assert.strictEqual(slow.write('abc', () => log.push('cb abc')), true);
assert.strictEqual(slow.writableNeedDrain, false);
assert.strictEqual(slow.write('de', 'latin1', () => log.push('cb de')), false);
assert.strictEqual(slow.writableLength, 5);
assert.strictEqual(slow.writableNeedDrain, true);
slow.on('drain', mustCall(() => {
  log.push('drain');
  assert.strictEqual(slow.end('f', () => log.push('end')), slow);
  assert.strictEqual(slow.writable, false);
  assert.strictEqual(slow.writableEnded, true);
}));
slow.on('finish', mustCall(() => {
  log.push('finish');
  assert.strictEqual(slow.writableFinished, true);
}));
slow.on('close', mustCall(() => {
  assert.deepStrictEqual(log, [
    'write abc', 'write de', 'cb abc', 'drain', 'write f', 'cb de', 'final', 'end', 'finish',
  ]);
}));

// Corked writes leave together.
const batches = [];
const corked = new Writable({
  writev(chunks, callback) {
    batches.push(chunks.map(({ chunk, encoding }) => `${chunk}:${encoding}`));
    callback();
  },
  decodeStrings: false,
});
corked.cork();
corked.cork();
corked.write('a');
corked.write('b', 'hex');
corked.write(Buffer.from('c'));
assert.strictEqual(corked.writableCorked, 2);
corked.uncork();
assert.deepStrictEqual(batches, []);
corked.uncork();
assert.deepStrictEqual(batches, [['a:utf8', 'b:hex', 'c:buffer']]);
corked.cork();
corked.end('d');
corked.on('finish', mustCall(() => assert.deepStrictEqual(batches[1], ['d:utf8'])));

// Misuse.
const late = new Writable({ write(chunk, encoding, callback) { callback(); } });
late.on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END')));
late.end();
assert.strictEqual(late.write('x', mustCall((error) => {
  assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END');
})), false);
const fresh = new Writable({ write: mustNotCall() });
assert.throws(() => fresh.write(null), { code: 'ERR_STREAM_NULL_VALUES' });
assert.throws(() => fresh.write(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => fresh.write('x', 'nonsense'), { code: 'ERR_UNKNOWN_ENCODING' });
assert.throws(() => new Writable({ highWaterMark: -1 }), { code: 'ERR_INVALID_ARG_VALUE' });
new Writable().on('error', mustCall()).pipe(fresh);
new Writable({
  write(chunk, encoding, callback) {
    callback();
    callback();
  },
}).on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_MULTIPLE_CALLBACK'))).write('x');

// A failed write fails what waits behind it, with the same error.
const broken = new Error('broken');
const failing = new Writable({
  write(chunk, encoding, callback) { setImmediate(callback, broken); },
});
const results = [];
for (const name of ['first', 'second', 'third']) failing.write(name, (error) => results.push([name, error]));
failing.end(mustCall((error) => assert.strictEqual(error, broken)));
failing.on('finish', mustNotCall());
failing.on('error', mustCall((error) => {
  assert.strictEqual(error, broken);
  assert.deepStrictEqual(results, [['first', broken], ['second', broken], ['third', broken]]);
}));
