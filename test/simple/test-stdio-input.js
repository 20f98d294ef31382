// stdin as pipe, file, nothing; unread or paused it keeps no program running.
'use strict';
const { mustCall, platformTimeout, tmpdir } = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawn, spawnSync } = require('child_process');

const collect = 'let s = ""; process.stdin.setEncoding("utf8").on("data", (d) => { s += d; })' +
  '.on("end", () => console.log("end", s.length));';
const run = (code, options) => spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', ...options }).stdout;

assert.strictEqual(run(collect, { input: 'y'.repeat(200000) }), 'end 200000\n');
assert.strictEqual(run(collect, { input: '' }), 'end 0\n');
assert.strictEqual(run(collect, { stdio: ['ignore', 'pipe', 'inherit'] }), 'end 0\n');

tmpdir.refresh();
const file = tmpdir.join('in');
fs.writeFileSync(file, 'z'.repeat(100000));
const fd = fs.openSync(file, 'r');
assert.strictEqual(run(collect, { stdio: [fd, 'pipe', 'inherit'] }), 'end 100000\n');
fs.closeSync(fd);

const closed = spawnSync('/bin/sh', ['-c', '"$0" -e \'process.stdin.on("end", () => console.log("end")).resume()\' <&-',
                                     process.execPath], { encoding: 'utf8' });
assert.strictEqual(closed.stdout, 'end\n');

assert.strictEqual(run('process.stdin.pipe(process.stdout)', { input: 'through' }), 'through');
const iterate = '(async () => { for await (const c of process.stdin) console.log(`${c}`); })()';
assert.strictEqual(run(iterate, { input: 'it' }), 'it\n');
assert.strictEqual(run('process.openStdin().on("data", (d) => console.log(`${d}`))', { input: 'old' }), 'old\n');

// The other end stays open and silent; the programs end all the same.
for (const code of ['process.stdin', 'process.stdin.resume(); setImmediate(() => process.stdin.pause())',
                    'process.stdin.resume().unref()', 'process.stdin.resume(); process.stdin.destroy()']) {
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'inherit', 'inherit'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), platformTimeout(20000));
  child.on('exit', mustCall((status) => {
    clearTimeout(limit);
    assert.strictEqual(status, 0, code);
  }));
}

// Reading goes on after a pause.
const child = spawn(process.execPath, ['-e', `
  process.stdin.once('data', (first) => {
    process.stdin.pause();
    setImmediate(() => {
      console.log('paused');
      process.stdin.once('data', (second) => { console.log(String(first) + second); process.exit(); });
      process.stdin.resume();
    });
  });
`], { stdio: ['pipe', 'pipe', 'inherit'] });
child.stdin.write('a');
let stdout = '';
child.stdout.on('data', (text) => {
  if (stdout === '') child.stdin.write('b');
  stdout += text;
});
child.on('close', mustCall(() => assert.strictEqual(stdout, 'paused\nab\n')));
