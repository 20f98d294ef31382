// The order of a turn: the script, nextTick, promises, timers, immediates; after each callback the queues are drained.
'use strict';
setImmediate(() => console.log('immediate'));
setTimeout(() => {
  console.log('timeout 1');
  Promise.resolve().then(() => console.log('promise of timeout 1'));
  process.nextTick(() => console.log('tick of timeout 1'));
}, 0);
setTimeout(() => console.log('timeout 2'), 0);
for (const end = Date.now() + 5; Date.now() < end;) continue;
Promise.resolve().then(() => {
  console.log('promise');
  process.nextTick(() => console.log('tick of promise'));
});
process.nextTick(() => console.log('tick'));
console.log('script');
