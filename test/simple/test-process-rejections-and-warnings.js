// Modes of --unhandled-rejections, multipleResolves, warnings: silenced, redirected, thrown, traced.
'use strict';
const { tmpdir } = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawnSync } = require('child_process');

function node(args, env) {
  const r = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  return { status: r.status, out: r.stdout, err: r.stderr };
}
const reject = 'Promise.reject(new Error("lost")); setTimeout(() => console.log("on"), 1)';
assert.deepStrictEqual({ ...node(['-e', reject]), err: '' }, { status: 1, out: '', err: '' });
assert.match(node(['--unhandled-rejections=warn', '-e', reject]).err, /UnhandledPromiseRejectionWarning: Error: lost/);
assert.deepStrictEqual(node(['--unhandled-rejections=none', '-e', reject]), { status: 0, out: 'on\n', err: '' });
assert.strictEqual(node(['--unhandled-rejections=warn-with-error-code', '-e', reject]).status, 1);
assert.strictEqual(node(['--unhandled-rejections=strict', '-e', `process.on('unhandledRejection', () => {}); ${reject}`]).status, 1);
const wrong = node(['--unhandled-rejections=maybe', '-e', '0']);
assert.strictEqual(wrong.status, 9);
assert.match(wrong.err, /invalid value for --unhandled-rejections/);
// A rejection that a listener causes may be handled in a tick.
assert.strictEqual(node(['-e', `let n = 0;
  process.on('unhandledRejection', () => {
    if (n++ > 0) process.exit(5);
    const p = Promise.reject(1);
    process.nextTick(() => p.catch(() => {}));
  });
  Promise.reject(0);`]).status, 0);
assert.strictEqual(node(['--no-deprecation', '-p', `const seen = [];
  process.on('multipleResolves', (type, promise, value) => seen.push(type, value));
  new Promise((resolve, reject) => { resolve(1); resolve(2); reject(3); });
  process.on('exit', () => console.log(seen.join())); 0`]).out, '0\nresolve,2,reject,3\n');

tmpdir.refresh();
const file = tmpdir.join('warnings.txt');
const warn = ['-e', 'process.emitWarning("careful")'];
assert.match(node(warn).err, /^\(node:\d+\) Warning: careful\n\(Use `node --trace-warnings/);
assert.strictEqual(node(['--no-warnings', ...warn]).err, '');
assert.match(node(['--no-warnings', '--warnings', ...warn]).err, /careful/);
assert.strictEqual(node(warn, { NODE_NO_WARNINGS: '1' }).err, '');
assert.strictEqual(node([`--redirect-warnings=${file}`, ...warn]).err, '');
assert.match(fs.readFileSync(file, 'utf8'), /^\(node:\d+\) Warning: careful/);
assert.strictEqual(node(warn, { NODE_REDIRECT_WARNINGS: file }).err, '');
assert.strictEqual(fs.readFileSync(file, 'utf8').match(/careful/g).length, 2);
assert.match(node(warn, { NODE_OPTIONS: '--trace_warnings' }).err, /Warning: careful\n {4}at /);
assert.strictEqual(node(['--throw-deprecation', '-e', 'process.emitWarning("old", "DeprecationWarning")']).status, 1);
assert.match(node(['--pending-deprecation', '-e', 'process.env.X = undefined']).err, /DEP0104/);
assert.strictEqual(node(['-e', 'process.env.X = undefined']).err, '');

// Errors of options.
assert.match(node(['--no-title']).err, /--no-title is an invalid negation because it is not a boolean option/);
assert.match(node([], { NODE_OPTIONS: '--eval=1' }).err, /--eval=1 is not allowed in NODE_OPTIONS/);
assert.match(node([], { NODE_OPTIONS: '--title="a' }).err, /unterminated string/);
assert.match(node(['-c', '-e', '1']).err, /either --check or --eval can be used, not both/);
assert.strictEqual(node(['-p', 'process.execArgv.length'], { NODE_OPTIONS: '--no-warnings' }).out, '2\n');
const flags = process.allowedNodeEnvironmentFlags;
for (const flag of ['--max_old_space_size=5', 'no-warnings', '-r', '--stack-trace-limit']) assert.ok(flags.has(flag), flag);
for (const flag of ['--eval', '-e', '', 5, '--nothing']) assert.ok(!flags.has(flag));
assert.throws(() => Object.assign(flags, { size2: 1 }), TypeError);
