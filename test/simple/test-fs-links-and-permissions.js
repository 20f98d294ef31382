// Links, modes, owners, access, copying, truncating, realpath, URLs as paths.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');

const dir = fs.realpathSync(fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-links-')));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);
fs.writeFileSync(at('f'), '0123456789');

fs.linkSync(at('f'), at('hard'));
assert.strictEqual(fs.statSync(at('f')).nlink, 2);
fs.symlinkSync('f', at('soft'));
fs.symlinkSync(dir, at('self'));
assert.strictEqual(fs.readlinkSync(at('soft')), 'f');
assert.ok(fs.readlinkSync(at('soft'), 'buffer').equals(Buffer.from('f')));
assert.throws(() => fs.readlinkSync(at('f')), { code: 'EINVAL', syscall: 'readlink' });
assert.throws(() => fs.symlinkSync('f', at('x'), 'strange'), { code: 'ERR_FS_INVALID_SYMLINK_TYPE' });

assert.strictEqual(fs.realpathSync(at('self/self/soft')), at('f'));
assert.strictEqual(fs.realpathSync.native(at('soft')), at('f'));
fs.realpath(at('self/soft'), common.mustCall((error, resolved) => assert.strictEqual(resolved, at('f'))));
fs.realpath(at('none/x'), common.mustCall((error) => {
  assert.deepStrictEqual([error.code, error.syscall, error.path], ['ENOENT', 'lstat', at('none')]);
}));
fs.symlinkSync('loop', at('loop'));
assert.throws(() => fs.realpathSync(at('loop')), { code: 'ELOOP' });

fs.chmodSync(at('f'), 0o444);
assert.strictEqual(fs.statSync(at('f')).mode & 0o777, 0o444);
fs.chmodSync(at('f'), '644');
const fd = fs.openSync(at('f'), 'r+');
fs.fchmodSync(fd, 0o600);
fs.fchownSync(fd, process.getuid(), process.getgid());
fs.futimesSync(fd, 3, 4);
fs.fsyncSync(fd);
fs.fdatasyncSync(fd);
assert.strictEqual(fs.fstatSync(fd).mtimeMs, 4000);
fs.truncateSync(fd, 8);
fs.closeSync(fd);
fs.chownSync(at('f'), process.getuid(), process.getgid());
fs.lchownSync(at('soft'), process.getuid(), process.getgid());
assert.strictEqual(fs.statSync(at('f')).size, 8);
fs.truncateSync(at('f'), 4);
assert.strictEqual(fs.readFileSync(at('f'), 'utf8'), '0123');
fs.truncate(at('f'), common.mustCall((error) => assert.strictEqual(error, null)));

assert.strictEqual(fs.accessSync(dir, fs.constants.R_OK | fs.constants.X_OK), undefined);
assert.throws(() => fs.accessSync(at('none')), { code: 'ENOENT', syscall: 'access' });
fs.exists(dir, common.mustCall((there) => assert.strictEqual(there, true)));
fs.exists(at('none'), common.mustCall((there) => assert.strictEqual(there, false)));

fs.writeFileSync(at('src'), 'copied', { mode: 0o640 });
fs.copyFileSync(at('src'), at('dst'));
assert.strictEqual(fs.readFileSync(at('dst'), 'utf8'), 'copied');
assert.strictEqual(fs.statSync(at('dst')).mode, fs.statSync(at('src')).mode);
assert.throws(
  () => fs.copyFileSync(at('src'), at('dst'), fs.constants.COPYFILE_EXCL), { code: 'EEXIST', syscall: 'copyfile' });
fs.copyFileSync(at('src'), at('src'));
assert.strictEqual(fs.readFileSync(at('src'), 'utf8'), 'copied');
fs.copyFile(at('src'), at('dst2'), common.mustCall((error) => assert.strictEqual(error, null)));

// Trees.
fs.mkdirSync(at('tree/sub'), { recursive: true });
fs.writeFileSync(at('tree/sub/f'), 'deep');
fs.symlinkSync('sub/f', at('tree/link'));
assert.throws(() => fs.cpSync(at('tree'), at('tree2')), { code: 'ERR_FS_EISDIR' });
fs.cpSync(at('tree'), at('tree2'), { recursive: true, verbatimSymlinks: true });
assert.strictEqual(fs.readFileSync(at('tree2/sub/f'), 'utf8'), 'deep');
assert.strictEqual(fs.readlinkSync(at('tree2/link')), 'sub/f');
assert.throws(() => fs.cpSync(at('tree'), at('tree/sub/x'), { recursive: true }), { code: 'ERR_FS_CP_EINVAL' });
assert.throws(
  () => fs.cpSync(at('src'), at('dst'), { force: false, errorOnExist: true }), { code: 'ERR_FS_CP_EEXIST' });
const filter = (from) => !from.endsWith('link');
fs.cp(at('tree'), at('tree3'), { recursive: true, filter }, common.mustCall((error) => {
  assert.strictEqual(error, null);
  assert.deepStrictEqual(fs.readdirSync(at('tree3')), ['sub']);
}));

// file: URLs.
assert.strictEqual(fs.readFileSync(pathToFileURL(at('src')), 'utf8'), 'copied');
assert.throws(() => fs.readFileSync(new URL('http://x/y')), { code: 'ERR_INVALID_URL_SCHEME' });

