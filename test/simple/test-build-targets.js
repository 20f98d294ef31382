// config.mk's table decides everything about a cross build: make says what it would use, without
// fetching or compiling anything.
'use strict';
const assert = require('assert');
const { spawnSync } = require('child_process');
const path = require('path');

const root = path.join(__dirname, '..', '..');

function config(...choices) {
  const made = spawnSync('make', ['-s', ...choices, 'print-config'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, MAKEFLAGS: '', MAKELEVEL: '' } });
  if (made.error && made.error.code === 'ENOENT') {
    console.log('skipped: there is no make here');
    process.exit(0);
  }
  if (made.status !== 0) return made.stderr;
  return Object.fromEntries(made.stdout.trim().split('\n').map((line) => line.split(/ = ?(.*)/)));
}

const targets = [
  ['arm-linux-gnueabihf', 'armhf', 'arm-linux-gnueabihf', 'qemu-arm', ''],
  ['aarch64-linux-gnu', 'arm64', 'aarch64-linux-gnu', 'qemu-aarch64', ''],
  ['i686-linux-gnu', 'i386', 'i386-linux-gnu', 'qemu-i386', '-msse2 -mfpmath=sse'],
];
for (const [triple, arch, multiarch, emulator, flags] of targets) {
  // As the tools' prefix is written, and without its dash.
  for (const cross of [`${triple}-`, triple]) {
    const found = config(`CROSS=${cross}`);
    assert.strictEqual(found.target, `${arch} ${multiarch} ${emulator}${flags && ` ${flags}`}`);
    assert.strictEqual(found.build, `build/release-${triple}`);
    assert.strictEqual(found.platform, 'linux');
    assert.strictEqual(found.poll, 'epoll');
  }
}

assert.strictEqual(config('CROSS=').target, '');
assert.strictEqual(config('CROSS=i686-linux-gnu-', 'POLL=select', 'SMALL=1', 'SNAPSHOT=0').build,
  'build/release-nosnapshot-small-select-i686-linux-gnu');
assert.match(config('CROSS=pdp11-v7-'), /config\.mk has no line for the system/);
