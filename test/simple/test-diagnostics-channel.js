// diagnostics_channel: subscribing, publishing, what subscribers throw, tracing.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const dc = require('diagnostics_channel');

const channel = dc.channel('test');
assert.strictEqual(dc.channel('test'), channel);
assert.strictEqual(channel.hasSubscribers, false);
assert.strictEqual(dc.hasSubscribers('test'), false);
const message = { a: 1 };
const failing = () => { throw new Error('subscriber'); };
const listener = mustCall((data, name) => {
  assert.strictEqual(data, message);
  assert.strictEqual(name, 'test');
});
dc.subscribe('test', failing);
channel.subscribe(listener);
process.once('uncaughtException', mustCall((error) => assert.strictEqual(error.message, 'subscriber')));
channel.publish(message);
assert.strictEqual(channel.unsubscribe(listener), true);
assert.strictEqual(channel.unsubscribe(listener), false);
assert.strictEqual(dc.unsubscribe('test', failing), true);
channel.publish(message);
assert.throws(() => channel.subscribe('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => dc.channel(5), { code: 'ERR_INVALID_ARG_TYPE' });

const tracing = dc.tracingChannel('work');
const log = [];
const note = (name) => (context) => log.push(name, context.id);
tracing.subscribe({ start: note('start'), end: note('end'), error: note('error') });
assert.strictEqual(tracing.traceSync((a, b) => a + b, { id: 1 }, null, 2, 3), 5);
assert.throws(() => tracing.traceSync(() => { throw new Error('work'); }, { id: 2 }), /work/);
assert.deepStrictEqual(log, ['start', 1, 'end', 1, 'start', 2, 'error', 2, 'end', 2]);
