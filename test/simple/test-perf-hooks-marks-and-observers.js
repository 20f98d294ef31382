// perf_hooks: marks, measures between them, observers; message ports.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { performance, PerformanceObserver, createHistogram } = require('perf_hooks');

assert.ok(performance.now() > 0);
assert.ok(Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 1000);
assert.strictEqual(globalThis.performance, performance);

const observer = new PerformanceObserver(mustCall((list) => {
  assert.deepStrictEqual(list.getEntries().map((e) => `${e.entryType} ${e.name}`),
                         ['mark a', 'measure ab', 'mark b', 'function plus']);
  observer.disconnect();
}));
observer.observe({ entryTypes: ['mark', 'measure', 'function'] });
performance.mark('a', { startTime: 1 });
performance.mark('b', { startTime: 4, detail: { x: 1 } });
const measure = performance.measure('ab', 'a', 'b');
assert.strictEqual(measure.startTime, 1);
assert.strictEqual(measure.duration, 3);
assert.deepStrictEqual(performance.getEntriesByName('b')[0].detail, { x: 1 });
assert.throws(() => performance.measure('x', 'no such mark'), { name: 'SyntaxError' });
assert.strictEqual(performance.timerify(function plus(n) { return n + 1; })(1), 2);
performance.clearMarks();
assert.deepStrictEqual(performance.getEntries().map((e) => e.name), ['ab']);

const histogram = createHistogram();
for (const n of [1, 2, 3, 4]) histogram.record(n);
assert.strictEqual(histogram.mean, 2.5);
assert.strictEqual(histogram.percentile(50), 2);
assert.strictEqual(histogram.max, 4);

const { port1, port2 } = new MessageChannel();
port2.on('message', mustCall((message) => {
  assert.deepStrictEqual(message, { a: new Map([[1, 2]]) });
  port2.postMessage('answer');
}));
port1.onmessage = mustCall((event) => {
  assert.strictEqual(event.data, 'answer');
  port1.close();  // lets the process end
});
port2.on('close', mustCall());
port1.postMessage({ a: new Map([[1, 2]]) });
