// Event and EventTarget: dispatch, once, capture, handler objects, cancelling, what listeners throw.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { getEventListeners } = require('events');

const target = new EventTarget();
const log = [];
const handler = {
  handleEvent(event) {
    assert.strictEqual(this, handler);
    log.push(`object ${event.type}`);
  },
};
function listener(event) {
  assert.strictEqual(this, target);
  assert.strictEqual(event.target, target);
  assert.strictEqual(event.currentTarget, target);
    assert.strictEqual(event.eventPhase, Event.AT_TARGET);
  log.push('function');
}
target.addEventListener('x', handler);
target.addEventListener('x', handler);
target.addEventListener('x', listener, { once: true });
assert.deepStrictEqual(getEventListeners(target, 'x'), [handler, listener]);
const event = new Event('x', { cancelable: true });
assert.strictEqual(event.isTrusted, false);
assert.strictEqual(target.dispatchEvent(event), true);
target.dispatchEvent(new Event('x'));
assert.deepStrictEqual(log, ['object x', 'function', 'object x']);
target.removeEventListener('x', handler);

target.addEventListener('y', (e) => e.preventDefault(), { once: true });
target.addEventListener('y', (e) => e.stopImmediatePropagation());
target.addEventListener('y', mustNotCall());
const cancelable = new Event('y', { cancelable: true });
assert.strictEqual(target.dispatchEvent(cancelable), false);
assert.strictEqual(cancelable.defaultPrevented, true);
assert.strictEqual(target.dispatchEvent(new Event('y')), true);

const controller = new AbortController();
target.addEventListener('z', mustNotCall(), { signal: controller.signal });
controller.abort();
target.dispatchEvent(new Event('z'));

// A listener that throws is an uncaught exception; the others hear all the same.
target.addEventListener('throwing', () => { throw new Error('from a listener'); });
target.addEventListener('throwing', mustCall());
const thrown = [];
process.on('uncaughtException', mustCall((error) => thrown.push(error.code || error.message), 2));
process.on('exit', () => assert.deepStrictEqual(thrown, ['from a listener', 'ERR_EVENT_RECURSION']));
target.dispatchEvent(new Event('throwing'));

assert.throws(() => target.dispatchEvent('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => target.addEventListener('x'), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => new Event(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => EventTarget.prototype.addEventListener.call({}, 'x', () => {}), { code: 'ERR_INVALID_THIS' });
target.addEventListener('deep', (e) => target.dispatchEvent(e), { once: true });
target.dispatchEvent(new Event('deep'));
