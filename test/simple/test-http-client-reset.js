// 'clientError' hears of connections that their peers reset, plain and encrypted, once each.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

function expectReset(server, connect) {
  server.on('clientError', mustCall((error, socket) => {
    assert.strictEqual(error.code, 'ECONNRESET');
    assert.strictEqual(error.syscall, 'read');
    assert.strictEqual(socket.destroyed, true);
    assert.strictEqual(socket.writable, false);
    server.close();
  }));
  server.listen(0, '127.0.0.1', () => {
    const client = connect(server.address().port);
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    client.once('data', () => client.resetAndDestroy());
  });
}

const answer = (request, response) => response.end('ok');
expectReset(http.createServer(answer), (port) => net.connect(port, '127.0.0.1'));

if (process.versions.openssl !== undefined) {
  const { identity } = require('../common/tls');
  const { connect } = require('tls');
  const { createServer } = require('https');
  const overSocket = (port) => connect({ socket: net.connect(port, '127.0.0.1'), rejectUnauthorized: false });
  const direct = (port) => connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  for (const way of [overSocket, direct]) expectReset(createServer(identity('server'), answer), way);
}

// Nobody listens: the server goes on.
const server = http.createServer(answer).listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  client.once('data', () => {
    client.resetAndDestroy();
    http.get({ port: server.address().port }, mustCall((response) => {
      assert.strictEqual(response.statusCode, 200);
      response.resume();
      server.close();
    }));
  });
});
