// server.timeout: a silent connection is told to 'timeout' with its socket, or closed when nobody listens.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer(() => {});
server.setTimeout(50, mustCall((socket) => {
  assert.ok(socket instanceof net.Socket);
  socket.destroy();
  server.close();
}));
assert.strictEqual(server.timeout, 50);
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }).on('error', mustCall((error) => {
    assert.strictEqual(error.code, 'ECONNRESET');
    const silent = http.createServer(() => {}).listen(0, '127.0.0.1', () => {
      silent.timeout = 50;
      const socket = net.connect(silent.address().port, '127.0.0.1');
      socket.resume();
      socket.on('close', mustCall(() => silent.close()));
    });
  }));
});
