// Errors of the system and of callers have Node's shapes.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const missing = path.join(__dirname, 'not-there');

function checkShape(error) {
  assert.ok(error instanceof Error);
  assert.strictEqual(error.message, `ENOENT: no such file or directory, open '${missing}'`);
  assert.deepStrictEqual({ ...error }, { errno: -2, code: 'ENOENT', syscall: 'open', path: missing });
}

assert.throws(() => fs.readFileSync(missing), (error) => (checkShape(error), true));
fs.readFile(missing, common.mustCall(checkShape));
fs.promises.readFile(missing).then(common.mustNotCall(), common.mustCall(checkShape));
fs.createReadStream(missing).on('error', common.mustCall(checkShape));

assert.throws(() => fs.renameSync(missing, 'b'), {
  message: `ENOENT: no such file or directory, rename '${missing}' -> 'b'`, path: missing, dest: 'b',
});
assert.throws(() => fs.openSync(''), { message: "ENOENT: no such file or directory, open ''", path: '' });
assert.throws(() => fs.realpathSync(path.join(missing, 'x')), { syscall: 'lstat', path: missing });
assert.throws(() => fs.realpathSync.native(missing), { syscall: 'realpath', path: missing });
assert.throws(() => fs.mkdtempSync(`${missing}/x`), { syscall: 'mkdtemp', path: `${missing}/xXXXXXX` });
assert.throws(() => fs.rmSync(__dirname), { code: 'ERR_FS_EISDIR', name: 'SystemError' });
assert.throws(() => fs.readSync(9999, Buffer.alloc(1)), { message: 'EBADF: bad file descriptor, read' });

for (const wrong of [null, undefined, 3.5, {}, [], true, Symbol('x')]) {
  assert.throws(() => fs.openSync(wrong), { code: 'ERR_INVALID_ARG_TYPE', name: 'TypeError' });
  assert.throws(() => fs.stat(wrong, () => {}), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.strictEqual(fs.existsSync(wrong), false);
}
for (const bad of ['a\0b', Buffer.from('a\0b')]) {
  assert.throws(() => fs.statSync(bad), { code: 'ERR_INVALID_ARG_VALUE' });
  fs.promises.stat(bad).catch(common.mustCall((error) => assert.strictEqual(error.code, 'ERR_INVALID_ARG_VALUE')));
}
assert.throws(() => fs.openSync('x', 'zz'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fs.readFileSync('x', 'bogus'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => fs.closeSync('1'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => fs.closeSync(-1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fs.writeFileSync('x', 3), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => fs.accessSync('x', 99), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fs.writeSync(1, Buffer.alloc(3), 5), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fs.readSync(1, Buffer.alloc(1), 0, 5), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => fs.createReadStream('x', { start: 3, end: 1 }), { code: 'ERR_OUT_OF_RANGE' });

// 2 GiB is the most that readFile takes.
const sparse = path.join(fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-errors-')), 'sparse');
process.on('exit', () => fs.rmSync(path.dirname(sparse), { recursive: true, force: true }));
fs.writeFileSync(sparse, '');
fs.truncateSync(sparse, 5 * 2 ** 30);
assert.strictEqual(fs.statSync(sparse).size, 5 * 2 ** 30);
assert.throws(() => fs.readFileSync(sparse), { code: 'ERR_FS_FILE_TOO_LARGE', name: 'RangeError' });
fs.readFile(sparse, common.mustCall((error) => assert.strictEqual(error.code, 'ERR_FS_FILE_TOO_LARGE')));
// What lies beyond 4 GiB can be read and written.
const fd = fs.openSync(sparse, 'r+');
const far = 4 * 2 ** 30 + 123;
fs.writeSync(fd, 'far', far);
assert.strictEqual(fs.readSync(fd, Buffer.alloc(4), 0, 4, far), 4);
assert.deepStrictEqual(fs.readSync(fd, 3, far, 'utf8'), ['far', 3]);
fs.closeSync(fd);
