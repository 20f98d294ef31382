// vm: with breakOnSigint ^C ends the script that runs, and listeners hear of it only when none does; errors say their place.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const vm = require('vm');
const { spawn } = require('child_process');

common.tmpdir.refresh();

// Sends SIGINT to this process once the file exists.
function interruptWhen(file) {
  spawn('sh', ['-c', `while [ ! -e '${file}' ]; do sleep 0.02; done; kill -INT ${process.pid}`], { stdio: 'ignore' });
}

const early = common.mustNotCall('not while the script runs');
process.on('SIGINT', early);
for (const run of ['runInThisContext', 'runInNewContext']) {
  const started = common.tmpdir.join(run);
  interruptWhen(started);
  globalThis.started = () => fs.writeFileSync(started, '');
  const args = run === 'runInNewContext' ? [{ started: globalThis.started }] : [];
  assert.throws(() => vm[run]('started(); for (;;);', ...args, { breakOnSigint: true }), {
    code: 'ERR_SCRIPT_EXECUTION_INTERRUPTED', message: 'Script execution was interrupted by `SIGINT`',
  });
}
process.removeListener('SIGINT', early);

// A limit of time and ^C go together, and a script that ends by itself leaves nothing behind.
assert.throws(() => vm.runInThisContext('for (;;);', { breakOnSigint: true, timeout: 5 }), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
assert.strictEqual(vm.runInThisContext('6 * 7', { breakOnSigint: true }), 42);
process.once('SIGINT', common.mustCall(() => clearInterval(waiting)));
const waiting = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGINT');

function stackOf(run) {
  try {
    run();
  } catch (error) {
    return error.stack;
  }
  return undefined;
}

assert.ok(stackOf(() => new vm.Script('1;\nlet x y;', { filename: 'a' })).startsWith('a:2\nlet x y;\n      ^\n\nSyntaxError: '));
assert.ok(stackOf(() => vm.runInThisContext('throw new Error("b")', 'b')).startsWith('b:1\nthrow new Error("b")\n^\n\nError: b\n'));
assert.ok(stackOf(() => vm.runInThisContext('throw new Error("c")', { displayErrors: false })).startsWith('Error: c\n'));
