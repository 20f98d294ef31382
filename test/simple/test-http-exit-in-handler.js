// What a response has written leaves even if the handler ends the process at once.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const { spawn } = require('child_process');

if (process.argv[2] === 'child') {
  const server = http.createServer((req, res) => {
    res.end('last words');
    process.exit(3);
  }).listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
} else {
  const child = spawn(process.execPath, [__filename, 'child'], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', mustCall((line) => {
    http.get({ port: parseInt(line, 10), host: '127.0.0.1' }, mustCall((res) => {
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', mustCall(() => assert.strictEqual(text, 'last words')));
    }));
  }));
  child.on('exit', mustCall((code) => assert.strictEqual(code, 3)));
}
