// AbortController and AbortSignal.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');

const controller = new AbortController();
const { signal } = controller;
assert.strictEqual(controller.signal, signal);
assert.strictEqual(signal.aborted, false);
signal.throwIfAborted();
const order = [];
signal.onabort = mustCall((event) => {
  assert.strictEqual(event.type, 'abort');
  assert.strictEqual(event.isTrusted, true);
  order.push('onabort');
});
signal.addEventListener('abort', () => order.push('listener'));
controller.abort();
controller.abort('again');
assert.deepStrictEqual(order, ['onabort', 'listener']);
assert.strictEqual(signal.aborted, true);
assert.strictEqual(signal.reason.name, 'AbortError');
assert.throws(() => signal.throwIfAborted(), { name: 'AbortError' });

assert.strictEqual(AbortSignal.abort('why').reason, 'why');
assert.strictEqual(AbortSignal.abort().aborted, true);
assert.throws(() => new AbortSignal(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
assert.strictEqual(Object.prototype.toString.call(signal), '[object AbortSignal]');

const silent = new AbortController();
silent.signal.onabort = mustNotCall();
silent.signal.onabort = null;
silent.abort();

const timed = AbortSignal.timeout(5);
timed.addEventListener('abort', mustCall(() => assert.strictEqual(timed.reason.name, 'TimeoutError')));
// It does not keep the process alive by itself.
setTimeout(() => {}, 50);
AbortSignal.timeout(1e6);
