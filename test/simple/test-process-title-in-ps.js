// The title that a process gives itself is what ps shows of it.
'use strict';
const assert = require('assert');
const { execFileSync } = require('child_process');

if (process.argv[2] === 'child') {
  process.title = 'renamed';
  console.log(String(execFileSync('ps', ['-o', 'args=', '-p', String(process.pid)])).trim());
} else {
  assert.strictEqual(String(execFileSync(process.execPath, [__filename, 'child'])), 'renamed\n');
}
