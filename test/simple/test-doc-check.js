// The reference and the running node know the same names: what `make doc-check` checks.
'use strict';
require('../common');
const assert = require('assert');
const path = require('path');
const { spawnSync } = require('child_process');

const check = path.join(__dirname, '..', 'doc', 'check.js');
const { status, stdout } = spawnSync(process.execPath, ['--no-warnings', check], { encoding: 'utf8' });
assert.strictEqual(stdout, '');
assert.strictEqual(status, 0);
