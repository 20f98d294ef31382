// Either side going away in the middle is seen by the other.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  // The client leaves while the response is on its way.
  server.once('request', mustCall((req, res) => {
    res.write('part');
    req.on('aborted', mustCall(() => assert.strictEqual(req.aborted, true)));
    req.on('close', mustCall());
    res.on('close', mustCall(() => {
      assert.strictEqual(res.writableFinished, false);
      serverLeaves();
    }));
  }));
  const req = http.get({ port, host: '127.0.0.1' }, mustCall((res) => {
    res.on('error', mustCall((error) => assert.strictEqual(error.code, 'ECONNRESET')));
    res.on('data', () => req.destroy());
  }));
  req.on('close', mustCall());

  function serverLeaves() {
    server.once('request', mustCall((req, res) => {
      res.writeHead(200, { 'Content-Length': 100 });
      res.write('part');
      setImmediate(() => res.destroy());
    }));
    http.get({ port, host: '127.0.0.1' }, mustCall((res) => {
      res.resume();
      res.on('aborted', mustCall());
      res.on('error', mustCall((error) => {
        assert.strictEqual(error.code, 'ECONNRESET');
        assert.strictEqual(error.message, 'aborted');
        assert.strictEqual(res.complete, false);
        hangUp();
      }));
    }));
  }

  function hangUp() {
    server.once('request', mustCall((req) => req.socket.destroy()));
    http.get({ port, host: '127.0.0.1' }).on('error', mustCall((error) => {
      assert.strictEqual(error.code, 'ECONNRESET');
      assert.strictEqual(error.message, 'socket hang up');
      server.close();
      server.closeAllConnections();
    }));
  }
});
