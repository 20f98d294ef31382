// A program built without a start-up snapshot makes one beside itself at its first start, and does
// not trust a file that is not of its own making.
'use strict';
const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

// A copy in a folder of its own finds its libraries where this process has found them.
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'snapshot-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const program = path.join(dir, 'node');
const cache = `${program}.snapshot`;
fs.copyFileSync(process.execPath, program);

let libraries = new Set();
try {
  const maps = fs.readFileSync('/proc/self/maps', 'utf8');
  libraries = new Set(Array.from(maps.matchAll(/\/\S*(?=\/lib[^/\s]*\.so)/g), (found) => found[0]));
} catch {
  // The system's own folders then.
}
const env = { ...process.env, LD_LIBRARY_PATH: Array.from(libraries).join(':') };

function start(...args) {
  const made = spawnSync(program, args, { env, encoding: 'utf8' });
  assert.strictEqual(made.stderr, '');
  assert.strictEqual(made.status, 0);
  return made.stdout.trim();
}

assert.strictEqual(start('-p', '6 * 7'), '42');
if (!fs.existsSync(cache)) {
  console.log('skipped: this program has its snapshot inside');
  process.exit(0);
}
const good = fs.readFileSync(cache);
assert.ok(good.length > 100000);
assert.deepStrictEqual(fs.readdirSync(dir).sort(), ['node', 'node.snapshot']);

// The next start leaves it as it is.
const before = fs.statSync(cache, { bigint: true });
start('-e', '0');
const after = fs.statSync(cache, { bigint: true });
assert.strictEqual(after.ino, before.ino);
assert.strictEqual(after.mtimeNs, before.mtimeNs);

// Flags for V8 are of that one start.
start('--expose-gc', '-e', '0');
assert.strictEqual(start('-p', 'typeof gc'), 'undefined');
assert.strictEqual(start('--expose-gc', '-p', 'typeof gc'), 'function');

const rotten = Buffer.from(good);
rotten[good.length >> 1] ^= 1;
const foreign = Buffer.from(good);
foreign.write('another', 0);
for (const bad of [rotten, foreign, good.subarray(0, 600), good.subarray(0, -1), Buffer.alloc(0)]) {
  fs.writeFileSync(cache, bad);
  assert.strictEqual(start('-p', '6 * 7'), '42');
  const made = fs.readFileSync(cache);
  assert.ok(made.length > 100000 && !made.equals(bad), 'it was made anew');
  assert.deepStrictEqual(made.subarray(0, 100), good.subarray(0, 100));
}

// A program of another time is another program.
fs.utimesSync(program, 1e9, 1e9);
const old = fs.statSync(cache).ino;
start('-e', '0');
assert.notStrictEqual(fs.statSync(cache).ino, old);

// Where the file cannot be, the program starts without.
fs.rmSync(cache);
fs.mkdirSync(cache);
assert.strictEqual(start('-p', '6 * 7'), '42');
assert.deepStrictEqual(fs.readdirSync(dir).sort(), ['node', 'node.snapshot']);
