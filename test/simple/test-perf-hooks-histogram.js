// Histograms count in numbers and BigInts, add up, and are shared by what messages carry.
'use strict';

require('../common');
const assert = require('assert');
const { createHistogram, monitorEventLoopDelay, performance } = require('perf_hooks');

const a = createHistogram({ highest: 1000 });
assert.strictEqual(a.minBigInt, 9223372036854775807n);
assert.ok(Number.isNaN(a.mean));
for (const n of [1, 2n, 3, 4, 5000]) a.record(n);
assert.deepStrictEqual([a.count, a.countBigInt, a.exceeds, a.min, a.max, a.mean], [4, 4n, 1, 1, 4, 2.5]);
assert.strictEqual(a.percentile(50), 2);
assert.strictEqual(a.percentileBigInt(100), 4n);
assert.strictEqual(a.percentiles.get(100), 4);
assert.strictEqual(a.toJSON().count, 4);

const b = createHistogram();
b.record(10);
b.add(a);
assert.deepStrictEqual([b.count, b.min, b.max], [5, 1, 10]);
const copy = structuredClone(b);
copy.record(20);
assert.strictEqual(b.max, 20);
b.reset();
assert.strictEqual(copy.count, 0);

for (const value of [0, -1, 1.5, '1', null]) assert.throws(() => a.record(value), /ERR_(OUT_OF_RANGE|INVALID_ARG_TYPE)/);
assert.throws(() => a.percentile(0), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => b.add({}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createHistogram({ lowest: 0 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => createHistogram({ figures: 6 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => new a.constructor(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
assert.throws(() => performance.timerify(() => {}, { histogram: {} }), { code: 'ERR_INVALID_ARG_TYPE' });

const delay = monitorEventLoopDelay({ resolution: 1 });
assert.strictEqual(delay.enable(), true);
assert.strictEqual(delay.enable(), false);
const wait = setInterval(check, 5);
function check() {
  if (delay.count === 0) return;
  clearInterval(wait);
  assert.ok(delay.min > 0);
  assert.strictEqual(delay.disable(), true);
  assert.strictEqual(delay.disable(), false);
}
