// Calls every function of every public module in wrong ways, each module in a process of its own: no crash, no hang,
// and errors that can be told apart by their codes. See fixtures/misuse.
'use strict';

const common = require('../common');
const assert = require('assert');
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const { builtinModules } = require('module');

const folder = common.tmpdir.refresh();

const ids = ['globals', ...builtinModules.filter((id) => !id.startsWith('_'))];
const failures = [];

function run(id) {
  return new Promise((resolve) => {
    const cwd = path.join(folder, id.replace('/', '-'));
    fs.mkdirSync(cwd);
    const child = spawn(process.execPath, [common.fixtures.path('misuse', 'child.js'), id],
                        { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk) => { errors = (errors + chunk).slice(-2000); });
    const timer = setTimeout(() => child.kill('SIGKILL'), common.platformTimeout(60000));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const lines = text.trimEnd().split('\n');
      failures.push(...lines.filter((line) => line.startsWith('! ')));
      const last = lines[lines.length - 1];
      if (code !== 0 || last !== 'done') failures.push(`${id}: status ${code}, signal ${signal}, in ${last}\n${errors}`);
      resolve();
    });
  });
}

(async () => {
  while (ids.length > 0) await Promise.all(ids.splice(0, 2).map(run));
  assert.strictEqual(failures.join('\n'), '');
})().then(common.mustCall());
