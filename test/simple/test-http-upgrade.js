// The event 'upgrade' hands the socket over, with what had been read of the new protocol; the client does likewise.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer(mustNotCall());
server.on('upgrade', mustCall((req, socket, head) => {
  assert.strictEqual(req.headers.upgrade, 'shout');
  assert.ok(Buffer.isBuffer(head));
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: shout\r\nConnection: Upgrade\r\n\r\nready');
  let text = head.toString();
  socket.on('data', (chunk) => {
    text += chunk;
    if (text.endsWith('.')) socket.end(text.toUpperCase());
  });
}));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const headers = { Connection: 'Upgrade', Upgrade: 'shout' };
  const req = http.request({ port, host: '127.0.0.1', headers });
  req.on('response', mustNotCall());
  req.on('upgrade', mustCall((res, socket, head) => {
    assert.strictEqual(res.statusCode, 101);
    let text = head.toString();
    socket.on('data', (chunk) => { text += chunk; });
    socket.on('end', mustCall(() => {
      assert.strictEqual(text, 'readyHELLO.');
      server.close();
    }));
    socket.on('close', () => {});
    socket.write('hel');
    setImmediate(() => socket.write('lo.'));
  }));
  req.end();
});
