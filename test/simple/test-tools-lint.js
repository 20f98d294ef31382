// The style check: a system may be named in poll/ and platform/ only, and config.mk's table has to fit the files.
'use strict';
require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

if (spawnSync('python3', ['--version']).error) {
  console.log('skipped: python3 is missing');
  process.exit(0);
}

const root = fs.mkdtempSync(path.join(require('os').tmpdir(), 'lint-'));
const put = (name, text) => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), text);
};
const lint = () => {
  const { status, stdout } = spawnSync('python3', [path.join(root, 'test/lint.py'), '--fast'], { encoding: 'utf8', cwd: root });
  return { status, stdout };
};

fs.mkdirSync(path.join(root, 'test'));
fs.copyFileSync(path.join(__dirname, '..', 'lint.py'), path.join(root, 'test/lint.py'));
put('config.mk', '# A table.\nSYSTEM_One := one poll\nFILES_one := one\nPOLLERS := poll\n');
put('platform/one.cc', '// A system.\n#ifdef __linux__\n#endif\n#include <linux/fs.h>\n');
put('poll/poll.cc', '// A call.\n#if defined(__sun)\n#endif\n');
put('core/good.cc', '// What the system can do is asked for, not its name.\n#if defined(SOCK_NONBLOCK)\n#endif\nint linux_like;\n');
assert.deepStrictEqual(lint(), { status: 0, stdout: 'lint: 0 errors, 0 warnings\n' });

const breaches = [
  ['core/a.cc', '// Text.\n#ifdef __linux__\n#endif\n', 'core/a.cc:2: a system is named'],
  ['net/b.h', '// Text.\n#if !defined(X) && \\\n    defined(__APPLE__)\n#endif\n', 'net/b.h:3: a system is named'],
  ['js/c.cc', '// Text.\n#if A\n#elif __FreeBSD_version > 1\n#endif\n', 'js/c.cc:3: a system is named'],
  ['test/unit/d.cc', '// Text.\n#ifndef __sun\n#endif\n', 'test/unit/d.cc:2: a system is named'],
  ['core/e.cc', '// Text.\n#include <linux/fs.h>\n', 'core/e.cc:2: <linux/fs.h> may be included by'],
  ['platform/two.cc', '// Text.\n', 'platform/two.cc:1: no system of config.mk has this file'],
  ['config.mk', '# A table.\nSYSTEM_One := one poll sleep\nFILES_one := one\n', 'config.mk:2: there is no poll/sleep.cc'],
];
for (const [name, text, complaint] of breaches) {
  const before = name === 'config.mk' ? fs.readFileSync(path.join(root, name)) : undefined;
  put(name, text);
  const { status, stdout } = lint();
  assert.strictEqual(status, 1, name);
  assert.ok(stdout.includes(complaint), stdout);
  if (before) put(name, before);
  else fs.unlinkSync(path.join(root, name));
}
assert.strictEqual(lint().status, 0);
