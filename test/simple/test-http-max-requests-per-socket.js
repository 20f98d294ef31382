// maxRequestsPerSocket: the last answer allowed closes the connection.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer(mustCall((req, res) => res.end('ok'), 2));
server.maxRequestsPerSocket = 2;
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n');
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', mustCall(() => {
    const answers = text.split('HTTP/1.1 200 OK').slice(1);
    assert.strictEqual(answers.length, 2);
    assert.match(answers[0], /Keep-Alive: timeout=5, max=2/);
    assert.match(answers[1], /Connection: close/);
    server.close();
  }));
  socket.on('error', () => {});
});
