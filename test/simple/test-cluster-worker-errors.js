// A port in use is an error in the worker; a worker that dies is reported and can be replaced; exclusive servers are their own.
'use strict';
const common = require('../common');
const assert = require('assert');
const cluster = require('cluster');
const net = require('net');

if (cluster.isWorker) {
  process.on('message', (port) => {
    net.createServer().on('error', (error) => {
      assert.strictEqual(error.code, 'EADDRINUSE');
      const own = net.createServer().listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => {
        process.send({ port: own.address().port });
        own.close(() => process.exit(7));
      });
    }).listen(port, '127.0.0.1');
  });
  return;
}

cluster.setupPrimary({ args: ['extra'] });
assert.deepStrictEqual(cluster.settings.args, ['extra']);
cluster.once('setup', common.mustCall());

const taken = net.createServer().listen(0, '127.0.0.1', () => {
  const ports = new Set();
  let left = 2;
  const start = () => {
    const worker = cluster.fork();
    assert.strictEqual(cluster.workers[worker.id], worker);
    worker.on('online', common.mustCall(() => worker.send(taken.address().port)));
    worker.on('message', common.mustCall(({ port }) => ports.add(port)));
    worker.on('exit', common.mustCall((code, signal) => {
      assert.deepStrictEqual([code, signal], [7, null]);
      assert.strictEqual(worker.exitedAfterDisconnect, false);
      if (--left > 0) start();
      else taken.close();
    }));
  };
  start();
});
