// debug: switched by name, written to standard error.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

if (process.argv[2] === 'child') {
  require('debug')('app:on')('seen %o', { a: 1 });
  require('debug')('other')('unseen');
} else {
  const { stderr } = spawnSync(process.execPath, [__filename, 'child'], { env: { ...process.env, DEBUG: 'app:*' }, encoding: 'utf8' });
  assert.match(stderr, /app:on seen \{ a: 1 \}/);
  assert.doesNotMatch(stderr, /unseen/);
}
