// SharedArrayBuffers are shared with workers: what one writes the others read, and Atomics.wait() is woken from elsewhere.
'use strict';
const common = require('../common');
const assert = require('assert');
const { Worker, isMainThread, parentPort, receiveMessageOnPort, workerData } = require('worker_threads');

if (!isMainThread) {
  const words = new Int32Array(workerData.shared);
  assert.strictEqual(words[1], 42);
  Atomics.add(words, 2, 5);
  parentPort.once('message', ({ again }) => {
    const bytes = new Uint8Array(again.buffer);
    assert.strictEqual(bytes[0], 9);
    bytes[0] = 10;
    Atomics.store(words, 0, 1);
    Atomics.notify(words, 0);
    // Blocks until the starter has answered; what it sent meanwhile can be had at once.
    assert.strictEqual(Atomics.wait(words, 3, 0), 'ok');
    assert.deepStrictEqual(receiveMessageOnPort(parentPort), { message: 'meanwhile' });
    assert.strictEqual(receiveMessageOnPort(parentPort), undefined);
    parentPort.postMessage(new SharedArrayBuffer(3));
  });
  return;
}

const shared = new SharedArrayBuffer(16);
assert.ok(shared instanceof SharedArrayBuffer);
assert.strictEqual(Object.prototype.toString.call(shared), '[object SharedArrayBuffer]');
assert.strictEqual(shared.constructor, SharedArrayBuffer);
assert.strictEqual(shared.slice(4).byteLength, 12);
assert.throws(() => SharedArrayBuffer(1), TypeError);
assert.throws(() => new SharedArrayBuffer(-1), RangeError);
assert.strictEqual(structuredClone({ shared }).shared.byteLength, 16);

const words = new Int32Array(shared);
assert.strictEqual(Atomics.wait(words, 0, 1), 'not-equal');
assert.strictEqual(Atomics.wait(words, 0, 0, 5), 'timed-out');
assert.strictEqual(Atomics.notify(words, 0), 0);
assert.throws(() => Atomics.wait(words, 9, 0), RangeError);
assert.throws(() => Atomics.wait(new Int32Array(1), 0, 0), TypeError);
assert.throws(() => Atomics.wait(new Float64Array(shared), 0, 0), TypeError);

words[1] = 42;
const worker = new Worker(__filename, { workerData: { shared } });
worker.on('online', common.mustCall(() => {
  const again = new Uint8Array(new SharedArrayBuffer(1));
  again[0] = 9;
  worker.postMessage({ again });
  worker.postMessage('meanwhile');
  assert.ok(['ok', 'not-equal'].includes(Atomics.wait(words, 0, 0, 20000)));
  assert.strictEqual(again[0], 10);
  assert.strictEqual(words[2], 5);
  // The worker may not be waiting yet.
  const wake = setInterval(() => {
    if (Atomics.notify(words, 3) > 0) clearInterval(wake);
  }, 1);
}));
worker.on('message', common.mustCall((buffer) => {
  assert.ok(buffer instanceof SharedArrayBuffer);
  assert.strictEqual(buffer.byteLength, 3);
}));
worker.on('exit', common.mustCall((code) => assert.strictEqual(code, 0)));
