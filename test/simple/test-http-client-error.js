// What is not HTTP is answered with 400 (431 when too long), or told to 'clientError'.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end('ok'));
function send(bytes, callback) {
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(bytes));
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('error', () => {});
  socket.on('close', mustCall(() => callback(text)));
}
server.listen(0, '127.0.0.1', () => {
  send('NONSENSE / HTTP/1.1\r\n\r\n', (text) => {
    assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\n/);
    send(`GET / HTTP/1.1\r\nX: ${'x'.repeat(20000)}\r\n\r\n`, (text) => {
      assert.match(text, /^HTTP\/1\.1 431 /);
      send('GET / HTTP/1.1\r\n\r\n', (text) => {
        assert.match(text, /^HTTP\/1\.1 400 /); // no Host
        server.on('clientError', mustCall((error, socket) => {
          assert.ok(error instanceof Error);
          assert.strictEqual(error.code, 'HPE_INVALID_METHOD');
          assert.match(error.message, /^Parse Error/);
          assert.ok(Buffer.isBuffer(error.rawPacket));
          assert.ok(socket.writable);
          socket.end('HTTP/1.1 418 Teapot\r\n\r\n');
        }));
        send('x\r\n\r\n', (text) => {
          assert.strictEqual(text, 'HTTP/1.1 418 Teapot\r\n\r\n');
          server.close();
        });
      });
    });
  });
});
