// mocha: runs a suite with passing, failing, pending and asynchronous tests, by its command and in parallel.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mocha-'));
const suite = path.join(folder, 'suite.js');
fs.writeFileSync(suite, `
  const assert = require('assert');
  describe('suite', () => {
    let hooked = 0;
    beforeEach(() => hooked++);
    it('passes', () => assert.strictEqual(hooked, 1));
    it('waits for a promise', async () => new Promise((done) => setTimeout(done, 5)));
    it('waits for a callback', (done) => setImmediate(done));
    it('fails', () => assert.deepStrictEqual({ a: 1 }, { a: 2 }));
    it('throws later', (done) => setTimeout(() => { throw new Error('late'); }, 1));
    it('is pending');
  });
`);
const other = path.join(folder, 'other.mjs');
fs.writeFileSync(other, 'import assert from "assert"; it("is a module", () => assert.ok(import.meta.url));\n');
const bin = path.join(__dirname, 'node_modules/mocha/bin/mocha.js');
const run = (...args) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: folder });
  return { stats: stdout, stderr, status };
};
try {
  const first = run('--reporter', 'json', suite, other);
  const { stats } = JSON.parse(first.stats);
  assert.deepStrictEqual([stats.passes, stats.failures, stats.pending], [4, 2, 1], first.stderr);
  assert.strictEqual(first.status, 2);
  const spec = run(suite);
  assert.match(spec.stats, /3 passing[^]*1 pending[^]*2 failing/);
} finally {
  fs.rmSync(folder, { recursive: true });
}
