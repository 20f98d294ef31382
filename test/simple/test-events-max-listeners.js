// The warning about too many listeners, and the limits behind it.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const EventEmitter = require('events');

const emitter = new EventEmitter();
process.on('warning', mustCall((warning) => {
  assert.strictEqual(warning.name, 'MaxListenersExceededWarning');
  assert.match(warning.message, /^Possible EventEmitter memory leak detected\. 3 x listeners added to \[EventEmitter\]\./);
  assert.strictEqual(warning.emitter, emitter);
  assert.strictEqual(warning.type, 'x');
  assert.strictEqual(warning.count, 3);
}));
emitter.setMaxListeners(2);
assert.strictEqual(emitter.getMaxListeners(), 2);
for (let i = 0; i < 5; i++) emitter.on('x', () => {});

const unlimited = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 20; i++) unlimited.on('x', () => {});

assert.strictEqual(EventEmitter.defaultMaxListeners, 10);
EventEmitter.defaultMaxListeners = 12;
assert.strictEqual(new EventEmitter().getMaxListeners(), 12);
EventEmitter.setMaxListeners(5, emitter);
assert.strictEqual(emitter.getMaxListeners(), 5);
for (const bad of [-1, NaN]) {
  assert.throws(() => emitter.setMaxListeners(bad), { code: 'ERR_OUT_OF_RANGE', name: 'RangeError' });
}
