// Addons for tests: built from test/addons with the C compiler, in the temporary folder.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { tmpdir } = require('./index');

const root = path.join(__dirname, '..', '..');

// Where node_api.h is: with the V8 that was fetched, or the system's.
function includeFolder() {
  const folders = [path.join(root, 'build/v8/usr/include/node'), '/usr/include/node', '/usr/local/include/node'];
  return folders.find((folder) => fs.existsSync(path.join(folder, 'node_api.h')));
}

// Builds test/addons/NAME.c and answers the file's name; ends the test as skipped where that cannot be done.
function build(name, ...flags) {
  const include = includeFolder();
  const compiler = process.env.CC || 'cc';
  if (include === undefined || spawnSync(compiler, ['--version']).status !== 0) {
    console.log(`1..0 # Skipped: addons need ${include ? `a C compiler (${compiler})` : 'node_api.h'}`);
    process.exit(0);
  }
  if (!fs.existsSync(tmpdir.path)) tmpdir.refresh();
  const file = path.join(tmpdir.path, `${name}.node`);
  const source = path.join(root, 'test/addons', `${name}.c`);
  const made = spawnSync(compiler, ['-shared', '-fPIC', '-pthread', '-Wall', `-I${include}`, ...flags, source, '-o', file]);
  if (made.status !== 0) throw new Error(`${source} does not compile:\n${made.stderr}`);
  return file;
}

module.exports = { build };
