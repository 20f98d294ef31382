// What zlib compresses is read by gzip(1) and Python's zlib, and the other way round, with all levels, strategies and windows.
'use strict';

const { skip } = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');
const zlib = require('zlib');

const run = (command, args, input) => spawnSync(command, args, { input, maxBuffer: 1 << 26 });
const has = (command, args) => run(command, args).status === 0;
const hasGzip = has('gzip', ['--version']);
const hasPython = has('python3', ['-c', 'import zlib']);
if (!hasGzip && !hasPython) skip('neither gzip nor python3 with zlib is here');

// Text, noise, runs and far repetitions.
let seed = 12345;
const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8;
const noise = Buffer.from(Array.from({ length: 40000 }, random));
const words = Array.from({ length: 15000 }, () => `word${random() % 500}`).join(' ');
const data = Buffer.concat([Buffer.from(words), noise, Buffer.alloc(70000, 'z'), noise]);

if (hasGzip) {
  for (const level of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const { status, stdout } = run('gzip', ['-dc'], zlib.gzipSync(data, { level }));
    assert.strictEqual(status, 0);
    assert.ok(data.equals(stdout));
    if (level > 0) assert.ok(data.equals(zlib.gunzipSync(run('gzip', [`-${level}c`], data).stdout)));
  }
  const two = Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync('two')]);
  assert.strictEqual(run('gzip', ['-dc'], two).stdout.toString(), 'one two');
  assert.strictEqual(run('gzip', ['-t'], zlib.gzipSync('')).status, 0);
}

// Python reads all streams in one go: [wbits, length, bytes], and writes its own: [length, bytes].
const kReader = `
import sys, zlib, struct
raw = sys.stdin.buffer.read()
data, at = None, 0
while at < len(raw):
    wbits, size = struct.unpack_from('<ii', raw, at)
    reader = zlib.decompressobj(wbits)
    out = reader.decompress(raw[at + 8:at + 8 + size]) + reader.flush()
    assert reader.eof and not reader.unused_data, wbits
    assert data is None or out == data, wbits
    data, at = out, at + 8 + size
sys.stdout.buffer.write(data)
`;
const kWriter = `
import sys, zlib, struct
data = sys.stdin.buffer.read()
for wbits in list(range(9, 16)) + list(range(-15, -8)) + list(range(25, 32)):
    for level in (0, 1, 6, 9):
        for strategy in range(5):
            writer = zlib.compressobj(level, zlib.DEFLATED, wbits, 1 + (level + strategy) % 9, strategy)
            out = writer.compress(data) + writer.flush()
            sys.stdout.buffer.write(struct.pack('<ii', wbits, len(out)) + out)
`;
if (hasPython) {
  const sample = Buffer.concat([data.subarray(0, 15000), noise.subarray(0, 3000), Buffer.alloc(8000, 'z'), noise.subarray(0, 3000)]);
  const streams = [];
  const add = (wbits, bytes) => {
    const head = Buffer.alloc(8);
    head.writeInt32LE(wbits, 0);
    head.writeInt32LE(bytes.length, 4);
    streams.push(head, bytes);
  };
  for (let windowBits = 9; windowBits <= 15; windowBits++) {
    for (const level of [0, 1, 6, 9]) {
      for (let strategy = 0; strategy < 5; strategy++) {
        const options = { windowBits, level, strategy, memLevel: 1 + ((level + strategy) % 9) };
        add(windowBits, zlib.deflateSync(sample, options));
        add(-windowBits, zlib.deflateRawSync(sample, options));
        add(windowBits + 16, zlib.gzipSync(sample, options));
      }
    }
  }
  const { status, stdout, stderr } = run('python3', ['-c', kReader], Buffer.concat(streams));
  assert.strictEqual(status, 0, String(stderr));
  assert.ok(sample.equals(stdout));

  const theirs = run('python3', ['-c', kWriter], sample).stdout;
  let count = 0;
  for (let at = 0; at < theirs.length; count++) {
    const wbits = theirs.readInt32LE(at);
    const length = theirs.readInt32LE(at + 4);
    const stream = theirs.subarray(at + 8, at + 8 + length);
    const windowBits = wbits > 15 ? wbits - 16 : Math.abs(wbits);
    const read = wbits < 0 ? zlib.inflateRawSync : wbits > 15 ? zlib.gunzipSync : zlib.inflateSync;
    assert.ok(sample.equals(read(stream, { windowBits })), `wbits ${wbits}`);
    at += 8 + length;
  }
  assert.strictEqual(count, 21 * 4 * 5);
}
