// Timers as promises.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { promisify } = require('util');
const timers = require('timers/promises');

async function main() {
  assert.strictEqual(await timers.setTimeout(1, 'value'), 'value');
  assert.strictEqual(await timers.setImmediate('now'), 'now');
  assert.strictEqual(await promisify(setTimeout)(1, 'promisified'), 'promisified');
  assert.strictEqual(await promisify(setImmediate)('promisified'), 'promisified');

  const controller = new AbortController();
  const waiting = [
    timers.setTimeout(1e6, null, { signal: controller.signal }),
    timers.setImmediate(null, { signal: controller.signal }),
  ];
  controller.abort('enough');
  for (const promise of waiting) {
    await assert.rejects(promise, { name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' });
  }
  await assert.rejects(timers.setTimeout(1, null, { signal: controller.signal }), { name: 'AbortError' });
  await assert.rejects(timers.setTimeout(1, null, { ref: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });

  let count = 0;
  for await (const value of timers.setInterval(1, 'again')) {
    assert.strictEqual(value, 'again');
    if (++count === 3) break;
  }
  // Waits for ever, and keeps nothing alive.
  timers.setTimeout(1e6, null, { ref: false });
}
main().then(mustCall());
