// npm installs the same from the registry that is configured here, file by file, whether this node runs it or the one in PATH.
'use strict';

const { skip, tmpdir } = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const find = (name) => process.env.PATH.split(path.delimiter).map((dir) => path.join(dir, name)).find((file) => fs.existsSync(file));
const npm = find('npm');
const other = find('node');
if (!npm || !other || fs.realpathSync(other) === fs.realpathSync(process.execPath)) skip('there is no npm with a node of its own');
tmpdir.refresh();

// npm picks versions by what the running node calls itself: both say the same here.
const pretend = tmpdir.join('pretend.js');
fs.writeFileSync(pretend, `Object.defineProperty(process, 'version', { value: '${process.version}' });\n`);

function run(node, dir, ...args) {
  const project = tmpdir.join(dir, 'project');
  if (!fs.existsSync(project)) {
    fs.mkdirSync(project, { recursive: true });
    fs.writeFileSync(path.join(project, 'package.json'), '{}\n');
  }
  const env = {
    ...process.env, npm_config_cache: tmpdir.join(dir, 'cache'), npm_config_update_notifier: 'false', npm_config_progress: 'false',
    npm_config_fetch_retries: '0', NODE_OPTIONS: `--require ${pretend}`,
  };
  const { status, stdout, stderr } = spawnSync(node, [npm, ...args], { cwd: project, env, encoding: 'latin1' });
  // Places and times differ.
  const clean = (text) => text.replaceAll(tmpdir.join(dir), '').replace(/in \d+m?s/g, '').replace(/_logs\/\S+/g, '');
  return { status, stdout: clean(stdout), stderr: clean(stderr) };
}

// {path: contents, target or null}
function tree(dir, prefix = '', result = {}) {
  for (const entry of fs.readdirSync(path.join(dir, prefix), { withFileTypes: true })) {
    const name = path.join(prefix, entry.name);
    const file = path.join(dir, name);
    if (entry.isDirectory()) tree(dir, name, result);
    else if (entry.isSymbolicLink()) result[name] = fs.readlinkSync(file);
    else result[name] = `${fs.statSync(file).mode} ${fs.readFileSync(file, 'latin1')}`;
  }
  return result;
}

if (run(other, 'ping', 'ping').status !== 0) skip('the registry of npm cannot be reached');

function same(...args) {
  const [ours, theirs] = [run(process.execPath, 'ours', ...args), run(other, 'theirs', ...args)];
  assert.deepStrictEqual(ours, theirs, `npm ${args.join(' ')}`);
  return ours;
}

assert.strictEqual(same('install', 'express', 'eslint').status, 0);
const ours = tree(tmpdir.join('ours', 'project'));
const theirs = tree(tmpdir.join('theirs', 'project'));
assert.deepStrictEqual(Object.keys(ours), Object.keys(theirs));
for (const name of Object.keys(ours)) assert.ok(ours[name] === theirs[name], name);
assert.ok(Object.keys(ours).length > 500);

same('view', 'express', 'version');
same('ls', '--all');
same('exec', '--', 'eslint', '--version');
same('outdated');
same('ci');
