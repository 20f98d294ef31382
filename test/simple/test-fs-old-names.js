// What programs of 2010 use: sendfile, old class names, descriptors in truncate, callbacks left out.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-old-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));

assert.strictEqual(fs.FileReadStream, fs.ReadStream);
assert.strictEqual(fs.FileWriteStream, fs.WriteStream);

fs.writeFileSync(path.join(dir, 'in'), '0123456789');
const input = fs.openSync(path.join(dir, 'in'), 'r');
const output = fs.openSync(path.join(dir, 'out'), 'w+');
assert.strictEqual(fs.sendfileSync(output, input, 2, 3), 3);
fs.sendfile(output, input, 8, 100, common.mustCall((error, sent) => {
  assert.deepStrictEqual([error, sent], [null, 2]);
  assert.strictEqual(fs.readFileSync(path.join(dir, 'out'), 'utf8'), '23489');
  fs.truncate(output, 1, common.mustCall((error) => {
    assert.strictEqual(error, null);
    fs.fsync(output, common.mustCall((error) => {
      assert.strictEqual(error, null);
      fs.fdatasync(output, common.mustCall((error) => {
        assert.strictEqual(error, null);
        assert.strictEqual(fs.fstatSync(output).size, 1);
        fs.close(output);
        fs.close(input);
      }));
    }));
  }));
}));
fs.chown(path.join(dir, 'in'), process.getuid(), process.getgid(), common.mustCall((error) => {
  assert.strictEqual(error, null);
}));
fs.chmod(path.join(dir, 'in'), 0o600);
fs.mkdir(path.join(dir, 'made'), 0o700, common.mustCall((error) => assert.strictEqual(error, null)));
