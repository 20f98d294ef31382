// A response without a length ends with the connection; one that is cut short is an error.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = net.createServer((socket) => {
  socket.once('data', (head) => {
    if (String(head).startsWith('GET /whole')) socket.end('HTTP/1.1 200 OK\r\n\r\nall of it');
    else if (String(head).startsWith('GET /bad')) socket.end('HTTP/1.1 abc\r\n\r\n');
    else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort');
  });
}).listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1' };
  http.get({ ...options, path: '/whole' }, mustCall((res) => {
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', mustCall(() => {
      assert.strictEqual(text, 'all of it');
      http.get({ ...options, path: '/short' }, mustCall((res) => {
        res.resume();
        res.on('error', mustCall((error) => {
          assert.strictEqual(error.code, 'ECONNRESET');
          http.get({ ...options, path: '/bad' }).on('error', mustCall((error) => {
            assert.strictEqual(error.code, 'HPE_INVALID_STATUS');
            server.close();
          }));
        }));
      }));
    }));
  }));
});
