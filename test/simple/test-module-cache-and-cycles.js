// One load a file; cycles see what is there so far; the cache, the extensions and the paths are live.
'use strict';
const { fixtures, tmpdir } = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const dir = fixtures.path('modules');

const a = require(path.join(dir, 'cycle-a'));
assert.deepStrictEqual(a, { early: true, seenByB: true, late: true });
assert.strictEqual(require(path.join(dir, 'cycle-a.js')), a);

const file = require.resolve(path.join(dir, 'folder-index'));
const first = require(file);
delete require.cache[file];
assert.notStrictEqual(require(file), first);
require.cache[file] = { exports: 'mine' };
assert.strictEqual(require(file), 'mine');

assert.strictEqual(require.main, module);
assert.strictEqual(process.mainModule, module);
assert.strictEqual(module.id, '.');
assert.strictEqual(module.filename, __filename);
assert.strictEqual(module.loaded, false);
assert.strictEqual(module.children.includes(require.cache[path.join(dir, 'cycle-a.js')]), true);
assert.strictEqual(this, module.exports);

tmpdir.refresh();
fs.writeFileSync(tmpdir.join('thing.upper'), 'module text');
fs.writeFileSync(tmpdir.join('unknown.suffix'), 'module.exports = "as js";');
require.extensions['.upper'] = (module, filename) => {
  module.exports = fs.readFileSync(filename, 'utf8').toUpperCase();
};
assert.strictEqual(require(tmpdir.join('thing')), 'MODULE TEXT');
assert.strictEqual(require(tmpdir.join('unknown.suffix')), 'as js');

fs.mkdirSync(tmpdir.join('elsewhere'));
fs.writeFileSync(tmpdir.join('elsewhere', 'only-there.js'), 'module.exports = 7;');
assert.throws(() => require('only-there'), { code: 'MODULE_NOT_FOUND' });
require.paths.unshift(tmpdir.join('elsewhere'));
assert.strictEqual(require('only-there'), 7);
assert.strictEqual(require('module').globalPaths, require.paths);

assert.ok(require('module').builtinModules.includes('fs'));
assert.ok(!require('module').builtinModules.some((name) => name.startsWith('internal/')));
