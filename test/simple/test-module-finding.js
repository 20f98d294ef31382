// Files, folders, package.json's main and exports, node_modules, symbolic links.
'use strict';
const { fixtures } = require('../common');
const assert = require('assert');
const path = require('path');
const dir = fixtures.path('modules');
const load = (name) => require(path.join(dir, name));

assert.strictEqual(load('folder-main').where, 'folder-main/lib/entry');
assert.strictEqual(load('folder-index').where, 'folder-index/index');
assert.strictEqual(load('folder-index/').where, 'folder-index/index');
assert.deepStrictEqual(load('data'), { a: [1, 2, { b: 'c' }] });
assert.strictEqual(load('bom.json').bom, true);
assert.strictEqual(load('bom'), 'bom');
assert.strictEqual(load('shebang'), 'shebang');

// A link is the file that it names, so that it is loaded once.
assert.strictEqual(load('link'), path.join(dir, 'real.js'));
assert.strictEqual(require.cache[path.join(dir, 'link.js')], undefined);

const inDir = require('module').createRequire(path.join(dir, 'x.js'));
assert.strictEqual(inDir('plain').where, 'plain');
assert.strictEqual(inDir('@scope/thing'), 'scoped');
assert.strictEqual(load('sub/deeper/finder').found.where, 'plain');
assert.strictEqual(load('sub/deeper/finder').paths[0], path.join(dir, 'sub/deeper/node_modules'));

// "exports" closes a package: only what it names can be had.
const closed = inDir('closed');
assert.strictEqual(closed.where, 'closed main');
assert.strictEqual(closed.inner, 'inner');
assert.strictEqual(closed.path, path);
assert.strictEqual(inDir('closed/feature').where, 'closed feature');
assert.strictEqual(inDir('closed/parts/one').where, 'part one');
assert.strictEqual(inDir('closed/self').where, 'closed feature');
for (const name of ['closed/dist/main.js', 'closed/blocked/x', 'closed/package.json']) {
  assert.throws(() => inDir(name), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' }, name);
}
assert.strictEqual(inDir.resolve('plain'), path.join(dir, 'node_modules/plain/index.js'));
assert.strictEqual(inDir.resolve('fs'), 'fs');
assert.strictEqual(require('node:fs'), require('fs'));
assert.throws(() => require('node:nothing'), { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });
