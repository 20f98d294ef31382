// stdout and stderr: nothing is lost at exit, end() does no harm, a closed pipe is EPIPE.
'use strict';
const { mustCall, tmpdir } = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawn, spawnSync } = require('child_process');

const run = (code, options) => spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', ...options });

// More than a pipe holds, then exit at once.
const large = 'process.stdout.write("x".repeat(3e6)); process.exit(0)';
assert.strictEqual(run(large, { maxBuffer: 1e7 }).stdout.length, 3e6);

tmpdir.refresh();
const file = tmpdir.join('out');
const fd = fs.openSync(file, 'w');
run('for (let i = 0; i < 1000; i++) { console.log("out", i); console.error("err", i); } process.exit(0)',
    { stdio: ['ignore', fd, fd] });
fs.closeSync(fd);
const lines = fs.readFileSync(file, 'utf8').split('\n');
assert.strictEqual(lines.length, 2001);
for (let i = 0; i < 1000; i++) assert.deepStrictEqual(lines.slice(2 * i, 2 * i + 2), [`out ${i}`, `err ${i}`]);

assert.deepStrictEqual(
  run('process.stdout.on("finish", () => console.error("finish")); process.stdout.end("bye\\n")').output,
  [null, 'bye\n', 'finish\n']);
const writeAfterEnd = 'process.stdout.on("error", (e) => console.error(e.code)).end(); process.stdout.write("x")';
assert.strictEqual(run(writeAfterEnd).stderr, 'ERR_STREAM_WRITE_AFTER_END\n');
assert.strictEqual(run('console.error(process.stdout.fd, process.stderr.fd, process.stdout._type)').stderr,
                   '1 2 pipe\n');
assert.strictEqual(run('console.log(process.stdout.isTTY, process.stdout.columns)').stdout, 'undefined undefined\n');

// A descriptor that is closed from the start swallows what is written.
const closed = spawnSync('/bin/sh', ['-c', '"$0" -e "console.log(1); console.error(2)" >&-', process.execPath],
                         { encoding: 'utf8' });
assert.deepStrictEqual([closed.status, closed.stderr], [0, '2\n']);

// The reader goes away.
const child = spawn(process.execPath, ['-e', `
  process.stdout.on('error', (error) => {
    console.error(error.code, error.syscall);
    process.exit(5);
  });
  setInterval(() => process.stdout.write('x'), 1);
`]);
let stderr = '';
child.stderr.on('data', (text) => { stderr += text; });
child.stdout.once('data', () => child.stdout.destroy());
child.on('close', mustCall((code) => assert.deepStrictEqual([code, stderr], [5, 'EPIPE write\n'])));
