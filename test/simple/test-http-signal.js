// An AbortSignal ends a request.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer(() => {}).listen(0, '127.0.0.1', () => {
  const controller = new AbortController();
  const req = http.get({ port: server.address().port, host: '127.0.0.1', signal: controller.signal });
  req.on('error', mustCall((error) => {
    assert.strictEqual(error.name, 'AbortError');
    assert.strictEqual(error.code, 'ABORT_ERR');
    server.close();
    server.closeAllConnections();
  }));
  setImmediate(() => controller.abort());
});
