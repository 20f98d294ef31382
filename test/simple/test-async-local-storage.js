// AsyncLocalStorage follows promises, ticks, timers, immediates and callbacks of files; AsyncResource carries it.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const fs = require('fs');

const storage = new AsyncLocalStorage();
const other = new AsyncLocalStorage();
const expectStore = (value) => mustCall(() => assert.strictEqual(storage.getStore(), value));

assert.strictEqual(storage.getStore(), undefined);
let resource;
const result = storage.run('outer', (argument) => {
  assert.strictEqual(storage.getStore(), 'outer');
  process.nextTick(expectStore('outer'));
  queueMicrotask(expectStore('outer'));
  setTimeout(expectStore('outer'), 1);
  setImmediate(expectStore('outer'));
  fs.stat(__filename, expectStore('outer'));
  (async () => {
    await null;
    expectStore('outer')();
    await new Promise((resolve) => setTimeout(resolve, 1));
    expectStore('outer')();
  })();
  storage.run('inner', () => {
    Promise.resolve().then(expectStore('inner'));
    resource = new AsyncResource('test');
  });
  other.run('other', () => {
    assert.strictEqual(storage.getStore(), 'outer');
    assert.strictEqual(other.getStore(), 'other');
  });
  storage.exit(expectStore(undefined));
  assert.strictEqual(storage.getStore(), 'outer');
  return argument;
}, 'argument');
assert.strictEqual(result, 'argument');
assert.strictEqual(storage.getStore(), undefined);
setTimeout(expectStore(undefined), 1);
Promise.resolve().then(expectStore(undefined));

assert.throws(() => storage.run('thrown', () => { throw new Error('out'); }), /out/);
assert.strictEqual(storage.getStore(), undefined);
assert.strictEqual(resource.runInAsyncScope(() => storage.getStore()), 'inner');
assert.strictEqual(resource.bind(function(n) { return [this, n, storage.getStore()].join(); }).call('me', 1), 'me,1,inner');
assert.throws(() => new AsyncResource(5), { code: 'ERR_INVALID_ARG_TYPE' });

const entered = new AsyncLocalStorage();
setImmediate(() => {
  entered.enterWith('entered');
  assert.strictEqual(entered.getStore(), 'entered');
  setImmediate(mustCall(() => {
    assert.strictEqual(entered.getStore(), 'entered');
    entered.disable();
    assert.strictEqual(entered.getStore(), undefined);
  }));
});
