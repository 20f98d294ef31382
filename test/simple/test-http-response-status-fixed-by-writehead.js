// What writeHead() was given is what leaves, whatever statusCode and statusMessage are set to later.
'use strict';
const assert = require('assert');
const http = require('http');

let seen = 0;
for (const native of [true, false]) {
  const server = http.createServer((req, res) => {
    res.writeHead(202, 'Later');
    res.statusCode = 500;
    res.statusMessage = 'Never';
    res.end('x');
  });
  if (!native) server.on('connection', () => {});
  server.listen(0, '127.0.0.1', () => {
    http.get({ port: server.address().port, host: '127.0.0.1' }, (res) => {
      assert.strictEqual(res.statusCode, 202);
      assert.strictEqual(res.statusMessage, 'Later');
      res.resume();
      seen++;
      server.close();
    });
  });
}
process.on('exit', () => assert.strictEqual(seen, 2));
