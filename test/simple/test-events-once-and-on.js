// events.once() as a promise and events.on() as an iterator, over emitters and event targets.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const EventEmitter = require('events');
const { once, on } = EventEmitter;

async function onces() {
  const emitter = new EventEmitter();
  process.nextTick(() => emitter.emit('x', 1, 2));
  assert.deepStrictEqual(await once(emitter, 'x'), [1, 2]);
  process.nextTick(() => emitter.emit('error', new Error('bad')));
  await assert.rejects(once(emitter, 'x'), /bad/);
  process.nextTick(() => emitter.emit('error', 7));
  assert.deepStrictEqual(await once(emitter, 'error'), [7]);
  assert.deepStrictEqual(emitter.eventNames(), []);

  const target = new EventTarget();
  const event = new Event('x');
  process.nextTick(() => target.dispatchEvent(event));
  assert.deepStrictEqual(await once(target, 'x'), [event]);

  const controller = new AbortController();
  const waiting = once(emitter, 'x', { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR' });
  await assert.rejects(once(emitter, 'x', { signal: controller.signal }), { name: 'AbortError' });
  assert.deepStrictEqual(emitter.eventNames(), []);
}

async function iterators() {
  const emitter = new EventEmitter();
  const seen = [];
  setImmediate(() => {
    for (let i = 0; i < 4; i++) emitter.emit('x', i);
  });
  for await (const [i] of on(emitter, 'x')) {
    seen.push(i);
    if (i === 2) break;
  }
  assert.deepStrictEqual(seen, [0, 1, 2]);
  assert.deepStrictEqual(emitter.eventNames(), []);

  const failing = on(emitter, 'x');
  emitter.emit('x', 'kept');
  emitter.emit('error', new Error('late'));
  assert.deepStrictEqual(await failing.next(), { value: ['kept'], done: false });
  await assert.rejects(failing.next(), /late/);
  assert.deepStrictEqual(await failing.next(), { value: undefined, done: true });

  const controller = new AbortController();
  setImmediate(() => controller.abort());
  await assert.rejects(async () => {
    // eslint-disable-next-line no-unused-vars
    for await (const unused of on(emitter, 'x', { signal: controller.signal }));
  }, { name: 'AbortError' });
}

Promise.all([onces(), iterators()]).then(mustCall());
