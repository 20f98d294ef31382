// The rows of 2010's table for process.
'use strict';
const row = require('../common/rows')('process');
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawn, spawnSync } = require('child_process');

const run = (code, options) => spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', ...options });
const isRoot = process.getuid() === 0;

row("process 'exit' function()", () => {
  const { stdout, status } = run(`
    process.on('exit', (code) => { console.log('exit', code); setTimeout(() => console.log('never'), 0); });
    process.on('exit', () => { process.nextTick(() => console.log('never')); });
    setTimeout(() => process.exit(3), 1);`);
  assert.strictEqual(stdout, 'exit 3\n');
  assert.strictEqual(status, 3);
});
row('exception inside an exit listener', () => {
  const { stderr, status } = run("process.on('exit', () => { throw new Error('at the end'); })");
  assert.match(stderr, /Error: at the end/);
  assert.notStrictEqual(status, 0);
});
row("process 'uncaughtException' function(err)", () => {
  const { stdout, status } = run(`
    process.on('uncaughtException', (e) => console.log('one', e.message));
    process.on('uncaughtException', (e) => console.log('two', e.message));
    setTimeout(() => console.log('goes on'), 5);
    throw new Error('x');`);
  assert.strictEqual(stdout, 'one x\ntwo x\ngoes on\n');
  assert.strictEqual(status, 0);
  const fatal = run("process.on('uncaughtException', () => { throw new Error('worse'); }); throw new Error('x')");
  assert.match(fatal.stderr, /worse/);
  assert.notStrictEqual(fatal.status, 0);
});
row("process signal events ('SIGINT', 'SIGUSR1', ...) function()", () => {
  const { stdout } = run(`
    process.on('SIGUSR2', (name) => { console.log(name); process.removeAllListeners('SIGUSR2'); });
    process.kill(process.pid, 'SIGUSR2');
    setTimeout(() => {}, 20);`);
  assert.strictEqual(stdout, 'SIGUSR2\n');
  // A listener does not keep the loop alive; without it the default is back.
  assert.strictEqual(run("process.on('SIGTERM', () => {})").status, 0);
  const after = run(`
    const f = () => {}; process.on('SIGTERM', f); process.removeListener('SIGTERM', f);
    setInterval(() => {}, 1000); process.kill(process.pid, 'SIGTERM');`);
  assert.strictEqual(after.signal, 'SIGTERM');
});
row('process.stdout', () => {
  assert.strictEqual(run("process.stdout.write('text'); process.stdout.end()").stdout, 'text');
});
row('process.openStdin()', () => new Promise((resolve) => {
  const child = spawn(process.execPath, ['-e', `
    const stdin = process.openStdin();
    if (stdin !== process.openStdin()) throw new Error('not the same');
    stdin.setEncoding('utf8');
    let text = '';
    stdin.on('data', (s) => { text += s; });
    stdin.on('end', () => console.log(text.toUpperCase()));`]);
  let output = '';
  child.stdout.on('data', (data) => { output += data; });
  child.on('close', () => resolve(assert.strictEqual(output, 'WORDS\n')));
  child.stdin.end('words');
}));
row('process.argv', () => {
  const { stdout } = spawnSync(process.execPath, [common.fixtures.path('..', 'common', 'index.js'), 'a', '-v', '--x'],
      { encoding: 'utf8' });
  assert.strictEqual(stdout, '');
  const code = "console.log(process.argv.slice(1).join('|'))";
  assert.strictEqual(spawnSync(process.execPath, ['-e', code, 'a', '--', '-v'], { encoding: 'utf8' }).stdout.trim(), 'a|--|-v');
  assert.ok(path.isAbsolute(process.argv[1]));
});
row('process.execPath', () => {
  assert.ok(path.isAbsolute(process.execPath));
  assert.ok(fs.statSync(process.execPath).isFile());
});
row('process.chdir(directory)', () => {
  const before = process.cwd();
  process.chdir('/');
  assert.strictEqual(process.cwd(), '/');
  process.chdir(before);
  assert.throws(() => process.chdir('/no/such/folder'), { code: 'ENOENT' });
  assert.throws(() => process.chdir(7), { code: 'ERR_INVALID_ARG_TYPE' });
});
row('process.cwd()', () => assert.strictEqual(process.cwd(), fs.realpathSync('.')));
row('process.compile(code, filename)', () => assert.strictEqual(process.compile('6 * 7', 'answer.js'), 42));
row('process.env', () => {
  process.env.ROW_NUMBER = 7;
  assert.strictEqual(process.env.ROW_NUMBER, '7');
  assert.ok(Object.keys(process.env).includes('ROW_NUMBER'));
  assert.strictEqual(run('console.log(process.env.ROW_NUMBER)').stdout, '7\n');
  delete process.env.ROW_NUMBER;
  assert.ok(!('ROW_NUMBER' in process.env));
});
row('process.exit(code=0)', () => {
  assert.strictEqual(run('process.exit(); setTimeout(() => {}, 1e6)').status, 0);
  assert.strictEqual(run('process.exit(9)').status, 9);
});
row('process.getgid()', () => assert.strictEqual(process.getgid(), Number(spawnSync('id', ['-rg'], { encoding: 'utf8' }).stdout)));
row('process.setgid(id)', () => {
  assert.throws(() => process.setgid('no-such-group'), { code: 'ERR_UNKNOWN_CREDENTIAL' });
  assert.throws(() => process.setgid(), { code: 'ERR_INVALID_ARG_TYPE' });
  if (isRoot) assert.strictEqual(run("process.setgid('nogroup'); process.setgid(1); console.log(process.getgid())").stdout, '1\n');
});
row('process.getuid()', () => assert.strictEqual(process.getuid(), Number(spawnSync('id', ['-ru'], { encoding: 'utf8' }).stdout)));
row('process.setuid(id)', () => {
  assert.throws(() => process.setuid('no-such-user'), { code: 'ERR_UNKNOWN_CREDENTIAL' });
  if (!isRoot) return;
  assert.strictEqual(run("process.setuid('nobody'); console.log(process.getuid())").stdout,
      run("process.setuid(65534); console.log(process.getuid())").stdout);
});
row('process.version', () => assert.match(process.version, /^v\d+\.\d+\.\d+$/));
row('process.installPrefix', () => assert.ok(path.isAbsolute(process.installPrefix)));
row("process.kill(pid, signal='SIGINT')", () => {
  assert.strictEqual(process.kill(process.pid, 0), true);
  assert.throws(() => process.kill(process.pid, 'SIGNOTHING'), { code: 'ERR_UNKNOWN_SIGNAL' });
  assert.throws(() => process.kill(2 ** 22 + 1, 0), { code: 'ESRCH' });
  assert.strictEqual(run('setInterval(() => {}, 1000); process.kill(process.pid)').signal, 'SIGTERM');
});
row('process.pid', () => assert.strictEqual(String(process.pid), fs.readlinkSync('/proc/self')));
row('process.title', () => {
  assert.strictEqual(run("process.title = 'renamed'; console.log(process.title)").stdout, 'renamed\n');
});
row('process.platform', () => assert.strictEqual(process.platform, { Linux: 'linux',
    Darwin: 'darwin' }[require('os').type()] ?? process.platform));
row('process.memoryUsage()', () => {
  const usage = process.memoryUsage();
  for (const name of ['rss', 'vsize', 'heapTotal', 'heapUsed']) assert.ok(usage[name] > 0, name);
  assert.ok(usage.heapUsed <= usage.heapTotal);
});
row('process.nextTick(callback)', () => new Promise((resolve) => {
  const order = [];
  setTimeout(() => { order.push('timer'); resolve(assert.deepStrictEqual(order, ['now', 'tick', 'tick of tick', 'timer'])); }, 1);
  process.nextTick(() => {
    order.push('tick');
    process.nextTick(() => order.push('tick of tick'));
  });
  order.push('now');
}));
row('process.umask([mask])', () => {
  const old = process.umask(0o077);
  assert.strictEqual(process.umask(), 0o077);
  assert.strictEqual(process.umask(old), 0o077);
  assert.throws(() => process.umask('9'), { code: 'ERR_INVALID_ARG_VALUE' });
});
row('process.assert(value, [message])', () => {
  process.assert(true, 'fine');
  assert.throws(() => process.assert(false, 'not fine'), /not fine/);
});
row('process.binding(name)', () => {
  assert.strictEqual(typeof process.binding('fs'), 'object');
  assert.throws(() => process.binding('nothing'), { message: /No such module/ });
});
row('process.reallyExit(code)', () => {
  const { stdout, status } = run("process.on('exit', () => console.log('never')); process.reallyExit(5)");
  assert.strictEqual(stdout, '');
  assert.strictEqual(status, 5);
});
row('process.evalcx(code, [sandbox], [filename])', () => {
  assert.strictEqual(process.evalcx('a + 1', { a: 1 }, 'here.js'), 2);
});
row('process._byteLength(string, [encoding])', () => assert.throws(() => process._byteLength('x'), /Buffer\.byteLength/));
