// Channels, workers and handles that are over: errors and answers, never a crash.
'use strict';
const common = require('../common');
const assert = require('assert');
const cluster = require('cluster');
const net = require('net');
const { fork } = require('child_process');
const { Worker } = require('worker_threads');

if (process.argv[2] === 'child') {
  process.on('message', (message, handle) => process.send([message, handle === undefined]));
  return;
}
if (cluster.isWorker) return;

const child = fork(__filename, ['child']);
const { channel } = child;
const server = net.createServer().listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.destroy();
    server.close(() => {
      // Closed handles go as messages alone.
      child.send('socket', socket);
      child.send('server', server);
    });
  });
  server.on('connection', (other) => other.destroy());
});
const got = [];
child.on('message', (message) => {
  got.push(message);
  if (got.length < 2) return;
  assert.deepStrictEqual(got, [['socket', true], ['server', true]]);
  child.disconnect();
  assert.strictEqual(child.connected, false);
  child.once('error', common.mustCall((error) => assert.strictEqual(error.code, 'ERR_IPC_DISCONNECTED')));
  child.disconnect();
});
child.on('close', common.mustCall(() => {
  assert.strictEqual(child.channel, null);
  channel.ref();
  channel.unref();
  assert.strictEqual(channel.fd, -1);
  assert.strictEqual(child.kill(), false);
  child.ref();
  child.unref();
  child.send('x', common.mustCall((error) => assert.strictEqual(error.code, 'ERR_IPC_CHANNEL_CLOSED')));
  child.once('error', common.mustCall((error) => assert.strictEqual(error.code, 'ERR_IPC_CHANNEL_CLOSED')));
  assert.strictEqual(child.send('x'), false);
}));

const worker = new Worker('', { eval: true });
worker.on('exit', common.mustCall((code) => {
  assert.strictEqual(code, 0);
  worker.postMessage('x');
  worker.ref();
  worker.unref();
  worker.terminate().then(common.mustCall((again) => assert.strictEqual(again, undefined)));
}));
assert.throws(() => worker.postMessage(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => worker.postMessage(1, 5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => worker.postMessage(1, [5]), { code: 'ERR_INVALID_TRANSFER_OBJECT' });

const member = cluster.fork();
member.on('online', () => {
  member.disconnect();
  member.disconnect();
});
member.on('exit', common.mustCall((code) => {
  assert.strictEqual(code, 0);
  assert.ok(member.isDead());
  assert.ok(!member.isConnected());
  member.disconnect();
  member.kill();
  member.send('x', common.mustCall((error) => assert.strictEqual(error.code, 'ERR_IPC_CHANNEL_CLOSED')));
}));
