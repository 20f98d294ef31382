// rimraf: whole trees gone.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { rimraf } = require('rimraf');

const top = fs.mkdtempSync(path.join(os.tmpdir(), 'rimraf-'));
fs.mkdirSync(path.join(top, 'a/b'), { recursive: true });
fs.writeFileSync(path.join(top, 'a/b/file'), 'x');
fs.symlinkSync('nowhere', path.join(top, 'a/link'));
rimraf(top).then(() => assert.ok(!fs.existsSync(top)));
