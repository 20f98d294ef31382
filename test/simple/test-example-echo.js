// doc/examples/echo.js greets, echoes, and ends when the peer does.
'use strict';
const { mustCall, root } = require('../common');
const assert = require('assert');
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');

const server = spawn(process.execPath, [path.join(root, 'doc/examples/echo.js'), '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
server.stdout.once('data', mustCall((line) => {
  const port = Number(/:(\d+)\/\n$/.exec(line)[1]);
  const socket = net.connect(port, '127.0.0.1');
  let got = '';
  socket.setEncoding('latin1').on('data', (text) => got += text);
  const sent = 'x'.repeat(300000);
  socket.end(sent);
  socket.on('close', mustCall((hadError) => {
    assert.strictEqual(hadError, false);
    assert.strictEqual(got, `Echo server\r\n${sent}`);
    server.kill();
  }));
}));
server.on('exit', mustCall((code, signal) => assert.strictEqual(signal, 'SIGTERM')));
