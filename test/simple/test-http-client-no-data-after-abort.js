// An aborted request hands out no more of its response, not even of what has come already.
'use strict';
const assert = require('assert');
const http = require('http');

let closed = false;
const server = http.createServer((req, res) => {
  for (let i = 0; i < 1000; i++) res.write(`x${i}`);
  res.end();
}).listen(0, '127.0.0.1', () => {
  const req = http.get({ port: server.address().port, host: '127.0.0.1' }, (res) => {
    res.on('data', () => {
      assert.ok(!req.destroyed, 'data after the end');
      req.destroy();
    });
  });
  req.on('close', () => {
    closed = true;
    server.close();
  });
});
process.on('exit', () => assert.ok(closed));
