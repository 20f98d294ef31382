// setTimeout, setInterval and their objects: arguments, clearing, refresh, ref and unref, bad delays.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const timers = require('timers');

setTimeout(mustCall(function(...args) {
  assert.strictEqual(typeof this.refresh, 'function');
  assert.deepStrictEqual(args, [1, 2, 3, 4]);
}), 1, 1, 2, 3, 4);
const plain = setTimeout(mustNotCall(), 1);
clearTimeout(plain);
const again = setTimeout(mustCall(function() { assert.strictEqual(this, again); }), 1);

// By number and by the text of the number, too.
clearTimeout(+setTimeout(mustNotCall(), 1));
clearTimeout(String(+setTimeout(mustNotCall(), 1)));
clearInterval(setTimeout(mustNotCall(), 1));
clearTimeout(setInterval(mustNotCall(), 1));
for (const nothing of [undefined, null, 12345678, 'x', {}, () => {}, []]) {
  clearTimeout(nothing);
  clearInterval(nothing);
  if (typeof nothing !== 'number' && typeof nothing !== 'string') clearImmediate(nothing);
}
setTimeout(mustNotCall(), 1).close();

let ticks = 0;
const interval = setInterval(mustCall(function() {
  assert.strictEqual(this, interval);
  if (++ticks === 3) clearInterval(this);
}, 3), 1);

// refresh() starts anew, also a timer that has fired.
let fired = 0;
const refreshed = setTimeout(mustCall(() => {
  if (++fired === 1) refreshed.refresh();
}, 2), 1);

const unrefed = setTimeout(mustNotCall(), 1e6);
assert.strictEqual(unrefed.hasRef(), true);
assert.strictEqual(unrefed.unref(), unrefed);
assert.strictEqual(unrefed.hasRef(), false);
unrefed.ref().unref().unref();
setInterval(mustNotCall(), 1e6).unref();
setImmediate(() => {}).unref().ref().unref();

for (const bad of ['text', null, undefined, 5, {}]) {
  for (const fn of [setTimeout, setInterval, setImmediate]) {
    assert.throws(() => fn(bad, 1), { code: 'ERR_INVALID_ARG_TYPE', name: 'TypeError' });
  }
}
// Delays that are none are 1 ms; one that is too long as well, with a warning.
for (const delay of [undefined, null, NaN, -5, 'x', 0, Infinity]) setTimeout(mustCall(), delay);
process.on('warning', mustCall((warning) => {
  assert.strictEqual(warning.name, 'TimeoutOverflowWarning');
  assert.match(warning.message, /^(Infinity|2147483648) does not fit into a 32-bit signed integer\./);
}, 2));
setTimeout(mustCall(), 2 ** 31);

assert.strictEqual(timers.setTimeout, setTimeout);
assert.strictEqual(typeof timers.promises.setTimeout, 'function');
