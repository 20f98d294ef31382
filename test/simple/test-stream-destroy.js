// destroy(): 'error' and 'close' once and in order, whatever the stream is doing; construct; undone half-ways.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { Readable, Writable, Duplex, Transform, addAbortSignal } = require('stream');

for (const make of [
  () => new Readable({ read() {} }),
  () => new Writable({ write() {} }),
  () => new Duplex({ read() {}, write() {} }),
  () => new Transform({ transform() {} }),
]) {
  const log = [];
  const error = new Error('mine');
  const stream = make();
  stream.on('error', (e) => log.push(e)).on('close', () => log.push('close'));
  stream.on('end', mustNotCall()).on('finish', mustNotCall());
  assert.strictEqual(stream.destroy(error), stream);
  stream.destroy(new Error('too late'));
  assert.strictEqual(stream.destroyed, true);
  assert.strictEqual(stream.errored, error);
  assert.deepStrictEqual(log, []);
  setImmediate(mustCall(() => {
    assert.deepStrictEqual(log, [error, 'close']);
    assert.strictEqual(stream.closed, true);
  }));
  make().on('error', mustNotCall()).on('close', mustCall()).destroy();
}

// The end of both sides destroys by itself, unless told not to.
const duplex = new Duplex({ read() { this.push(null); }, write(c, e, callback) { callback(); } });
duplex.on('close', mustCall(() => assert.ok(duplex.readableEnded && duplex.writableFinished)));
duplex.resume();
setImmediate(() => {
  assert.strictEqual(duplex.destroyed, false);
  duplex.end();
});
new Readable({ autoDestroy: false, read() { this.push(null); } }).on('close', mustNotCall()).resume();
new Readable({ emitClose: false, read() { this.push(null); } }).on('close', mustNotCall()).resume();
const oneSided = new Duplex({ allowHalfOpen: false, read() { this.push(null); }, write: mustNotCall() });
oneSided.on('finish', mustCall()).on('close', mustCall()).resume();

// _destroy() may take its time and may find an error of its own.
const own = new Error('own');
const lazy = new Writable({
  write() {},
  destroy(error, callback) {
    assert.strictEqual(error, null);
    setImmediate(callback, own);
  },
});
lazy.on('error', mustCall((error) => assert.strictEqual(error, own)));
lazy.write('pending');
lazy.write('waiting', mustCall((error) => assert.ok(error)));
lazy._writableState.writing = false;
lazy.destroy();

// Nothing is read or written before construct is through.
const order = [];
const constructed = new Duplex({
  construct(callback) {
    order.push('construct');
    setImmediate(callback);
  },
  read() {
    order.push('read');
    this.push(null);
  },
  write(chunk, encoding, callback) {
    order.push('write');
    callback();
  },
  final(callback) {
    order.push('final');
    callback();
  },
});
constructed.resume().end('x');
constructed.on('close', mustCall(() => {
  assert.strictEqual(order[0], 'construct');
  assert.deepStrictEqual([...order].sort(), ['construct', 'final', 'read', 'write']);
}));
new Readable({ construct(callback) { callback(own); }, read: mustNotCall() })
  .on('error', mustCall((error) => assert.strictEqual(error, own))).resume();

const controller = new AbortController();
addAbortSignal(controller.signal, new Readable({ read() {} }))
  .on('error', mustCall((error) => assert.strictEqual(error.name, 'AbortError')));
new Writable({ write() {}, signal: controller.signal })
  .on('error', mustCall((error) => assert.strictEqual(error.code, 'ABORT_ERR')));
controller.abort();
