// argv, env with live writes, cwd, hrtime, exit codes as the parent sees them.
'use strict';
const { tmpdir, mustCall } = require('../common');
const assert = require('assert');
const fs = require('fs');
const { spawnSync, execFileSync } = require('child_process');

assert.strictEqual(process.argv[0], process.execPath);
assert.strictEqual(process.argv[1], __filename);
assert.ok(process instanceof require('events'));
assert.strictEqual(Object.prototype.toString.call(process), '[object process]');

process.env.TEST_LIVE = 12;
assert.strictEqual(process.env.TEST_LIVE, '12');
assert.strictEqual(execFileSync('/bin/sh', ['-c', 'echo $TEST_LIVE'], { encoding: 'utf8' }), '12\n');
delete process.env.TEST_LIVE;
assert.strictEqual('TEST_LIVE' in process.env, false);
assert.throws(() => { process.env[Symbol('x')] = 1; }, TypeError);
process.env.TZ = 'America/New_York';
assert.strictEqual(new Date(0).getHours(), 19);
process.env.TZ = 'UTC';
assert.strictEqual(new Date(0).getHours(), 0);

tmpdir.refresh();
const before = process.cwd();
process.chdir(tmpdir.path);
assert.strictEqual(process.cwd(), fs.realpathSync(tmpdir.path));
process.chdir(before);
assert.throws(() => process.chdir('/does/not/exist'),
              { code: 'ENOENT', syscall: 'chdir', dest: '/does/not/exist' });
assert.throws(() => process.chdir(1), { code: 'ERR_INVALID_ARG_TYPE' });

const t = process.hrtime();
const later = process.hrtime(t);
assert.ok(later[0] >= 0 && later[1] >= 0 && later[1] < 1e9);
assert.strictEqual(typeof process.hrtime.bigint(), 'bigint');

function status(code, ...args) {
  const result = spawnSync(process.execPath, ['-e', code, ...args], { encoding: 'utf8' });
  return [result.status, result.stdout, result.stderr];
}
assert.deepStrictEqual(status('0'), [0, '', '']);
assert.deepStrictEqual(status('process.exit(3)'), [3, '', '']);
assert.deepStrictEqual(status('process.exitCode = 4'), [4, '', '']);
assert.deepStrictEqual(status('process.on("exit", (c) => { console.log(c); process.exitCode = 6; }); process.exit(5)'),
                       [6, '5\n', '']);
assert.deepStrictEqual(status('process.on("uncaughtException", (e, o) => console.log(e.message, o)); ' +
                              'setTimeout(() => console.log("goes on"), 1); throw new Error("x")'),
                       [0, 'x uncaughtException\ngoes on\n', '']);
assert.strictEqual(status('process.on("uncaughtException", () => { throw 1; }); throw 2')[0], 7);
assert.strictEqual(status('throw new Error("boom")')[0], 1);
assert.strictEqual(status('Promise.reject(new Error("lost"))')[0], 1);
assert.deepStrictEqual(status('let n = 0; process.on("beforeExit", () => { if (n++ < 2) setImmediate(() => console.log(n)); })')
  .slice(0, 2), [0, '1\n2\n']);
assert.deepStrictEqual(status('console.log(process.argv.slice(1).join())', 'a', '-b', '--c')[1], 'a,-b,--c\n');

process.on('exit', mustCall((code) => assert.strictEqual(code, 0)));
