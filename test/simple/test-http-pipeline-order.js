// Pipelined requests are answered in order, whichever answer is ready first.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer(mustCall((req, res) => {
  if (req.url === '/1') setImmediate(() => res.end('first'));
  else if (req.url === '/2') res.end('second');
  else process.nextTick(() => { res.write('thi'); res.end('rd'); });
}, 3));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.end; // stays open until the server closes
  socket.write('GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n' +
               'GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', mustCall(() => {
    const bodies = text.split(/HTTP\/1\.1 200 OK\r\n/).slice(1).map((it) => it.slice(it.indexOf('\r\n\r\n') + 4));
    assert.strictEqual(bodies[0], 'first');
    assert.strictEqual(bodies[1], 'second');
    assert.strictEqual(bodies[2], '3\r\nthi\r\n2\r\nrd\r\n0\r\n\r\n');
    server.close();
  }));
});
