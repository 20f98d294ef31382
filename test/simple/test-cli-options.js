// -e, -p, -c, -v, -h, -r, --, V8's options, unknown options, stdin.
'use strict';
const { tmpdir, fixtures } = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawnSync } = require('child_process');

function node(args, options) {
  const r = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  return { status: r.status, out: r.stdout, err: r.stderr };
}
assert.deepStrictEqual(node(['-v']), { status: 0, out: `${process.version}\n`, err: '' });
assert.deepStrictEqual(node(['--version']), node(['-v']));
assert.match(node(['-h']).out, /^Usage: node /);
assert.deepStrictEqual(node(['-p', '1 + 1']), { status: 0, out: '2\n', err: '' });
assert.deepStrictEqual(node(['-pe', '[1]']).out, '[ 1 ]\n');
assert.deepStrictEqual(node(['-e', 'console.log(typeof require, typeof module, __filename)']).out,
                       'function object [eval]\n');
assert.deepStrictEqual(node(['-e', '1 + 1']).out, '');
assert.deepStrictEqual(node(['--expose-gc', '-p', 'typeof gc']).out, 'function\n');
assert.deepStrictEqual(node(['--stack-trace-limit=3', '-p', 'Error.stackTraceLimit']).out, '3\n');

const unknown = node(['--no-such-option', 'x.js']);
assert.strictEqual(unknown.status, 9);
assert.match(unknown.err, /bad option: --no-such-option/);
assert.strictEqual(node(['-e']).status, 9);
assert.match(node(['-e']).err, /-e requires an argument/);

tmpdir.refresh();
const script = tmpdir.join('script.js');
fs.writeFileSync(script, 'console.log(process.argv.slice(2).join(), process.execArgv.join(), globalThis.pre)');
fs.writeFileSync(tmpdir.join('pre.js'), 'globalThis.pre = "preloaded"');
assert.strictEqual(node([script, '-e', '--v8-options', '--', 'x']).out, '-e,--v8-options,--,x  undefined\n');
assert.strictEqual(node(['--', script, 'y']).out, 'y  undefined\n');
assert.strictEqual(node(['-r', tmpdir.join('pre.js'), script]).out, ` -r,${tmpdir.join('pre.js')} preloaded\n`);
assert.strictEqual(node([script.slice(0, -3)]).status, 0);
assert.match(node([tmpdir.join('none.js')]).err, /Cannot find module '.*none\.js'/);

assert.strictEqual(node(['-c', script]).out, '');
const bad = node(['-c', fixtures.path('modules', 'syntax-error.js')]);
assert.strictEqual(bad.status, 1);
assert.match(bad.err, /syntax-error\.js:1\n.*\n.*\^/);

assert.strictEqual(node([], { input: 'console.log("from stdin")' }).out, 'from stdin\n');
assert.strictEqual(node(['-', 'arg'], { input: 'console.log(process.argv[2])' }).out, 'arg\n');
assert.strictEqual(node(['-p', 'process.execArgv.length'], { env: { ...process.env, NODE_OPTIONS: '--no-warnings' } })
  .status, 0);
assert.strictEqual(node([script], { env: { ...process.env, NODE_OPTIONS: '-e 1' } }).status, 9);
assert.match(node(['--vars']).out, /^NODE_PREFIX: \/.*\nNODE_CFLAGS: .*-std=c\+\+20.*\n$/);
