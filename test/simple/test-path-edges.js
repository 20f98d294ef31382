// path: names that are their own suffix; ways between Windows names that share nothing.
'use strict';
const assert = require('assert');
const { posix, win32 } = require('path');

for (const path of [posix, win32]) {
  assert.strictEqual(path.basename('bbb', 'bbb'), '');
  assert.strictEqual(path.basename('aaa/bbb', 'bbb'), 'bbb');
  assert.strictEqual(path.basename('//', 'x'), '//');
}
assert.strictEqual(win32.relative('\\\\foo\\baz-quux', '\\\\foo\\baz'), '..\\baz');
assert.strictEqual(win32.relative('C:\\baz', '\\\\foo\\bar\\baz'), '\\\\foo\\bar\\baz');
assert.strictEqual(win32.relative('C:\\', 'D:\\'), 'D:\\');
