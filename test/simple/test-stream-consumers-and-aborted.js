// stream/consumers give memory of their own; util.aborted() and events.addAbortListener().
'use strict';

const common = require('../common');
const assert = require('assert');
const { addAbortListener } = require('events');
const { Readable } = require('stream');
const { arrayBuffer, buffer, text } = require('stream/consumers');
const { aborted } = require('util');

(async () => {
  const bytes = await buffer(Readable.from(['hello', Buffer.from('there')]));
  assert.strictEqual(bytes.toString(), 'hellothere');
  assert.strictEqual(bytes.buffer.byteLength, 10);
  assert.strictEqual((await arrayBuffer(Readable.from([new ArrayBuffer(3), Uint8Array.of(1)]))).byteLength, 4);
  assert.strictEqual(await text(Readable.from([Buffer.from([0xe2]), Uint8Array.of(0x82, 0xac).buffer])), '\u20ac');
  await assert.rejects(text(Readable.from([{}])), { code: 'ERR_INVALID_ARG_TYPE' });
})().then(common.mustCall());

const controller = new AbortController();
const { signal } = controller;
signal.addEventListener('abort', (event) => event.stopImmediatePropagation());
signal.addEventListener('abort', common.mustNotCall());
addAbortListener(signal, common.mustCall());
addAbortListener(signal, common.mustNotCall())[Symbol.dispose]();
const resource = {};
aborted(signal, resource).then(common.mustCall());
controller.abort();
aborted(signal, resource).then(common.mustCall());

assert.rejects(aborted({}, resource), { code: 'ERR_INVALID_ARG_TYPE' }).then(common.mustCall());
assert.rejects(aborted(signal, 5), { code: 'ERR_INVALID_ARG_TYPE' }).then(common.mustCall());
