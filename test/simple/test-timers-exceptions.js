// A throw in a timer, immediate, tick or microtask reaches 'uncaughtException', and what waits behind it still runs.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');

const messages = [];
process.on('uncaughtException', mustCall((error) => messages.push(error.message), 4));
const fail = (text) => () => { throw new Error(text); };

setTimeout(fail('timer'), 1);
setTimeout(mustCall(), 1);
setTimeout(mustCall(), 2);
setImmediate(fail('immediate'));
setImmediate(mustCall());
process.nextTick(fail('tick'));
process.nextTick(mustCall());
queueMicrotask(fail('microtask'));
queueMicrotask(mustCall());
process.on('exit', () => assert.deepStrictEqual(messages.sort(), ['immediate', 'microtask', 'tick', 'timer']));
