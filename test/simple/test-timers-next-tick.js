// process.nextTick: arguments, order, growth of the queue, misuse.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');

const seen = [];
for (let n = 0; n < 6; n++) {
  process.nextTick((...args) => seen.push(args.length), ...Array.from({ length: n }));
}
let deep = 0;
(function more() {
  if (++deep < 5000) process.nextTick(more);
})();
let last = -1;
for (let i = 0; i < 3000; i++) {
  process.nextTick((value) => {
    assert.strictEqual(value, last + 1);
    last = value;
  }, i);
}
for (const bad of [undefined, null, 'x', {}]) {
  assert.throws(() => process.nextTick(bad), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => queueMicrotask(bad), { code: 'ERR_INVALID_ARG_TYPE' });
}
setImmediate(mustCall(() => {
  assert.deepStrictEqual(seen, [0, 1, 2, 3, 4, 5]);
  assert.strictEqual(deep, 5000);
  assert.strictEqual(last, 2999);
}));
process.on('exit', () => process.nextTick(() => assert.fail('nothing runs after exit')));
