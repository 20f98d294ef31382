// typescript: the compiler by its command: output for good code, errors for bad.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const folder = fs.mkdtempSync(path.join(__dirname, 'tsc-'));
const tsc = (...args) => spawnSync(
  process.execPath, [path.join(__dirname, 'node_modules/typescript/bin/tsc'), ...args], { encoding: 'utf8', cwd: folder });
try {
  fs.writeFileSync(path.join(folder, 'good.ts'), 'interface A { n: number }\nexport const a: A = { n: 1 };\n');
  fs.writeFileSync(path.join(folder, 'bad.ts'), 'export const s: string = 1;\n');
  const good = tsc('--outDir', 'out', 'good.ts');
  assert.strictEqual(good.status, 0, good.stdout + good.stderr);
  assert.match(fs.readFileSync(path.join(folder, 'out/good.js'), 'utf8'), /a = \{ n: 1 \}/);
  const bad = tsc('--noEmit', 'bad.ts');
  assert.notStrictEqual(bad.status, 0);
  assert.match(bad.stdout, /TS2322/);
} finally {
  fs.rmSync(folder, { recursive: true });
}
