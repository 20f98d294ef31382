// A piece as large as the high-water mark makes write() say false, and 'drain' follows.
'use strict';
const assert = require('assert');
const http = require('http');

let drained = false;
const server = http.createServer((req, res) => {
  assert.strictEqual(res.write('small'), true);
  assert.strictEqual(res.write(Buffer.alloc(res.writableHighWaterMark)), false);
  assert.ok(res.writableNeedDrain);
  res.once('drain', () => {
    drained = true;
    res.end();
  });
}).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, (res) => {
    res.resume();
    res.on('end', () => server.close());
  });
});
process.on('exit', () => assert.ok(drained));
