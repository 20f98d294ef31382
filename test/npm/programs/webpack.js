// webpack: a bundle of two modules that runs.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const webpack = require('webpack');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'webpack-'));
fs.writeFileSync(path.join(folder, 'main.js'), 'import { x } from "./other.js"; globalThis.bundled = x + 1;');
fs.writeFileSync(path.join(folder, 'other.js'), 'export const x = 41;');
webpack({ mode: 'production', context: folder, entry: './main.js', output: { path: folder, filename: 'out.js' } }, (error, stats) => {
  try {
    assert.ifError(error);
    assert.ok(!stats.hasErrors(), stats.toString());
    require(path.join(folder, 'out.js'));
    assert.strictEqual(globalThis.bundled, 42);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
