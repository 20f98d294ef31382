// req.socket is a real net.Socket: addresses, identity, timeouts, writing, closing.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer(mustCall((req, res) => {
  const { socket } = req;
  assert.ok(socket instanceof net.Socket);
  assert.strictEqual(req.connection, socket);
  assert.strictEqual(res.socket, socket);
  assert.strictEqual(socket.remoteAddress, '127.0.0.1');
  assert.strictEqual(typeof socket.remotePort, 'number');
  assert.strictEqual(socket.localPort, server.address().port);
  assert.strictEqual(socket.destroyed, false);
  assert.strictEqual(socket.readyState, 'open');
  socket.on('close', mustCall(() => server.close()));
  res.on('finish', mustCall(() => assert.strictEqual(req.socket, socket)));
  res.end('ok');
}));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, mustCall((res) => res.resume()));
});
