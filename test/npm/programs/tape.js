// tape: its TAP output and exit status.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

if (process.argv[2] === 'child') {
  const test = require('tape');
  test('counts', (t) => {
    t.plan(3);
    t.equal(1 + 1, 2);
    t.deepEqual({ a: [1] }, { a: [1] });
    setTimeout(() => t.equal(1, 2, 'is wrong'), 1);
  });
} else {
  const { stdout, status } = spawnSync(process.execPath, [__filename, 'child'], { encoding: 'utf8' });
  assert.match(stdout, /^TAP version 13/);
  assert.match(stdout, /not ok 3 is wrong/);
  assert.match(stdout, /# tests 3\n# pass {2}2\n# fail {2}1/);
  assert.strictEqual(status, 1);
}
