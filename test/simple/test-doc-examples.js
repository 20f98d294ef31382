// Every example of doc/api does what its page says.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { readPages } = require('../doc/pages');

common.tmpdir.refresh();
const pages = readPages();
assert.ok(pages.length > 0);
for (const page of pages) {
  for (const { code, runs, output, line } of page.examples) {
    const where = `${page.name}:${line}`;
    const file = path.join(common.tmpdir.path, /^(?:import|export) /m.test(code) ? 'example.mjs' : 'example.js');
    fs.writeFileSync(file, code);
    const args = runs ? ['--no-warnings', file] : ['--check', file];
    const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: common.tmpdir.path, timeout: 20000 });
    assert.strictEqual(status, 0, `${where}: ${error ?? ''}\n${stderr}`);
    if (output !== undefined) assert.strictEqual(stdout, output, where);
  }
}
