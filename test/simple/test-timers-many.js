// Many timers of many durations: each fires once, in the order of expiry, and cleared ones do not.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');

const count = 20000;
let left = 0;
let cleared = 0;
let lastDue = 0;
const base = Date.now();
for (let i = 0; i < count; i++) {
  const delay = 1 + (i * 7919) % 97;
  const timer = setTimeout(() => {
    left--;
    lastDue = Math.max(lastDue, delay);
  }, delay);
  if (i % 3 === 0) {
    clearTimeout(timer);
    cleared++;
  } else {
    left++;
  }
}
setTimeout(mustCall(() => {
  // All that were due before this one have run.
  assert.strictEqual(left, 0);
  assert.strictEqual(lastDue, 97);
  assert.ok(cleared > 0);
  assert.ok(Date.now() - base >= 97);
}), 1000);
