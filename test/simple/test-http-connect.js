// CONNECT makes a tunnel out of the connection.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer();
server.on('connect', mustCall((req, socket, head) => {
  assert.strictEqual(req.method, 'CONNECT');
  assert.strictEqual(req.url, 'example.com:80');
  assert.strictEqual(head.length, 0);
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  socket.pipe(socket);
}));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const req = http.request({ port, host: '127.0.0.1', method: 'CONNECT', path: 'example.com:80' });
  req.end();
  req.on('connect', mustCall((res, socket) => {
    assert.strictEqual(res.statusCode, 200);
    socket.end('echo');
    let text = '';
    socket.on('data', (chunk) => { text += chunk; });
    socket.on('end', mustCall(() => {
      assert.strictEqual(text, 'echo');
      server.close();
    }));
  }));
});
