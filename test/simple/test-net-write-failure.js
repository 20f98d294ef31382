// A write that the kernel refuses is told to its callback, and to 'error'; bytesWritten counts what waits for a connection.
'use strict';
const assert = require('assert');
const net = require('net');
const { mustCall } = require('../common');

const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, mustCall((socket) => {
  const block = Buffer.alloc(70000);
  const failed = mustCall((error) => {
    assert.strictEqual(error.syscall, 'write');
    assert.ok(error.code === 'EPIPE' || error.code === 'ECONNRESET', error.code);
  });
  (function go() {
    socket.write(block, (error) => (error ? failed(error) : setTimeout(go, 5)));
  })();
  socket.on('error', mustCall());
  socket.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, true);
    server.close();
  }));
})).listen(0, '127.0.0.1', mustCall(() => {
  const client = net.connect(server.address().port, '127.0.0.1', mustCall(() => {
    assert.strictEqual(client.bytesWritten, 6);
    client.once('data', () => client.destroy());
  }));
  client.write('abc');
  client.write(Buffer.from('def'));
  assert.strictEqual(client.bytesWritten, 6);
}));
