// open, read, write and close in their many forms; whole files; positions; vectors.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(process.env.NODE_TEST_TMPDIR || require('os').tmpdir(), 'fs-rw-'));
const at = (name) => path.join(dir, name);
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));

// Synchronous.
{
  const fd = fs.openSync(at('a'), 'w+');
  assert.strictEqual(fs.writeSync(fd, 'hello world'), 11);
  assert.strictEqual(fs.writeSync(fd, Buffer.from('XYZ'), 1, 1, 0), 1);
  assert.strictEqual(fs.writeSync(fd, Buffer.from('XYZ'), { offset: 2, position: 1 }), 1);
  assert.strictEqual(fs.writeSync(fd, '77', 9, 'latin1'), 2);
  const buffer = Buffer.alloc(20);
  assert.strictEqual(fs.readSync(fd, buffer, 0, 20, 0), 11);
  assert.strictEqual(buffer.toString('latin1', 0, 11), 'YZllo wor77');
  assert.strictEqual(fs.readSync(fd, buffer, { position: 6n, length: 2 }), 2);
  assert.strictEqual(buffer.toString('latin1', 0, 2), 'wo');
  assert.strictEqual(fs.readSync(fd, buffer), 0);
  assert.deepStrictEqual(fs.readSync(fd, 5, 0, 'utf8'), ['YZllo', 5]);
  assert.strictEqual(fs.writevSync(fd, [Buffer.from('ab'), new Uint8Array([99, 100])], 0), 4);
  const parts = [Buffer.alloc(1), Buffer.alloc(2)];
  assert.strictEqual(fs.readvSync(fd, parts, 1), 3);
  assert.strictEqual(parts.join(), 'b,cd');
  fs.ftruncateSync(fd, 2);
  assert.strictEqual(fs.fstatSync(fd).size, 2);
  fs.closeSync(fd);
  assert.throws(() => fs.closeSync(fd), { code: 'EBADF', syscall: 'close' });
}

// Whole files.
{
  const file = at('whole');
  fs.writeFileSync(file, 'caf\u00e9');
  assert.strictEqual(fs.readFileSync(file, 'utf8'), 'caf\u00e9');
  assert.strictEqual(fs.readFileSync(file, { encoding: 'hex' }), '636166c3a9');
  assert.strictEqual(fs.readFileSync(file).length, 5);
  assert.ok(Buffer.isBuffer(fs.readFileSync(file)));
  fs.appendFileSync(file, Buffer.from('!'));
  assert.strictEqual(fs.readFileSync(file, 'utf8'), 'caf\u00e9!');
  fs.writeFileSync(file, '', { mode: 0o600 });
  assert.strictEqual(fs.readFileSync(file).length, 0);
  assert.strictEqual(fs.readFileSync(file, 'utf8'), '');
  assert.throws(() => fs.writeFileSync(file, 'x', { flag: 'wx' }), { code: 'EEXIST', path: file });
  const large = Buffer.alloc(3 * 1024 * 1024 + 7, 'abc');
  fs.writeFileSync(file, large);
  assert.ok(fs.readFileSync(file).equals(large));
  // Files of /proc have no size.
  if (process.platform === 'linux') assert.match(fs.readFileSync('/proc/self/status', 'utf8'), /^Name:/);
  const fd = fs.openSync(file, 'r');
  fs.readSync(fd, Buffer.alloc(10));
  assert.strictEqual(fs.readFileSync(fd).length, large.length - 10);
  fs.closeSync(fd);
}

// Callbacks.
fs.open(at('b'), 'w+', common.mustCall((error, fd) => {
  assert.strictEqual(error, null);
  fs.write(fd, 'hello', common.mustCall((error, written, text) => {
    assert.deepStrictEqual([error, written, text], [null, 5, 'hello']);
    fs.read(fd, Buffer.alloc(3), 0, 3, 1, common.mustCall((error, bytesRead, buffer) => {
      assert.deepStrictEqual([error, bytesRead, buffer.toString()], [null, 3, 'ell']);
      fs.read(fd, { buffer: Buffer.alloc(9), position: 0 }, common.mustCall((error, bytesRead, buffer) => {
        assert.deepStrictEqual([error, bytesRead, buffer.toString('latin1', 0, 5)], [null, 5, 'hello']);
        fs.read(fd, 2, 0, 'utf8', common.mustCall((error, text, bytesRead) => {
          assert.deepStrictEqual([error, text, bytesRead], [null, 'he', 2]);
          fs.close(fd, common.mustCall((error) => assert.strictEqual(error, null)));
        }));
      }));
    }));
  }));
}));

fs.writeFile(at('c'), 'one', common.mustCall((error) => {
  assert.strictEqual(error, null);
  fs.appendFile(at('c'), ' two', common.mustCall(() => {
    fs.readFile(at('c'), 'utf8', common.mustCall((error, text) => {
      assert.strictEqual(text, 'one two');
      fs.readFile(at('c'), common.mustCall((error, bytes) => assert.strictEqual(bytes.length, 7)));
      fs.readFile(at('c'), { encoding: 'base64' }, common.mustCall((error, text) => {
        assert.strictEqual(text, 'b25lIHR3bw==');
      }));
    }));
  }));
}));

fs.readFile(dir, common.mustCall((error) => {
  assert.strictEqual(error.code, 'EISDIR');
  assert.strictEqual(error.message, 'EISDIR: illegal operation on a directory, read');
}));

// A callback may be left out; then errors are nobody's.
fs.writeFile(at('d'), 'x');
fs.unlink(at('missing'));
assert.throws(() => fs.stat(dir, {}, 'no function'), { code: 'ERR_INVALID_ARG_TYPE' });

// Transferring the memory away does not harm a read under way.
{
  const buffer = new Uint8Array(64 * 1024);
  fs.open(__filename, common.mustCall((error, fd) => {
    fs.read(fd, buffer, common.mustCall(() => fs.closeSync(fd)));
    structuredClone(buffer.buffer, { transfer: [buffer.buffer] });
  }));
}
