// spawn: exit codes and signals, stdio of each kind, cwd and env, missing programs, no inherited descriptors.
'use strict';
const { mustCall, tmpdir } = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawn } = require('child_process');

function collect(stream) {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk) => text += chunk);
  return () => text;
}

{
  const child = spawn('/bin/sh', ['-c', 'cat; echo error >&2; exit 3']);
  const out = collect(child.stdout);
  const err = collect(child.stderr);
  child.stdin.end('through the pipe');
  child.on('exit', mustCall((code, signal) => assert.deepStrictEqual([code, signal], [3, null])));
  child.on('close', mustCall(() => assert.deepStrictEqual([out(), err()], ['through the pipe', 'error\n'])));
  assert.strictEqual(typeof child.pid, 'number');
}
{
  const child = spawn('sleep', ['100']);
  assert.strictEqual(child.kill('SIGKILL'), true);
  child.on('exit', mustCall((code, signal) => {
    assert.deepStrictEqual([code, signal, child.killed], [null, 'SIGKILL', true]);
    assert.strictEqual(child.kill(), false);
  }));
  assert.throws(() => child.kill('SIGNOTHING'), { code: 'ERR_UNKNOWN_SIGNAL' });
}
{
  const child = spawn('no-such-program-anywhere', ['x']);
  child.on('error', mustCall((error) => {
    assert.strictEqual(error.message, 'spawn no-such-program-anywhere ENOENT');
    assert.deepStrictEqual([error.code, error.syscall, error.path, error.spawnargs],
                           ['ENOENT', 'spawn no-such-program-anywhere', 'no-such-program-anywhere', ['x']]);
  }));
  assert.strictEqual(child.pid, undefined);
}
{
  tmpdir.refresh();
  const child = spawn('/bin/sh', ['-c', 'pwd; echo $WORD'], { cwd: tmpdir.path, env: { WORD: 'given' } });
  const out = collect(child.stdout);
  child.on('close', mustCall(() => assert.strictEqual(out(), `${fs.realpathSync(tmpdir.path)}\ngiven\n`)));
}
{
  const child = spawn('true', { cwd: '/no/such/folder' });
  child.on('error', mustCall((error) => assert.strictEqual(error.code, 'ENOENT')));
}
if (process.platform === 'linux') {
  // The child has its three descriptors and the one that lists them, whatever is open here.
  const held = [fs.openSync(__filename), fs.openSync(__filename)];
  const child = spawn('ls', ['/proc/self/fd']);
  const out = collect(child.stdout);
  child.on('close', mustCall(() => {
    assert.strictEqual(out().trim().split('\n').length, 4, out());
    held.forEach((fd) => fs.closeSync(fd));
  }));
}
{
  const file = `${tmpdir.path}/out.txt`;
  const fd = fs.openSync(file, 'w');
  const child = spawn('echo', ['into a file'], { stdio: ['ignore', fd, 'ignore'] });
  assert.deepStrictEqual([child.stdin, child.stdout, child.stderr], [null, null, null]);
  child.on('close', mustCall(() => assert.strictEqual(fs.readFileSync(file, 'utf8'), 'into a file\n')));
}
for (const bad of [undefined, null, 1, {}, '']) assert.throws(() => spawn(bad), { name: 'TypeError' });
assert.throws(() => spawn('a\0b'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => spawn('true', [], { stdio: 'nonsense' }), { code: 'ERR_INVALID_ARG_VALUE' });
