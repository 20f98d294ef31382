// eslint: finds what is wrong, by its interface and by its command.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { ESLint } = require('eslint');

const rules = { 'no-unused-vars': 'error', 'semi': 'off' };
const folder = fs.mkdtempSync(path.join(__dirname, 'eslint-'));
async function main() {
  const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: { rules } });
  const [result] = await eslint.lintText('var unused = 1;');
  assert.deepStrictEqual(result.messages.map(({ ruleId, line }) => [ruleId, line]), [['no-unused-vars', 1]]);
  fs.writeFileSync(path.join(folder, 'eslint.config.mjs'), `export default [{ rules: ${JSON.stringify(rules)} }];`);
  fs.writeFileSync(path.join(folder, 'a.js'), 'var unused = 1;');
  const { stdout, status } = spawnSync(
    process.execPath, [path.join(__dirname, 'node_modules/eslint/bin/eslint.js'), 'a.js'], { encoding: 'utf8', cwd: folder });
  assert.strictEqual(status, 1);
  assert.match(stdout, /'unused' is assigned a value but never used/);
}

main().finally(() => fs.rmSync(folder, { recursive: true }));
