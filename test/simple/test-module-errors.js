// What is wrong is named: the missing module, who asked for it, the broken file.
'use strict';
const { fixtures } = require('../common');
const assert = require('assert');
const path = require('path');
const dir = fixtures.path('modules');

assert.throws(() => require('./does-not-exist'), (error) => {
  assert.strictEqual(error.code, 'MODULE_NOT_FOUND');
  assert.strictEqual(error.message, "Cannot find module './does-not-exist'");
  assert.deepStrictEqual(error.requireStack, [__filename]);
  return true;
});
assert.throws(() => require(path.join(dir, 'requires-missing')), (error) => {
  assert.deepStrictEqual(error.requireStack, [path.join(dir, 'requires-missing.js'), __filename]);
  return true;
});
assert.throws(() => require(path.join(dir, 'broken.json')), (error) => {
  assert.ok(error instanceof SyntaxError);
  assert.ok(error.message.startsWith(`${path.join(dir, 'broken.json')}: `), error.message);
  return true;
});
assert.throws(() => require(path.join(dir, 'syntax-error')), SyntaxError);

// A module that threw is not half there: the next require runs it again.
for (const count of [1, 2]) {
  assert.throws(() => require(path.join(dir, 'throws')), { message: `on purpose ${count}` });
}
assert.strictEqual(require.cache[path.join(dir, 'throws.js')], undefined);

assert.throws(() => require(''), { code: 'ERR_INVALID_ARG_VALUE' });
for (const bad of [undefined, null, 1, {}, []]) assert.throws(() => require(bad), { code: 'ERR_INVALID_ARG_TYPE' });
