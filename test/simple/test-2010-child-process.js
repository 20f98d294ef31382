// The rows of 2010's table for child_process.
'use strict';
const row = require('../common/rows')('child_process');
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const { ChildProcess, exec, spawn } = require('child_process');

const event = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));
const text = async (stream) => {
  let all = '';
  stream.on('data', (data) => { all += data; });
  await event(stream, 'end');
  return all;
};
const output = (...args) => text(spawn(...args).stdout);
const run = (command, options) => new Promise((resolve) => exec(command, options, (...args) => resolve(args)));

row('ChildProcess', () => assert.ok(spawn('true') instanceof ChildProcess));
row("child 'exit' function(code, signal)", async () => {
  assert.deepStrictEqual(await event(spawn('sh', ['-c', 'exit 7']), 'exit'), [7, null]);
  const child = spawn('sleep', ['60']);
  child.kill('SIGKILL');
  assert.deepStrictEqual(await event(child, 'exit'), [null, 'SIGKILL']);
});
row('child.stdin', async () => {
  const child = spawn('cat');
  child.stdin.write('to and ');
  child.stdin.end('fro');
  assert.strictEqual(await text(child.stdout), 'to and fro');
});
row('child.stdout', async () => assert.strictEqual(await output('echo', ['hello']), 'hello\n'));
row('child.stderr', async () => assert.strictEqual(await text(spawn('sh', ['-c', 'echo bad >&2']).stderr), 'bad\n'));
row('child.pid', async () => {
  const child = spawn('sh', ['-c', 'echo $$']);
  assert.strictEqual(await text(child.stdout), `${child.pid}\n`);
});
row('child_process.spawn(command, args=[], [options])', async () => {
  assert.strictEqual(await output('echo'), '\n');
  const [error] = await event(spawn('no-such-program-here'), 'error');
  assert.strictEqual(error.code, 'ENOENT');
  // Without a listener as it was: exit status 127 and a word on stderr.
  const quiet = spawn('no-such-program-here');
  const said = text(quiet.stderr);
  assert.deepStrictEqual(await event(quiet, 'exit'), [127, null]);
  assert.match(await said, /execvp\(\)/);
});
row('spawn options.cwd', async () => assert.strictEqual(await output('pwd', [], { cwd: '/' }), '/\n'));
row('spawn options.env', async () => {
  assert.strictEqual(await output('/usr/bin/env', [], { env: { ONLY: 'this' } }), 'ONLY=this\n');
  process.env.ROW_ENV = 'inherited';
  assert.match(await output('/usr/bin/env'), /ROW_ENV=inherited/);
});
row('spawn options.customFds', async () => {
  common.tmpdir.refresh();
  const name = `${common.tmpdir.path}/out`;
  const fd = fs.openSync(name, 'w');
  const child = spawn('echo', ['into the file'], { customFds: [-1, fd, -1] });
  assert.strictEqual(child.stdout, null);
  await event(child, 'exit');
  fs.closeSync(fd);
  assert.strictEqual(fs.readFileSync(name, 'utf8'), 'into the file\n');
});
row('child_process.spawn(command, args, env, customFds)', async () => {
  assert.strictEqual(await output('/usr/bin/env', [], { POSITION: 'third' }, [-1, -1, -1]), 'POSITION=third\n');
});
row('child_process.exec(command, [options], callback)', async () => {
  assert.deepStrictEqual(await run('echo out; echo err >&2'), [null, 'out\n', 'err\n']);
  const [error] = await run('exit 3');
  assert.deepStrictEqual([error.code, error.signal, error.killed], [3, null, false]);
});
row('exec options.encoding', async () => assert.ok(Buffer.isBuffer((await run('echo x', { encoding: 'buffer' }))[1])));
row('exec options.timeout', async () => {
  const [error] = await run('sleep 60', { timeout: 50 });
  assert.deepStrictEqual([error.killed, error.signal], [true, 'SIGTERM']);
});
row('exec options.maxBuffer', async () => {
  const [error] = await run('yes', { maxBuffer: 1000 });
  assert.strictEqual(error.code, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER');
  assert.strictEqual(error.killed, true);
});
row('exec options.killSignal', async () => {
  assert.strictEqual((await run('sleep 60', { timeout: 50, killSignal: 'SIGKILL' }))[0].signal, 'SIGKILL');
});
row('exec options.cwd / options.env', async () => {
  assert.strictEqual((await run('pwd; echo $A', { cwd: '/', env: { ...process.env, A: 'b' } }))[1], '/\nb\n');
});
row("child.kill(signal='SIGTERM')", async () => {
  const child = spawn('sleep', ['60']);
  child.kill();
  assert.deepStrictEqual(await event(child, 'exit'), [null, 'SIGTERM']);
  assert.throws(() => child.kill('SIGNOTHING'), { code: 'ERR_UNKNOWN_SIGNAL' });
});
row('child.fds / child._internal.pid', async () => {
  const child = spawn('cat');
  assert.strictEqual(child.fds.length, 3);
  assert.strictEqual(child._internal.pid, child.pid);
  child.stdin.end();
  await event(child, 'exit');
});
row('close-on-exec', async () => {
  const first = spawn('cat');
  const listed = (await output('sh', ['-c', 'ls /proc/self/fd'])).trim().split('\n');
  assert.ok(listed.length <= 4, listed.join()); // 0, 1, 2 and the folder that ls reads
  first.stdin.end();
  await event(first, 'exit');
});
