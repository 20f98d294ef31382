// HTTP over a UNIX socket.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const os = require('os');
const path = require('path');

const socketPath = path.join(process.env.NODE_TEST_TMPDIR || os.tmpdir(), `http-${process.pid}.sock`);
const server = http.createServer(mustCall((req, res) => {
  assert.strictEqual(req.socket.remoteAddress, undefined);
  res.end(req.headers.host);
}));
server.listen(socketPath, mustCall(() => {
  http.get({ socketPath, path: '/' }, mustCall((res) => {
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', mustCall(() => {
      assert.strictEqual(text, 'localhost');
      server.close();
    }));
  }));
}));
