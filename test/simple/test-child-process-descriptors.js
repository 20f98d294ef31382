// A child has the descriptors of its stdio and no others, whatever the parent has open.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const { spawn, spawnSync } = require('child_process');

const folder = fs.existsSync('/proc/self/fd') ? '/proc/self/fd' : '/dev/fd';
const opened = fs.openSync(__filename);
const list = `ls ${folder}/`;

// `ls` itself opens the folder with the first number that is free.
const numbers = (text) => text.trim().split(/\s+/).map(Number).sort((a, b) => a - b);

const server = net.createServer().listen(0, '127.0.0.1', () => {
  const child = spawn('/bin/sh', ['-c', `exec ${list}`], { stdio: ['ignore', 'pipe', 'inherit', 'pipe', opened] });
  let text = '';
  child.stdout.on('data', (chunk) => { text += chunk; });
  child.on('close', common.mustCall(() => {
    assert.deepStrictEqual(numbers(text), [0, 1, 2, 3, 4, 5]);
    server.close();
    fs.closeSync(opened);
  }));
  assert.deepStrictEqual(numbers(spawnSync('/bin/sh', ['-c', `exec ${list}`]).stdout.toString()), [0, 1, 2, 3]);
});

spawn('no-such-program-at-all').on('error', common.mustCall((error) => {
  assert.strictEqual(error.code, 'ENOENT');
  assert.strictEqual(error.syscall, 'spawn no-such-program-at-all');
  assert.strictEqual(error.path, 'no-such-program-at-all');
  assert.deepStrictEqual(error.spawnargs, []);
}));
