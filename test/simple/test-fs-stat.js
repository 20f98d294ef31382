// stat in its forms: kinds, numbers, BigInts, missing files, times.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-stat-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'file');
const link = path.join(dir, 'link');
fs.writeFileSync(file, 'four', { mode: 0o640 });
fs.symlinkSync('file', link);

const s = fs.statSync(file);
assert.ok(s instanceof fs.Stats);
assert.ok(s.isFile() && !s.isDirectory() && !s.isSymbolicLink() && !s.isFIFO() && !s.isSocket());
assert.ok(!s.isBlockDevice() && !s.isCharacterDevice());
assert.strictEqual(s.size, 4);
assert.strictEqual(s.mode & 0o777, 0o640 & ~process.umask());
assert.strictEqual(s.nlink, 1);
assert.strictEqual(s.uid, process.getuid());
for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
  assert.ok(s[name] instanceof Date);
  assert.strictEqual(s[name].getTime(), Math.round(s[`${name}Ms`]));
  assert.ok(Math.abs(Date.now() - s[name]) < 3600e3);
}
assert.ok(fs.statSync(dir).isDirectory());
assert.ok(fs.statSync(link).isFile());
assert.ok(fs.lstatSync(link).isSymbolicLink());
assert.ok(fs.statSync('/dev/null').isCharacterDevice());

const big = fs.statSync(file, { bigint: true });
assert.strictEqual(big.size, 4n);
assert.strictEqual(big.ino, BigInt(s.ino));
assert.strictEqual(big.mtimeNs / 1000000n, big.mtimeMs);
assert.ok(big.isFile());
assert.ok(big.mtime instanceof Date);

assert.strictEqual(fs.statSync(path.join(dir, 'none'), { throwIfNoEntry: false }), undefined);
assert.strictEqual(fs.lstatSync(path.join(dir, 'none'), { throwIfNoEntry: false }), undefined);
assert.throws(() => fs.lstatSync(path.join(file, 'none'), { throwIfNoEntry: false }), { code: 'ENOTDIR' });
assert.throws(() => fs.statSync(path.join(dir, 'none')), { code: 'ENOENT', syscall: 'stat' });

fs.utimesSync(file, 1.5, new Date(2500));
assert.strictEqual(fs.statSync(file).atimeMs, 1500);
assert.strictEqual(fs.statSync(file).mtimeMs, 2500);
fs.lutimesSync(link, '7', 8);
assert.strictEqual(fs.lstatSync(link).mtimeMs, 8000);
assert.strictEqual(fs.statSync(link).mtimeMs, 2500);

fs.stat(file, common.mustCall((error, stats) => {
  assert.strictEqual(error, null);
  assert.strictEqual(stats.size, 4);
}));
fs.lstat(link, { bigint: true }, common.mustCall((error, stats) => assert.ok(stats.isSymbolicLink())));
fs.fstat(0, common.mustCall((error, stats) => assert.strictEqual(typeof stats.mode, 'number')));
fs.stat('/nope', common.mustCall((error, stats) => {
  assert.strictEqual(error.code, 'ENOENT');
  assert.strictEqual(stats, undefined);
}));
fs.promises.stat(file).then(common.mustCall((stats) => assert.strictEqual(stats.ino, s.ino)));
// Results of many requests at once are not mixed up.
for (let i = 0; i < 50; i++) {
  fs.stat(i % 2 ? dir : file, common.mustCall((error, stats) => assert.strictEqual(stats.isDirectory(), i % 2 === 1)));
}
assert.strictEqual(typeof fs.statfsSync(dir).bsize, 'number');
