// Reading a file of 1 GiB through a stream keeps memory flat.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-memory-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const file = path.join(dir, 'sparse');
const size = 2 ** 30;
fs.writeFileSync(file, '');
fs.truncateSync(file, size);

const before = process.memoryUsage().rss;
let most = 0;
let total = 0;
let chunks = 0;
fs.createReadStream(file).on('data', (chunk) => {
  total += chunk.length;
  if (++chunks % 256 === 0) most = Math.max(most, process.memoryUsage().rss);
}).on('end', mustCall(() => {
  assert.strictEqual(total, size);
  const grown = (most - before) / 2 ** 20;
  if (process.env.SHOW) console.log(grown);
  assert.ok(grown < 100, `grew by ${grown} MiB`);
}));
