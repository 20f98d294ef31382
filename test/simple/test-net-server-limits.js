// net.Server: maxConnections, close waits for connections, unref, timeouts, descriptors that run out.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const net = require('net');
const { spawnSync } = require('child_process');

{
  const server = net.createServer(mustCall((socket) => socket.resume(), 1));
  server.maxConnections = 1;
  server.on('drop', mustCall((data) => assert.strictEqual(data.remoteAddress, '127.0.0.1')));
  server.listen(0, '127.0.0.1', mustCall(() => {
    const first = net.connect(server.address().port, '127.0.0.1', mustCall(() => {
      server.getConnections(mustCall((error, count) => assert.deepStrictEqual([error, count], [null, 1])));
      const second = net.connect(server.address().port, '127.0.0.1');
      second.on('error', () => {});
      second.on('close', mustCall(() => {
        let closed = false;
        server.close(mustCall(() => { closed = true; }));
        setImmediate(() => {
          assert.strictEqual(closed, false);
          first.end();
        });
      }));
    }));
  }));
}

// An idle socket tells so and stays open.
{
  const server = net.createServer(mustCall((socket) => {
    socket.setTimeout(20, mustCall(() => {
      assert.strictEqual(socket.destroyed, false);
      socket.end();
      server.close();
    }));
    socket.resume();
  })).listen(0, '127.0.0.1', mustCall(() => net.connect(server.address().port, '127.0.0.1').resume()));
}

net.createServer(mustNotCall()).listen(0).unref();
net.createServer(mustNotCall()).unref().listen(0);

// With no descriptor left a connection is refused cleanly, and the server goes on when there are some again.
const script = `
  const net = require('net');
  const clients = [];
  let ended = 0;
  const server = net.createServer((s) => s.on('error', () => {}).resume());
  server.on('drop', () => {});
  server.listen(0, '127.0.0.1', () => more());
  function more() {
    const c = net.connect(server.address().port, '127.0.0.1');
    clients.push(c);
    c.on('error', () => {}).resume();
    c.once('close', () => { ended++; });
    c.once('connect', () => setImmediate(() => {
      if (ended > 0) finish();
      else if (clients.length < 200) more();
    }));
    c.once('error', () => setImmediate(finish));
  }
  let done = false;
  function finish() {
    if (done) return;
    done = true;
    clients.forEach((c) => c.destroy());
    setTimeout(() => {
      const again = net.connect(server.address().port, '127.0.0.1', () => {
        console.log('again');
        process.exit();
      });
    }, 50);
  }
`;
const limited = spawnSync('/bin/sh', ['-c', 'ulimit -n 60; exec "$0" -e "$1"', process.execPath, script], { encoding: 'utf8', timeout: 20000 });
assert.deepStrictEqual([limited.stdout, limited.stderr], ['again\n', '']);
