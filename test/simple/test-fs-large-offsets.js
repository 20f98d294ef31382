// Files beyond 4 GB, of which almost nothing is on the disk: sizes, offsets and streams past what
// 32 bits hold, in every form of the calls.
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const file = path.join(process.env.NODE_TEST_TMPDIR || require('os').tmpdir(), `large-${process.pid}`);
const far = 6 * 2 ** 30;
const word = Buffer.from('hello');

const fd = fs.openSync(file, 'w+');
process.on('exit', () => fs.unlinkSync(file));
try {
  fs.ftruncateSync(fd, 5 * 2 ** 30);
} catch (error) {
  console.log(`skipped: no files of this size here: ${error.code}`);
  process.exit(0);
}
assert.strictEqual(fs.fstatSync(fd).size, 5 * 2 ** 30);

assert.strictEqual(fs.writeSync(fd, word, 0, 5, far), 5);
assert.strictEqual(fs.statSync(file).size, far + 5);
assert.strictEqual(fs.statSync(file, { bigint: true }).size, BigInt(far + 5));
assert.ok(fs.statSync(file).blocks < 1e6, 'the file is sparse');

for (const position of [far, BigInt(far)]) {
  const bytes = Buffer.alloc(5);
  assert.strictEqual(fs.readSync(fd, bytes, 0, 5, position), 5);
  assert.deepStrictEqual(bytes, word);
}
const vector = [Buffer.alloc(2), Buffer.alloc(3)];
assert.strictEqual(fs.readvSync(fd, vector, far), 5);
assert.deepStrictEqual(Buffer.concat(vector), word);
assert.strictEqual(fs.writevSync(fd, [Buffer.from('J')], far), 1);
// What stands 4 GB before must not have changed in its place.
const low = Buffer.alloc(5);
fs.readSync(fd, low, 0, 5, far - 2 ** 32);
assert.deepStrictEqual(low, Buffer.alloc(5));

assert.throws(() => fs.readFileSync(file), { code: 'ERR_FS_FILE_TOO_LARGE' });

async function main() {
  const handle = await fs.promises.open(file, 'r+');
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(5), 0, 5, far);
  assert.strictEqual(bytesRead, 5);
  assert.strictEqual(buffer.toString(), 'Jello');
  await handle.truncate(far + 3);
  assert.strictEqual((await handle.stat()).size, far + 3);
  await handle.close();

  let text = '';
  for await (const chunk of fs.createReadStream(file, { start: far, end: far + 9 })) text += chunk;
  assert.strictEqual(text, 'Jel');

  await new Promise((resolve) => {
    fs.createWriteStream(file, { flags: 'r+', start: far + 1 }).end('ump', resolve);
  });
  fs.read(fd, Buffer.alloc(4), 0, 4, far, (error, n, bytes) => {
    assert.ifError(error);
    assert.strictEqual(bytes.toString(), 'Jump');
    fs.closeSync(fd);
  });
}
main();
