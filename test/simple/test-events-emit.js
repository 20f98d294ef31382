// emit(): arguments, `this`, changes while it runs, once, errors nobody listens for.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const EventEmitter = require('events');

const emitter = new EventEmitter();
const calls = [];
for (let count = 0; count <= 6; count++) {
  const args = Array.from({ length: count }, (_, i) => i);
  emitter.once('args', mustCall(function(...got) {
    assert.strictEqual(this, emitter);
    assert.deepStrictEqual(got, args);
  }));
  assert.strictEqual(emitter.emit('args', ...args), true);
}
assert.strictEqual(emitter.emit('args'), false);

// Listeners that come or go during an event do not change who hears of it.
function late() { calls.push('late'); }
function removing() {
  calls.push('removing');
  emitter.removeListener('x', last);
  emitter.on('x', late);
}
function last() { calls.push('last'); }
emitter.on('x', removing).on('x', last);
emitter.emit('x');
assert.deepStrictEqual(calls, ['removing', 'last']);
emitter.removeListener('x', removing);
emitter.emit('x');
assert.deepStrictEqual(calls, ['removing', 'last', 'late']);

// A once listener is gone before it runs, so that emitting from within does not call it again.
emitter.once('deep', mustCall(() => emitter.emit('deep')));
emitter.emit('deep');

// 'error'.
assert.throws(() => emitter.emit('error', new RangeError('mine')), { name: 'RangeError', message: 'mine' });
assert.throws(() => emitter.emit('error', { not: 'an error' }), {
  code: 'ERR_UNHANDLED_ERROR', message: "Unhandled error. ({ not: 'an error' })", context: { not: 'an error' },
});
assert.throws(() => emitter.emit('error'), { code: 'ERR_UNHANDLED_ERROR', message: 'Unhandled error. (undefined)' });
const monitored = new Error('seen');
emitter.once(EventEmitter.errorMonitor, mustCall((error) => assert.strictEqual(error, monitored)));
assert.throws(() => emitter.emit('error', monitored), monitored);
emitter.once('error', mustCall());
emitter.emit('error', monitored);

// Rejections of async listeners, when asked for.
const capturing = new EventEmitter({ captureRejections: true });
capturing.on('x', async () => { throw monitored; });
capturing.on('error', mustCall((error) => assert.strictEqual(error, monitored)));
capturing.emit('x');
class Handler extends EventEmitter {
  [EventEmitter.captureRejectionSymbol](error, event, ...args) {
    assert.deepStrictEqual([error, event, args], [monitored, 'y', [1, 2]]);
    this.called = true;
  }
}
const handler = new Handler({ captureRejections: true });
handler.on('error', mustNotCall());
handler.on('y', async () => { throw monitored; });
handler.emit('y', 1, 2);
setImmediate(mustCall(() => assert.strictEqual(handler.called, true)));
