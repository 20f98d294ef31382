// Times of files that 32 bits do not hold: after 2038, and after 2106, where even an unsigned word
// ends.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const folder = process.env.NODE_TEST_TMPDIR || require('os').tmpdir();
const file = path.join(folder, `times-${process.pid}`);
fs.writeFileSync(file, '');
process.on('exit', () => fs.unlinkSync(file));

// A file system may keep fewer years than the calls carry: then what it kept is its own limit, the
// same however the time was set.
const kept = (seconds) => {
  fs.utimesSync(file, seconds, seconds);
  return fs.statSync(file).mtimeMs / 1000;
};

for (const seconds of [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32 + 7, 5e9]) {
  if (kept(seconds) !== seconds) {
    console.log(`skipped: the file system keeps ${kept(seconds)} for ${seconds}`);
    break;
  }
  const stats = fs.statSync(file, { bigint: true });
  assert.strictEqual(stats.mtimeNs, BigInt(seconds) * 10n ** 9n);
  assert.strictEqual(stats.atime.getTime(), seconds * 1000);

  fs.utimesSync(file, 1, 1);
  const fd = fs.openSync(file, 'r+');
  fs.futimesSync(fd, seconds, new Date(seconds * 1000));
  assert.strictEqual(fs.fstatSync(fd).mtime.getTime(), seconds * 1000);
  fs.closeSync(fd);

  fs.lutimesSync(file, seconds + 1, seconds + 1);
  assert.strictEqual(fs.lstatSync(file).mtimeMs, (seconds + 1) * 1000);
}

fs.utimes(file, 4e9, 4e9, (error) => {
  assert.ifError(error);
  fs.promises.stat(file).then((stats) => assert.ok(stats.mtimeMs > 2 ** 31 * 1000));
});
