// jest: a suite with passing and failing tests, mocks and timers of its own.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const folder = fs.mkdtempSync(path.join(__dirname, 'jest-'));
try {
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  fs.writeFileSync(path.join(folder, 'sum.test.js'), `
    jest.useFakeTimers();
    test('adds', () => expect(1 + 1).toBe(2));
    test('waits', async () => { await null; expect({ a: [1] }).toEqual({ a: [1] }); });
    test('mocks', () => { const f = jest.fn(); setTimeout(f, 1e6); jest.runAllTimers(); expect(f).toHaveBeenCalled(); });
    test('fails', () => expect([1]).toContain(2));
  `);
  const { stdout, stderr, status } = spawnSync(
    process.execPath, [path.join(__dirname, 'node_modules/jest/bin/jest.js'), '--json', '-i'], { encoding: 'utf8', cwd: folder });
  assert.strictEqual(status, 1, stderr);
  const { numPassedTests, numFailedTests } = JSON.parse(stdout);
  assert.deepStrictEqual([numPassedTests, numFailedTests], [3, 1], stderr);
} finally {
  fs.rmSync(folder, { recursive: true });
}
