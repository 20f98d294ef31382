// 'unhandledRejection' and 'rejectionHandled': who is told, and when.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');

const reason = new Error('unhandled');
const promise = Promise.reject(reason);
process.on('unhandledRejection', mustCall((error, of) => {
  assert.strictEqual(error, reason);
  assert.strictEqual(of, promise);
  setImmediate(() => promise.catch(() => {}));
}));
process.on('rejectionHandled', mustCall((of) => assert.strictEqual(of, promise)));

// Handled before anybody could be told.
Promise.reject(1).catch(() => {});
const soon = Promise.reject(2);
process.nextTick(() => soon.catch(() => {}));
const micro = Promise.reject(3);
Promise.resolve().then(() => micro.catch(() => {}));

// Without a listener the process ends.
const run = (code) => spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
const failed = run('Promise.reject(new RangeError("fatal")); setTimeout(() => console.log("alive"), 100);');
assert.strictEqual(failed.status, 1);
assert.strictEqual(failed.stdout, '');
assert.match(failed.stderr, /RangeError: fatal/);
assert.match(run('Promise.reject(5)').stderr, /UnhandledPromiseRejection: .* rejected with the reason "5"/);
const caught = run('process.on("uncaughtException", (e, origin) => console.log(e.message, origin)); Promise.reject(Error("x"))');
assert.strictEqual(caught.stdout, 'x unhandledRejection\n');
