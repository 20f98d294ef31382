// A worker gets its data, exchanges structured clones and ports, and tells of its errors and its end.
'use strict';
const common = require('../common');
const assert = require('assert');
const { Worker, MessageChannel, isMainThread, parentPort, workerData, threadId, getEnvironmentData, setEnvironmentData } =
  require('worker_threads');

if (isMainThread) {
  assert.strictEqual(threadId, 0);
  assert.strictEqual(parentPort, null);
  setEnvironmentData('colour', 'blue');

  const worker = new Worker(__filename, { workerData: { list: [1, 2] }, argv: ['a'], env: { ONLY: 'this' }, name: 'w' });
  assert.ok(worker.threadId > 0);
  const { port1, port2 } = new MessageChannel();
  const bytes = new Uint8Array([1, 2, 3]);
  worker.postMessage({ when: new Date(5), map: new Map([['k', new Set([1n])]]), port2, bytes }, [port2, bytes.buffer]);
  assert.strictEqual(bytes.byteLength, 0);
  assert.throws(() => worker.postMessage([new MessageChannel().port1]), { code: 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST' });
  const seen = [];
  worker.on('online', common.mustCall(() => seen.push('online')));
  worker.on('message', common.mustCall((message) => {
    assert.deepStrictEqual(message, {
      data: { list: [1, 2] }, argv: ['a'], env: ['ONLY'], colour: 'blue', id: worker.threadId,
      when: 5, key: ['k'], bytes: [1, 2, 3],
    });
    seen.push('message');
  }));
  port1.on('message', common.mustCall((message) => {
    assert.strictEqual(message, 'through the port');
    port1.postMessage('go on');
  }));
  worker.on('error', common.mustCall((error) => {
    assert.ok(error instanceof RangeError);
    assert.strictEqual(error.message, 'too far');
    assert.strictEqual(error.code, 'E_FAR');
    assert.match(error.stack, /test-worker-messages/);
    seen.push('error');
  }));
  worker.on('exit', common.mustCall((code) => {
    assert.strictEqual(code, 1);
    assert.strictEqual(worker.threadId, -1);
    assert.deepStrictEqual(seen, ['online', 'message', 'error']);
    port1.close();
  }));

  // What cannot be cloned is refused at once, and so is shared memory that others cannot map.
  const idle = new Worker('require("worker_threads").parentPort.on("message", () => {})', { eval: true });
  const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  for (const value of [() => {}, Symbol('s'), buffer]) {
    assert.throws(() => idle.postMessage(value), { name: 'DataCloneError', code: 25 });
  }
  assert.throws(() => new Worker(__filename, { workerData: () => {} }), { name: 'DataCloneError' });
  idle.on('exit', common.mustCall((code) => assert.strictEqual(code, 1)));
  idle.terminate().then(common.mustCall((code) => assert.strictEqual(code, 1)));

  for (const wrong of ['worker.js', 'http://a/b.js']) {
    assert.throws(() => new Worker(wrong), { code: 'ERR_WORKER_PATH' });
  }
  assert.throws(() => new Worker(__filename, { execArgv: ['--nonsense'] }), { code: 'ERR_WORKER_INVALID_EXEC_ARGV' });
  assert.throws(() => new Worker(5), { code: 'ERR_INVALID_ARG_TYPE' });
} else {
  parentPort.once('message', ({ when, map, port2, bytes }) => {
    parentPort.postMessage({
      data: workerData, argv: process.argv.slice(2), env: Object.keys(process.env), colour: getEnvironmentData('colour'),
      id: threadId, when: when.getTime(), key: [...map.keys()], bytes: [...bytes],
    });
    assert.throws(() => process.chdir('/'), { code: 'ERR_WORKER_UNSUPPORTED_OPERATION' });
    port2.once('message', (text) => {
      assert.strictEqual(text, 'go on');
      throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
    });
    port2.postMessage('through the port');
  });
}
