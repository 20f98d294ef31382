// Identities: numbers, names, and what is refused; changes are tried in a child.
'use strict';
const common = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');

for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) assert.ok(process[name]() >= 0, name);
assert.ok(process.getgroups().includes(process.getegid()));

const unknown = { code: 'ERR_UNKNOWN_CREDENTIAL' };
assert.throws(() => process.setuid('no-such-user'), { ...unknown, message: /^User identifier does not exist: no-/ });
assert.throws(() => process.seteuid('no-such-user'), unknown);
assert.throws(() => process.setgid('no-such-group'), { ...unknown, message: /^Group identifier/ });
assert.throws(() => process.setgroups(['no-such-group']), unknown);
assert.throws(() => process.setuid(-1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => process.setuid({}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.setgroups('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.setgroups([-1]), { code: 'ERR_OUT_OF_RANGE', message: /groups\[0\]/ });
assert.throws(() => process.initgroups('root'), { code: 'ERR_INVALID_ARG_TYPE', message: /extraGroup/ });

const before = process.umask(0o27);
assert.strictEqual(process.umask(), 0o27);
assert.strictEqual(process.umask('22'), 0o27);
assert.strictEqual(process.umask(before), 0o22);
for (const bad of ['9', 'x', '']) assert.throws(() => process.umask(bad), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => process.umask({}), { code: 'ERR_INVALID_ARG_TYPE' });

if (common.isRoot) {
  const script = 'process.setgroups([]); process.setgid("nogroup"); process.setuid("nobody");' +
    'console.log(process.getuid() > 0, process.getgid() > 0);' +
    'try { process.setuid(0); } catch (e) { console.log(e.code, e.syscall); }';
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  assert.strictEqual(stdout, 'true true\nEPERM setuid\n');
}
