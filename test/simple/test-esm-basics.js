// ECMAScript modules: imports of every kind, live bindings, cycles, import.meta, top-level await, exit status 13.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { spawnSync } = require('child_process');
const { tmpdir } = common;

tmpdir.refresh();
const put = (name, text) => {
  const file = path.join(tmpdir.path, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return pathToFileURL(file).href;
};
const run = (...args) => spawnSync(process.execPath, args, { encoding: 'utf8', cwd: tmpdir.path });

const main = put('main.mjs', `
  import fs, { readFile } from 'node:fs';
  import other, { count, add, self } from './other.mjs';
  import cjs, { named, defined } from './lib.cjs';
  import data from './data.json' assert { type: 'json' };
  import inPackage from 'pkg/feature';
  import own from '#own';
  export const started = true;
  export { readFile, fs, other, cjs, named, defined, data, inPackage, own, self };
  export const before = count;
  add();
  export const after = count;
  export const waited = await new Promise((done) => setTimeout(done, 1, 'waited'));
  export const { url } = import.meta;
  export const that = this;
`);
put('other.mjs', `
  import * as mainSpace from './main.mjs';
  export let count = 1;
  export const add = () => { count++; };
  export const self = () => mainSpace.started;
  export default 'other';
`);
put('lib.cjs', `
  exports.named = 'named';
  Object.defineProperty(exports, 'defined', { enumerable: true, get: function () { return 'got'; } });
`);
put('data.json', '{ "answer": 42 }');
put('package.json', '{ "name": "top", "imports": { "#own": { "import": "./own.mjs", "require": "./none.js" } } }');
put('own.mjs', 'export default "own";');
put('node_modules/pkg/package.json', '{ "exports": { "./feature": { "require": "./r.js", "import": "./i.mjs" } } }');
put('node_modules/pkg/i.mjs', 'export default "import";');
put('node_modules/pkg/r.js', 'module.exports = "require";');

import(main).then(common.mustCall((all) => {
  assert.strictEqual(all.fs, fs);
  assert.strictEqual(all.readFile, fs.readFile);
  assert.deepStrictEqual([all.before, all.after], [1, 2]);
  assert.deepStrictEqual([all.other, all.named, all.defined], ['other', 'named', 'got']);
  assert.deepStrictEqual(all.cjs, require(path.join(tmpdir.path, 'lib.cjs')));
  assert.deepStrictEqual(all.data, { answer: 42 });
  assert.deepStrictEqual([all.inPackage, all.own, all.waited], ['import', 'own', 'waited']);
  assert.strictEqual(all.self(), true);
  assert.strictEqual(all.url, main);
  assert.strictEqual(all.that, undefined);
  assert.strictEqual(Object.prototype.toString.call(all), '[object Module]');
}));

const refusals = {
  './none.mjs': 'ERR_MODULE_NOT_FOUND',
  './node_modules': 'ERR_UNSUPPORTED_DIR_IMPORT',
  './data.json': 'ERR_IMPORT_ASSERTION_TYPE_MISSING',
  './strange.ext': 'ERR_UNKNOWN_FILE_EXTENSION',
  'pkg/none': 'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'no-such-package': 'ERR_MODULE_NOT_FOUND',
  'node:none': 'ERR_UNKNOWN_BUILTIN_MODULE',
  'http://localhost/x.mjs': 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
  'data:text/css,x': 'ERR_UNKNOWN_MODULE_FORMAT',
  './a%2fb.mjs': 'ERR_INVALID_MODULE_SPECIFIER',
  '#none': 'ERR_PACKAGE_IMPORT_NOT_DEFINED',
};
put('strange.ext', '');
const asker = put('asker.mjs', 'export default (specifier) => import(specifier);');
import(asker).then(common.mustCall(async ({ default: ask }) => {
  for (const [specifier, code] of Object.entries(refusals)) {
    await assert.rejects(ask(specifier), { code }, specifier);
  }
  const { default: five } = await ask('data:text/javascript,export default 5');
  assert.strictEqual(five, 5);
}));

assert.throws(() => require(path.join(tmpdir.path, 'own.mjs')), { code: 'ERR_REQUIRE_ESM' });

{
  const { status, stdout } = run('--input-type=module', '-e', 'console.log(typeof require); await new Promise(() => {});');
  assert.strictEqual(stdout, 'undefined\n');
  assert.strictEqual(status, 13);
}
{
  put('bad.mjs', 'const fine = 1;\nexport const bad = ;\n');
  const { status, stderr } = run('bad.mjs');
  assert.strictEqual(status, 1);
  assert.match(stderr, /bad\.mjs:2\nexport const bad = ;\n {19}\^\n\nSyntaxError/);
}
{
  put('missing.mjs', 'import { nothing } from "./lib.cjs";\n');
  const { status, stderr } = run('missing.mjs');
  assert.strictEqual(status, 1);
  assert.match(stderr, /Named export 'nothing' not found.*is a CommonJS module/);
}
{
  // --import runs before the program, --input-type is for text alone, import.meta.resolve() needs no file.
  const { stdout } = run('--import', './own.mjs', '--input-type=module', '-e',
                         'console.log(import.meta.resolve("./no-file.mjs").endsWith("/no-file.mjs"));');
  assert.strictEqual(stdout, 'true\n');
  assert.match(run('--input-type=module', 'own.mjs').stderr, /ERR_INPUT_TYPE_NOT_ALLOWED/);
  put('syntax.js', 'import "./own.mjs";\n');
  assert.match(run('syntax.js').stderr, /Warning: To load an ES module[^]*Cannot use import statement outside a module/);
}
{
  // Modules below node_modules may be require()d by their neighbours, those of the program may not.
  put('node_modules/esm-only/package.json', '{ "type": "module", "main": "main.js" }');
  put('node_modules/esm-only/main.js', 'export const a = 1; export default 2;');
  put('node_modules/user/index.js', 'const { a, default: b, __esModule } = require("esm-only"); module.exports = [a, b, __esModule];');
  const requireThere = require('module').createRequire(main);
  assert.deepStrictEqual(requireThere('user'), [1, 2, true]);
}
