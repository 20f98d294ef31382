// keepAliveTimeout closes idle connections, headersTimeout answers 408, setTimeout tells.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const options = { headersTimeout: 100, requestTimeout: 200, keepAliveTimeout: 100, connectionsCheckingInterval: 20 };
const server = http.createServer(options, (req, res) => res.end('ok'));
assert.strictEqual(server.headersTimeout, 100);
assert.strictEqual(server.keepAliveTimeout, 100);
assert.strictEqual(http.createServer().keepAliveTimeout, 5000);
assert.strictEqual(http.createServer().timeout, 0);
function connect(bytes, callback) {
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes));
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('error', () => {});
  socket.on('close', mustCall(() => callback(text)));
}
server.listen(0, '127.0.0.1', () => {
  connect('GET / HTTP/1.1\r\nHost: a\r\n\r\n', (text) => {
    assert.match(text, /^HTTP\/1\.1 200 OK/);
    assert.match(text, /Connection: keep-alive/);
    connect('GET / HT', (text) => {
      assert.match(text, /^HTTP\/1\.1 408 Request Timeout/);
      server.close();
      responseTimeout();
    });
  });
});
function responseTimeout() {
  const server = http.createServer((req, res) => {
    res.setTimeout(50, mustCall((socket) => {
      assert.ok(socket instanceof net.Socket);
      res.end('late');
    }));
  });
  server.listen(0, '127.0.0.1', () => {
    const req = http.get({ port: server.address().port, host: '127.0.0.1', timeout: 20 }, mustCall((res) => {
      res.resume();
      res.on('end', () => server.close());
    }));
    req.once('timeout', mustCall());
  });
}
