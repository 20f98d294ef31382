// A server that is not there is an 'error' of the request.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const placeholder = net.createServer().listen(0, '127.0.0.1', () => {
  const { port } = placeholder.address();
  placeholder.close(() => {
    const req = http.get({ port, host: '127.0.0.1' });
    req.on('error', mustCall((error) => {
      assert.strictEqual(error.code, 'ECONNREFUSED');
      assert.strictEqual(error.port, port);
    }));
    req.on('close', mustCall());
  });
});
