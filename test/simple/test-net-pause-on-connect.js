// pauseOnConnect: no byte is read before the program resumes the socket.
'use strict';
const assert = require('assert');
const net = require('net');
const { mustCall } = require('../common');

const server = net.createServer({ pauseOnConnect: true }, mustCall((socket) => {
  assert.strictEqual(socket.isPaused(), true);
  let text = '';
  socket.on('data', (chunk) => {
    assert.strictEqual(socket.isPaused(), false);
    text += chunk;
  });
  socket.on('end', mustCall(() => {
    assert.strictEqual(text, 'hello');
    server.close();
  }));
  setTimeout(() => {
    assert.strictEqual(text, '');
    socket.resume();
  }, 20);
})).listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').end('hello'));
