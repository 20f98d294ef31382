// CommonJS: what the loader remembers, files that come and go, cycles, and the hooks that tools patch.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const Module = require('module');
const { tmpdir } = common;

tmpdir.refresh();
const put = (name, text) => {
  const file = path.join(tmpdir.path, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
};

// A file that was not there is found once it is.
const late = path.join(tmpdir.path, 'late.json');
assert.throws(() => require(late), { code: 'MODULE_NOT_FOUND', requireStack: [__filename] });
put('late.json', '[]');
assert.deepStrictEqual(require(late), []);

// A cycle warns of what is not there yet, and leaves no trace.
put('a.js', 'exports.early = 1; const b = require("./b"); exports.b = b;');
put('b.js', 'const a = require("./a"); exports.early = a.early; exports.none = a.notYet;');
process.once('warning', common.mustCall((warning) => {
  assert.match(warning.message, /non-existent property 'notYet' of module exports inside circular dependency/);
}));
const a = require(path.join(tmpdir.path, 'a.js'));
assert.deepStrictEqual(a.b, { early: 1, none: undefined });
assert.strictEqual(Object.getPrototypeOf(a), Object.prototype);

// Patched: the resolver, the wrapper, an extension.
const { _resolveFilename } = Module;
Module._resolveFilename = (request, ...rest) => _resolveFilename(request === 'virtual' ? late : request, ...rest);
assert.strictEqual(require('virtual'), require(late));
Module._resolveFilename = _resolveFilename;
require.extensions['.text'] = (module, file) => { module.exports = fs.readFileSync(file, 'utf8'); };
assert.strictEqual(require(put('x.text', 'hello')), 'hello');
delete require.extensions['.text'];
const { wrap } = Module;
Module.wrap = (text) => wrap(`exports.wrapped = true;${text}`);
assert.deepStrictEqual(require(put('w.js', '#!shebang\nexports.own = 1;')), { wrapped: true, own: 1 });
Module.wrap = wrap;

assert.strictEqual(Module._stat(tmpdir.path), 1);
assert.throws(() => require('node:none'), { code: 'ERR_UNKNOWN_BUILTIN_MODULE' });
assert.throws(() => require.resolve('node:none'), { code: 'MODULE_NOT_FOUND' });
const requireThere = Module.createRequire(path.join(tmpdir.path, 'any.js'));
assert.strictEqual(requireThere('./late.json'), require(late));
