// Signals as events: several listeners, removal restores the default action, nothing keeps the program alive.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { spawn } = require('child_process');

let calls = 0;
const done = mustCall(() => calls++);
process.on('SIGUSR2', mustCall((name, number) => {
  assert.deepStrictEqual([name, number], ['SIGUSR2', require('os').constants.signals.SIGUSR2]);
}));
process.on('SIGUSR2', done);
process.kill(process.pid, 'SIGUSR2');
const wait = setInterval(() => {
  if (calls === 0) return;
  clearInterval(wait);
  process.removeAllListeners('SIGUSR2');
}, 5);

assert.throws(() => process.kill(process.pid, 'SIGWHAT'), { code: 'ERR_UNKNOWN_SIGNAL' });
assert.throws(() => process.kill('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.kill(2 ** 30, 0), { code: 'ESRCH', syscall: 'kill' });
assert.throws(() => process.on('SIGKILL', () => {}), { code: 'EINVAL', syscall: 'uv_signal_start' });
assert.strictEqual(process.kill(process.pid, 0), true);

// A listener that was removed again leaves the default action: death.
const code = 'const f = () => {}; process.on("SIGTERM", f); process.removeListener("SIGTERM", f);' +
  'setInterval(() => {}, 1000); console.log("ready")';
const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
child.stdout.once('data', () => child.kill('SIGTERM'));
child.on('exit', mustCall((code, signal) => assert.strictEqual(signal, 'SIGTERM')));
