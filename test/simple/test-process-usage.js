// memoryUsage, cpuUsage, resourceUsage, uptime and title tell of this process.
'use strict';
require('../common');
const assert = require('assert');

const memory = process.memoryUsage();
assert.deepStrictEqual(Object.keys(memory), ['rss', 'heapTotal', 'heapUsed', 'external', 'arrayBuffers']);
assert.ok(memory.rss > memory.heapUsed && memory.heapTotal >= memory.heapUsed);
assert.ok(memory.vsize > memory.rss, 'known since 2010');
assert.ok(process.memoryUsage.rss() > 1e6);
assert.ok((process.constrainedMemory() ?? 1) > 0);
const block = Buffer.alloc(50e6, 1);
assert.ok(process.memoryUsage().external - memory.external >= block.length);

const start = process.cpuUsage();
while (process.cpuUsage(start).user + process.cpuUsage(start).system < 20000) Math.sqrt(2);
assert.throws(() => process.cpuUsage(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.cpuUsage({ user: 1, system: 'x' }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => process.cpuUsage({ user: -1, system: 2 }), { code: 'ERR_INVALID_ARG_VALUE', name: 'RangeError' });

const usage = process.resourceUsage();
assert.strictEqual(Object.keys(usage).length, 16);
assert.ok(usage.userCPUTime >= start.user);
assert.ok(usage.maxRSS * 1024 > 1e6, 'in kilobytes');

assert.ok(process.uptime() > 0 && process.uptime() < 1000);

process.title = 'new';
assert.strictEqual(process.title, 'new');
