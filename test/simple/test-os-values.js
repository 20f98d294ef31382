// os: every function answers with what its name says; text, numbers and shapes.
'use strict';
require('../common');
const assert = require('assert');
const os = require('os');

for (const name of ['arch', 'endianness', 'homedir', 'hostname', 'machine', 'platform', 'release', 'tmpdir', 'type',
                    'version']) {
  const value = os[name]();
  assert.ok(typeof value === 'string' && value.length > 0, name);
  assert.strictEqual(`${os[name]}`, value, 'a function stands for its value in text');
}
assert.strictEqual(os.platform(), process.platform);
assert.strictEqual(os.arch(), process.arch);
assert.match(os.endianness(), /^[BL]E$/);
assert.strictEqual(os.EOL, '\n');
assert.strictEqual(os.devNull, '/dev/null');
assert.throws(() => { os.EOL = 'x'; }, TypeError);

assert.ok(os.uptime() > 0);
assert.ok(os.totalmem() > os.freemem() && os.freemem() > 0);
assert.strictEqual(os.loadavg().length, 3);
for (const load of os.loadavg()) assert.ok(load >= 0);

const cpus = os.cpus();
assert.strictEqual(os.availableParallelism(), cpus.length);
for (const { model, speed, times } of cpus) {
  assert.strictEqual(typeof model, 'string');
  assert.ok(speed >= 0);
  assert.deepStrictEqual(Object.keys(times), ['user', 'nice', 'sys', 'idle', 'irq']);
}
if (process.platform === 'linux') {
  const lines = require('fs').readFileSync('/proc/stat', 'latin1').match(/^cpu\d+/gm);
  assert.strictEqual(cpus.length, lines.length);
}

process.env.TMPDIR = '/somewhere/';
assert.strictEqual(os.tmpdir(), '/somewhere');
process.env.TMPDIR = '/';
assert.strictEqual(os.tmpdir(), '/');
delete process.env.TMPDIR;
process.env.TMP = '';
delete process.env.TEMP;
assert.strictEqual(os.tmpdir(), '/tmp');
process.env.HOME = '/my/home';
assert.strictEqual(os.homedir(), '/my/home');

const user = os.userInfo();
assert.deepStrictEqual(Object.keys(user).sort(), ['gid', 'homedir', 'shell', 'uid', 'username']);
assert.strictEqual(user.uid, process.geteuid());
const raw = os.userInfo({ encoding: 'buffer' });
assert.strictEqual(raw.username.toString(), user.username);

// Names of 0.3.1.
assert.strictEqual(os.getHostname(), os.hostname());
assert.strictEqual(os.tmpDir(), os.tmpdir());
