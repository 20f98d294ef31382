// The server's socket counts what is written, sent or not; the response says how much waits.
'use strict';
const assert = require('assert');
const http = require('http');

let total = 0;
const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Length': 10 });
  res.write('hello');
  const waiting = res.writableLength;
  assert.ok(waiting > 5);
  assert.strictEqual(req.socket.bytesWritten, waiting);
  res.write('h');
  assert.strictEqual(res.writableLength, waiting + 1);
  res.on('finish', () => {
    assert.strictEqual(res.writableLength, 0);
    assert.strictEqual(req.socket.bytesWritten, waiting + 5);
    total = waiting + 5;
  });
  res.end('1234');
}).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, (res) => {
    res.resume();
    res.on('end', () => {
      assert.strictEqual(res.socket.bytesRead, total);
      server.close();
    });
  });
});
process.on('exit', () => assert.ok(total > 0));
