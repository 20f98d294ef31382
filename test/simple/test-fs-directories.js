// Directories: making, listing, walking, removing; names that are not UTF-8.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const root = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-dir-'));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
const at = (...names) => path.join(root, ...names);

// mkdir
assert.strictEqual(fs.mkdirSync(at('one')), undefined);
assert.throws(() => fs.mkdirSync(at('one')), { code: 'EEXIST' });
assert.strictEqual(fs.mkdirSync(at('p', 'q', 'r'), { recursive: true }), at('p'));
assert.strictEqual(fs.mkdirSync(at('p', 'q', 'r'), { recursive: true }), undefined);
fs.writeFileSync(at('file'), '');
assert.throws(() => fs.mkdirSync(at('file', 'x'), { recursive: true }), { code: 'ENOTDIR' });
assert.throws(() => fs.mkdirSync(at('file'), { recursive: true }), { code: 'EEXIST' });
fs.mkdir(at('m', 'n'), { recursive: true }, common.mustCall((error, first) => {
  assert.deepStrictEqual([error, first], [null, at('m')]);
}));

// readdir
const listed = at('listed');
fs.mkdirSync(listed);
fs.writeFileSync(path.join(listed, 'b'), '');
fs.mkdirSync(path.join(listed, 'a'));
fs.symlinkSync('b', path.join(listed, 'c'));
fs.writeFileSync(path.join(listed, 'a', 'deep'), '');
assert.deepStrictEqual(fs.readdirSync(listed), ['a', 'b', 'c']);
assert.deepStrictEqual(fs.readdirSync(listed, 'buffer').map(String), ['a', 'b', 'c']);
assert.deepStrictEqual(fs.readdirSync(listed, { encoding: 'hex' }), ['61', '62', '63']);
const [a, b, c] = fs.readdirSync(listed, { withFileTypes: true });
assert.ok(a instanceof fs.Dirent && a.name === 'a' && a.isDirectory() && a.path === listed);
assert.ok(b.isFile() && !b.isDirectory());
assert.ok(c.isSymbolicLink() && !c.isFile());
assert.deepStrictEqual(fs.readdirSync(listed, { recursive: true }).sort(), ['a', 'a/deep', 'b', 'c']);
fs.readdir(listed, common.mustCall((error, names) => assert.deepStrictEqual([error, names], [null, ['a', 'b', 'c']])));
fs.readdir(listed, { recursive: true, withFileTypes: true }, common.mustCall((error, list) => {
  assert.deepStrictEqual(list.map((e) => e.name).sort(), ['a', 'b', 'c', 'deep']);
}));

// Names that are not UTF-8.
const odd = Buffer.concat([Buffer.from(at('odd')), Buffer.from([0x2f, 0xff, 0xfe])]);
fs.mkdirSync(at('odd'));
fs.writeFileSync(odd, 'bytes');
assert.strictEqual(fs.readFileSync(odd, 'latin1'), 'bytes');
assert.deepStrictEqual(fs.readdirSync(at('odd'), 'buffer'), [Buffer.from([0xff, 0xfe])]);
assert.ok(fs.existsSync(odd));
fs.unlinkSync(odd);

// opendir
(async () => {
  const many = at('many');
  await fs.promises.mkdir(many);
  for (let i = 0; i < 100; i++) fs.writeFileSync(path.join(many, `f${i}`), '');
  const names = [];
  for await (const entry of await fs.promises.opendir(many, { bufferSize: 7 })) names.push(entry.name);
  assert.strictEqual(new Set(names).size, 100);
  const dir = fs.opendirSync(many);
  assert.ok(dir instanceof fs.Dir && dir.path === many);
  assert.ok(dir.readSync().isFile());
  const both = await Promise.all([dir.read(), dir.read()]);
  assert.notStrictEqual(both[0].name, both[1].name);
  dir.closeSync();
  assert.throws(() => dir.readSync(), { code: 'ERR_DIR_CLOSED' });
  await assert.rejects(dir.close(), { code: 'ERR_DIR_CLOSED' });
  await assert.rejects(fs.promises.opendir(at('none')), { code: 'ENOENT', syscall: 'opendir' });
})().then(common.mustCall());

// rm and rmdir
fs.mkdirSync(at('tree', 'x', 'y'), { recursive: true });
fs.writeFileSync(at('tree', 'x', 'f'), '');
fs.symlinkSync(listed, at('tree', 'x', 'to-listed'));
assert.throws(() => fs.rmdirSync(at('tree')), { code: 'ENOTEMPTY', syscall: 'rmdir' });
assert.throws(() => fs.rmSync(at('tree')), { code: 'ERR_FS_EISDIR' });
fs.rmSync(at('tree'), { recursive: true });
assert.ok(!fs.existsSync(at('tree')));
// Links are removed, not followed.
assert.ok(fs.existsSync(listed));
assert.throws(() => fs.rmSync(at('tree')), { code: 'ENOENT', syscall: 'lstat' });
fs.rmSync(at('tree'), { force: true });
fs.mkdirSync(at('tree2', 'x'), { recursive: true });
fs.rm(at('tree2'), { recursive: true }, common.mustCall((error) => {
  assert.strictEqual(error, null);
  assert.ok(!fs.existsSync(at('tree2')));
}));
fs.rm(at('none'), common.mustCall((error) => assert.strictEqual(error.code, 'ENOENT')));
fs.rm(at('none'), { force: true }, common.mustCall((error) => assert.strictEqual(error, null)));

assert.match(fs.mkdtempSync(at('t-')), /t-\w{6}$/);
fs.mkdtemp(at('t-'), common.mustCall((error, name) => assert.ok(fs.statSync(name).isDirectory())));
