// Hooks see the lives of ticks, timers, promises and resources; storage follows requests to their callbacks.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const http = require('http');
const net = require('net');
const {
  AsyncLocalStorage, AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId,
} = require('async_hooks');

assert.strictEqual(executionAsyncId(), 1);
assert.strictEqual(triggerAsyncId(), 0);

const log = new Map();
const hook = createHook({
  init(id, type, trigger) { log.set(id, { type, trigger, events: [] }); },
  before(id) { log.get(id)?.events.push('before'); },
  after(id) { log.get(id)?.events.push('after'); },
  destroy(id) { log.get(id)?.events.push('destroy'); },
  promiseResolve(id) { log.get(id)?.events.push('resolve'); },
}).enable();

const ids = {};
setImmediate(() => { ids.Immediate = executionAsyncId(); });
process.nextTick(() => { ids.TickObject = executionAsyncId(); });
const timer = setTimeout(() => {
  ids.Timeout = executionAsyncId();
  assert.strictEqual(executionAsyncResource(), timer);
  assert.strictEqual(triggerAsyncId(), 1);
}, 1);
Promise.resolve().then(() => { ids.PROMISE = executionAsyncId(); });
fs.stat(__filename, () => { ids.FSREQCALLBACK = executionAsyncId(); });
const resource = new AsyncResource('OWN');
resource.runInAsyncScope(() => { ids.OWN = executionAsyncId(); });
resource.emitDestroy();
const cleared = setTimeout(common.mustNotCall(), 10000);
clearTimeout(cleared);
hook.disable();
const unseen = new AsyncResource('UNSEEN').asyncId();
hook.enable();

assert.throws(() => createHook({ init: 1 }), { code: 'ERR_ASYNC_CALLBACK' });
assert.throws(() => new AsyncResource(''), { code: 'ERR_ASYNC_TYPE' });
assert.throws(() => new AsyncResource('X', -2), { code: 'ERR_INVALID_ASYNC_ID' });

process.on('exit', common.mustCall(() => {
  hook.disable();
  for (const [type, id] of Object.entries(ids)) {
    const life = log.get(id);
    assert.strictEqual(life.type, type);
    assert.ok(life.trigger >= 1);
    if (type === 'PROMISE') assert.deepStrictEqual(life.events, ['before', 'resolve', 'after']);
    else assert.deepStrictEqual(life.events, ['before', 'after', 'destroy'], type);
  }
  assert.strictEqual(Object.keys(ids).length, 6);
  assert.ok([...log.values()].some(({ type, events }) => type === 'Timeout' && events.join() === 'destroy'));
  assert.ok(!log.has(unseen));
}));

// ---- Storage ---------------------------------------------------------------------------------

const storage = new AsyncLocalStorage();
const expect = (value) => common.mustCall(() => assert.strictEqual(storage.getStore(), value));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let left = 3;
const server = http.createServer((req, res) => res.end(Buffer.alloc(200000))).listen(0, '127.0.0.1', common.mustCall(() => {
  for (let i = 0; i < 3; i++) {
    storage.run(i, () => {
      http.get({ port: server.address().port, agent }, common.mustCall((res) => {
        assert.strictEqual(storage.getStore(), i);
        res.on('data', () => assert.strictEqual(storage.getStore(), i));
        res.on('end', common.mustCall(() => {
          assert.strictEqual(storage.getStore(), i);
          if (--left > 0) return;
          agent.destroy();
          server.close();
        }));
      }));
    });
  }
}));
const plain = net.createServer((socket) => socket.end('x')).listen(0, '127.0.0.1', common.mustCall(() => {
  storage.run('socket', () => {
    const socket = net.connect(plain.address().port, '127.0.0.1');
    for (const name of ['connect', 'data', 'end']) socket.on(name, expect('socket'));
    socket.on('close', common.mustCall(() => plain.close()));
  });
}));
storage.run('process', () => require('child_process').execFile(process.execPath, ['-e', '0'], expect('process')));
storage.run('file', () => fs.readFile(__filename, expect('file')));
assert.strictEqual(storage.getStore(), undefined);
