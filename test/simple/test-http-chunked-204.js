// A 204 or 304 that claims to be chunked has no body and ends the connection.
'use strict';
const assert = require('assert');
const http = require('http');
const net = require('net');

let seen = 0;
for (const status of [204, 304]) {
  const server = http.createServer((req, res) => {
    res.writeHead(status, { 'Transfer-Encoding': 'chunked' });
    res.end();
  }).listen(0, '127.0.0.1', () => {
    let text = '';
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.setEncoding('latin1').on('data', (piece) => { text += piece; });
    socket.on('end', () => {
      assert.match(text, /\r\nConnection: close\r\n/);
      assert.ok(text.endsWith('\r\n\r\n'));
      assert.ok(!text.includes('\r\n0\r\n'));
      seen++;
      server.close();
    });
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  });
}
process.on('exit', () => assert.strictEqual(seen, 2));
