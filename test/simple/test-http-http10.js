// HTTP/1.0: no chunks; the connection closes unless the client asks and the length is known.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  assert.strictEqual(req.httpVersion, '1.0');
  res.write('a');
  res.end('b');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', mustCall(() => {
    assert.doesNotMatch(text, /chunked/i);
    assert.match(text, /Connection: close/);
    assert.ok(text.endsWith('\r\n\r\nab'));
    server.close();
  }));
});
