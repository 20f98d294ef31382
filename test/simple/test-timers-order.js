// What runs when: ticks, microtasks, timers, immediates.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');

const log = [];
const say = (text) => () => log.push(text);

setTimeout(() => {
  log.push('timer 1');
  process.nextTick(say('tick of timer 1'));
  Promise.resolve().then(say('microtask of timer 1'));
}, 1);
setTimeout(say('timer 2'), 1);
process.nextTick(() => {
  log.push('tick');
  Promise.resolve().then(say('microtask of tick'));
  process.nextTick(say('tick of tick'));
});
Promise.resolve().then(() => {
  log.push('microtask');
  process.nextTick(say('tick of microtask'));
  queueMicrotask(say('microtask of microtask'));
});
queueMicrotask(say('queued'));
log.push('script');

setTimeout(mustCall(() => {
  assert.deepStrictEqual(log, [
    'script', 'tick', 'tick of tick', 'microtask', 'queued', 'microtask of tick', 'microtask of microtask',
    'tick of microtask', 'timer 1', 'tick of timer 1', 'microtask of timer 1', 'timer 2',
  ]);
  immediates();
}), 30);

function immediates() {
  const ran = [];
  setImmediate(() => {
    ran.push('first');
    process.nextTick(() => ran.push('tick'));
    // Belongs to the next round.
    setImmediate(() => ran.push('later'));
  });
  setImmediate((a, b) => ran.push(a + b), 'sec', 'ond');
  const never = setImmediate(() => ran.push('never'));
  clearImmediate(never);
  setImmediate(() => setImmediate(mustCall(() => {
    assert.deepStrictEqual(ran, ['first', 'tick', 'second', 'later']);
  })));
}
