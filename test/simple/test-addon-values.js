// Addons through Node-API: values, calls and exceptions, classes, finalizers.
// Flags: --expose-gc
'use strict';

const common = require('../common');
const { build } = require('../common/addon');
const assert = require('assert');
const path = require('path');
const fs = require('fs');

const file = build('values');
const addon = require(file);

assert.strictEqual(addon.add(1.5, 2), 3.5);
assert.throws(() => addon.add(1, 'two'), { name: 'TypeError', code: 'ERR_NOT_A_NUMBER', message: 'A number was expected' });

assert.strictEqual(addon.call((value) => value * 2, 21), 42);
const error = new RangeError('from script');
assert.throws(() => addon.call(() => { throw error; }), error);
// Both calls answer napi_pending_exception (10); the second is not made.
let calls = 0;
assert.deepStrictEqual(addon.statusOfCall(() => { ++calls; throw error; }), [10, 10, error]);
assert.strictEqual(calls, 1);
assert.deepStrictEqual(addon.statusOfCall(() => {}), [0, 0, undefined]);

// Whole characters only.
assert.strictEqual(addon.utf8('a\u20acb', 4), 'a');
assert.strictEqual(addon.utf8('a\u20acb', 5), 'a\u20ac');
assert.strictEqual(addon.utf8('a\ud800', 10), 'a\ufffd');

// There is no libuv, and the answer says so: napi_generic_failure.
assert.strictEqual(addon.uvLoop(), 9);

{
  const { Counter } = addon;
  const counter = new Counter(5);
  assert.strictEqual(counter.increment(), 6);
  assert.strictEqual(counter.value, 6);
  assert.strictEqual(Counter.name, 'Counter');
  assert.throws(() => { 'use strict'; counter.value = 1; }, TypeError);
  assert.throws(() => Counter.prototype.increment.call({}), TypeError);
}

// A second copy of the module, made by the same library.
{
  const module = { exports: {} };
  process.dlopen(module, file);
  assert.notStrictEqual(module.exports, addon);
  assert.strictEqual(module.exports.add(1, 1), 2);
}

// Misuse.
const missing = path.join(path.dirname(file), 'missing.node');
assert.throws(() => require(missing), { code: 'MODULE_NOT_FOUND' });
assert.throws(() => process.dlopen({ exports: {} }, missing), { code: 'ERR_DLOPEN_FAILED', message: /missing\.node: cannot open/ });
assert.throws(() => process.dlopen(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.dlopen({ exports: {} }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.dlopen({ exports: {} }, file, 'lazy'), { code: 'ERR_INVALID_ARG_TYPE' });
const junk = path.join(path.dirname(file), 'junk.node');
fs.writeFileSync(junk, 'no library');
assert.throws(() => require(junk), { code: 'ERR_DLOPEN_FAILED', message: /junk\.node/ });
// A library, but no addon.
const bare = build('bare');
assert.throws(() => require(bare), { code: 'ERR_DLOPEN_FAILED', message: `Module did not self-register: '${bare}'.` });

// What nobody refers to any more is finalized while the program runs.
(() => {
  for (let i = 0; i < 3; ++i) new addon.Counter(i);
  assert.strictEqual(addon.externalBuffer()[99], 99);
})();
let turns = 0;
(function collect() {
  if (addon.finalized >= 4) return;
  assert(++turns < 1000, `only ${addon.finalized} were finalized`);
  gc();
  setTimeout(collect, 1);
})();
process.on('exit', common.mustCall());
