// HEAD, 204 and 304 have no body, whatever the program writes, and the connection stays usable.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  if (req.url === '/204') res.statusCode = 204;
  if (req.url === '/304') res.statusCode = 304;
  if (req.url === '/length') res.setHeader('Content-Length', 5);
  if (req.url === '/write') res.write('12345');
  res.end(req.url === '/write' ? undefined : '12345');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const line = (method, path, more = '') => `${method} ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
  socket.write(line('HEAD', '/') + line('HEAD', '/length') + line('HEAD', '/write') + line('GET', '/204') +
               line('GET', '/304') + line('GET', '/', 'Connection: close\r\n'));
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', mustCall(() => {
    const parts = text.split('HTTP/1.1 ').slice(1);
    assert.strictEqual(parts.length, 6);
    for (const part of parts.slice(0, 5)) assert.strictEqual(part.indexOf('\r\n\r\n'), part.length - 4, part);
    assert.match(parts[1], /Content-Length: 5/);
    assert.doesNotMatch(parts[3], /Transfer-Encoding/);
    assert.ok(parts[5].endsWith('12345'));
    server.close();
  }));
});
