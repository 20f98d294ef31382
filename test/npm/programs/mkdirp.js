// mkdirp: deep folders, at once and asynchronously.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { mkdirp } = require('mkdirp');

const top = fs.mkdtempSync(path.join(os.tmpdir(), 'mkdirp-'));
const deep = path.join(top, 'a/b/c');
mkdirp(deep).then((made) => {
  assert.strictEqual(made, path.join(top, 'a'));
  assert.ok(fs.statSync(deep).isDirectory());
  assert.strictEqual(mkdirp.sync(deep), undefined);
  fs.writeFileSync(path.join(top, 'file'), '');
  assert.throws(() => mkdirp.sync(path.join(top, 'file/x')), /ENOTDIR|EEXIST/);
}).finally(() => fs.rmSync(top, { recursive: true }));
