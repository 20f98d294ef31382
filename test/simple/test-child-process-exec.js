// exec, execFile, their promises and the synchronous forms.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { exec, execFile, execSync, execFileSync, spawnSync } = require('child_process');
const { promisify } = require('util');

exec('echo out; echo err >&2', mustCall((error, stdout, stderr) => {
  assert.deepStrictEqual([error, stdout, stderr], [null, 'out\n', 'err\n']);
}));
exec('exit 5', mustCall((error) => {
  assert.deepStrictEqual([error.code, error.killed, error.signal, error.cmd], [5, false, null, 'exit 5']);
  assert.match(error.message, /^Command failed: exit 5/);
}));
execFile(process.execPath, ['-p', '"x".repeat(5000)'], { maxBuffer: 100 }, mustCall((error, stdout) => {
  assert.strictEqual(error.code, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER');
  assert.strictEqual(stdout.length, 100);
}));
exec('sleep 100', { timeout: 50 }, mustCall((error) => {
  assert.deepStrictEqual([error.killed, error.signal], [true, 'SIGTERM']);
}));
promisify(exec)('echo promised').then(mustCall(({ stdout }) => assert.strictEqual(stdout, 'promised\n')));
assert.rejects(promisify(execFile)('false'), { code: 1, stdout: '' }).then(mustCall());

assert.strictEqual(execSync('cat', { input: 'given', encoding: 'utf8' }), 'given');
assert.ok(Buffer.isBuffer(execFileSync('echo', ['x'])));
assert.throws(() => execFileSync('false', { stdio: 'pipe' }), { status: 1 });
const big = 'y'.repeat(500000);
assert.strictEqual(spawnSync('cat', { input: big }).stdout.toString(), big);
assert.strictEqual(spawnSync('no-such-program').error.code, 'ENOENT');
const timed = spawnSync('sleep', ['100'], { timeout: 20 });
assert.deepStrictEqual([timed.error.code, timed.signal, timed.status], ['ETIMEDOUT', 'SIGTERM', null]);
assert.strictEqual(spawnSync('yes', { maxBuffer: 1000 }).error.code, 'ENOBUFS');
assert.strictEqual(spawnSync('/bin/sh', ['-c', 'kill -9 $$']).signal, 'SIGKILL');
