// listenerCount() of one listener; EventEmitterAsyncResource's methods on foreign objects.
'use strict';

require('../common');
const assert = require('assert');
const { EventEmitter, EventEmitterAsyncResource } = require('events');

const emitter = new EventEmitter();
const one = () => {};
const other = () => {};
emitter.once('x', one);
assert.strictEqual(emitter.listenerCount('x', one), 1);
assert.strictEqual(emitter.listenerCount('x', other), 0);
emitter.on('x', one).on('x', other);
assert.strictEqual(emitter.listenerCount('x', one), 2);
assert.strictEqual(emitter.listenerCount('x', other), 1);
assert.strictEqual(emitter.listenerCount('x'), 3);
assert.strictEqual(emitter.listenerCount('y', one), 0);

const { prototype } = EventEmitterAsyncResource;
for (const use of [() => prototype.emit('x'), () => prototype.emitDestroy(), () => prototype.asyncId,
                   () => prototype.triggerAsyncId, () => prototype.asyncResource]) {
  assert.throws(use, { name: 'TypeError', code: 'ERR_INVALID_THIS' });
}
