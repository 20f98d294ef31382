// Adding and removing listeners: order, 'newListener' and 'removeListener', which of several goes.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const EventEmitter = require('events');

const emitter = new EventEmitter();
const added = [];
emitter.on('newListener', (name, listener) => {
  // It is told before the listener is there.
  added.push([name, listener, emitter.listenerCount(name)]);
});
function first() {}
function second() {}
assert.strictEqual(emitter.on('x', first), emitter);
emitter.once('x', second);
emitter.prependListener('x', second);
assert.deepStrictEqual(added, [['x', first, 0], ['x', second, 1], ['x', second, 2]]);
assert.deepStrictEqual(emitter.listeners('x'), [second, first, second]);
assert.strictEqual(emitter.rawListeners('x')[2].listener, second);
assert.deepStrictEqual(emitter.eventNames(), ['newListener', 'x']);

// The latest one that matches goes first, also one of once().
const removed = [];
emitter.on('removeListener', (name, listener) => removed.push([name, listener, emitter.listenerCount(name)]));
emitter.off('x', second);
assert.deepStrictEqual(emitter.listeners('x'), [second, first]);
emitter.removeListener('x', second);
emitter.removeListener('x', () => {});
assert.deepStrictEqual(emitter.listeners('x'), [first]);
emitter.removeListener('x', first);
assert.deepStrictEqual(removed, [['x', second, 2], ['x', second, 1], ['x', first, 0]]);
assert.deepStrictEqual(emitter.eventNames(), ['newListener', 'removeListener']);

emitter.on('a', first).on('b', second).on('b', first);
removed.length = 0;
emitter.removeAllListeners();
assert.deepStrictEqual(removed.map(([name]) => name).sort(), ['a', 'b', 'b', 'newListener']);
assert.deepStrictEqual(emitter.eventNames(), []);

assert.throws(() => emitter.on('x'), { code: 'ERR_INVALID_ARG_TYPE', name: 'TypeError' });
assert.throws(() => emitter.once('x', null), { code: 'ERR_INVALID_ARG_TYPE' });

// Constructors of 2010 call it without new, or not at all.
function Old() {}
Object.setPrototypeOf(Old.prototype, EventEmitter.prototype);
const old = new Old();
assert.strictEqual(old.emit('x'), false);
assert.strictEqual(old.listenerCount('x'), 0);
old.on('x', mustCall());
old.emit('x');
assert.notStrictEqual(new Old()._events, old._events);

const symbol = Symbol('s');
emitter.on(symbol, mustCall((...args) => assert.deepStrictEqual(args, [1, 2, 3, 4, 5])));
assert.strictEqual(emitter.emit(symbol, 1, 2, 3, 4, 5), true);
emitter.on('__proto__', mustCall());
emitter.emit('__proto__');
assert.strictEqual(emitter.listenerCount('toString'), 0);
