// glob: patterns over real folders.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { glob, globSync } = require('glob');

const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'glob-'));
for (const name of ['a.js', 'b.txt', 'sub/c.js', 'sub/deep/d.js', '.hidden.js']) {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), name);
}
glob('**/*.js', { cwd }).then((found) => {
  assert.deepStrictEqual(found.sort(), ['a.js', 'sub/c.js', 'sub/deep/d.js']);
  assert.deepStrictEqual(globSync('*.{js,txt}', { cwd, dot: true }).sort(), ['.hidden.js', 'a.js', 'b.txt']);
}).finally(() => fs.rmSync(cwd, { recursive: true }));
