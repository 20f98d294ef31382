// fs.promises and FileHandle.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { promises } = fs;

assert.strictEqual(require('fs/promises'), promises);
assert.strictEqual(promises.constants, fs.constants);

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-promises-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);

async function wholeFiles() {
  await promises.writeFile(at('a'), 'text');
  await promises.appendFile(at('a'), Buffer.from(' more'));
  assert.strictEqual(await promises.readFile(at('a'), 'utf8'), 'text more');
  assert.ok(Buffer.isBuffer(await promises.readFile(at('a'))));
  async function* pieces() {
    yield 'x';
    yield Buffer.from('y');
  }
  await promises.writeFile(at('b'), pieces());
  assert.strictEqual(fs.readFileSync(at('b'), 'utf8'), 'xy');
  await promises.writeFile(at('b'), fs.createReadStream(at('a')));
  assert.strictEqual(fs.readFileSync(at('b'), 'utf8'), 'text more');
  await assert.rejects(promises.readFile(at('none')), { code: 'ENOENT', path: at('none') });
  await assert.rejects(promises.readFile(5.5), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(promises.readFile(at('a'), { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const controller = new AbortController();
  const writing = promises.writeFile(at('c'), Buffer.alloc(64 * 1024 * 1024), { signal: controller.signal });
  controller.abort();
  await assert.rejects(writing, { name: 'AbortError', code: 'ABORT_ERR' });
}

async function handles() {
  const handle = await promises.open(at('h'), 'w+');
  assert.ok(handle.fd > 2);
  assert.deepStrictEqual({ ...await handle.write('hello') }, { bytesWritten: 5, buffer: 'hello' });
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(5), 0, 5, 0);
  assert.strictEqual(bytesRead, 5);
  assert.strictEqual(buffer.toString(), 'hello');
  assert.strictEqual((await handle.read({ position: 3 })).bytesRead, 2);
  assert.strictEqual((await handle.writev([Buffer.from('ab'), Buffer.from('cd')], 0)).bytesWritten, 4);
  const parts = [Buffer.alloc(2), Buffer.alloc(9)];
  assert.strictEqual((await handle.readv(parts, 1)).bytesRead, 4);
  assert.strictEqual((await handle.stat()).size, 5);
  assert.strictEqual(typeof (await handle.stat({ bigint: true })).size, 'bigint');
  await handle.truncate(2);
  await handle.chmod(0o600);
  await handle.utimes(1, 2);
  assert.strictEqual((await handle.stat()).mtimeMs, 2000);
  await handle.sync();
  await handle.datasync();
  await handle.close();
  assert.strictEqual(handle.fd, -1);
  await handle.close();
  await assert.rejects(handle.stat(), { code: 'EBADF' });
  assert.strictEqual(fs.readFileSync(at('h'), 'utf8'), 'ab');

  const again = await promises.open(at('h'));
  assert.strictEqual(await again.readFile('utf8'), 'ab');
  // Closing waits for what is under way.
  const pending = again.read(Buffer.alloc(1), 0, 1, 0);
  again.on('close', common.mustCall());
  await again.close();
  assert.strictEqual((await pending).bytesRead, 1);
}

async function streamsOfHandles() {
  const handle = await promises.open(at('s'), 'w+');
  await new Promise((resolve) => handle.createWriteStream({ autoClose: false }).end('one\ntwo\r\nthree', resolve));
  const lines = [];
  for await (const line of handle.readLines({ start: 0 })) lines.push(line);
  assert.deepStrictEqual(lines, ['one', 'two', 'three']);
  const reader = await promises.open(at('s'));
  let text = '';
  for await (const chunk of reader.createReadStream({ start: 4, end: 6, encoding: 'utf8' })) text += chunk;
  assert.strictEqual(text, 'two');
  assert.strictEqual(reader.fd, -1);
}

async function theRest() {
  assert.strictEqual(await promises.mkdir(at('m/n'), { recursive: true }), at('m'));
  await promises.rename(at('a'), at('a2'));
  await promises.copyFile(at('a2'), at('a3'));
  await assert.rejects(
    promises.copyFile(at('a2'), at('a3'), fs.constants.COPYFILE_EXCL), { code: 'EEXIST', dest: at('a3') });
  await promises.link(at('a2'), at('hard'));
  assert.strictEqual((await promises.stat(at('hard'))).nlink, 2);
  await promises.symlink('a2', at('soft'));
  assert.strictEqual(await promises.readlink(at('soft')), 'a2');
  assert.strictEqual(await promises.realpath(at('soft')), fs.realpathSync(at('a2')));
  assert.strictEqual(await promises.access(at('a2')), undefined);
  await assert.rejects(promises.access(at('none')), { code: 'ENOENT' });
  await promises.truncate(at('a2'), 3);
  await promises.chmod(at('a2'), '600');
  assert.strictEqual((await promises.stat(at('a2'))).mode & 0o777, 0o600);
  assert.ok((await promises.readdir(dir)).includes('a2'));
  await promises.unlink(at('a2'));
  await promises.rm(at('m'), { recursive: true });
  await promises.rmdir(await promises.mkdtemp(at('tmp-')));
  await assert.rejects(promises.lchmod(at('a3'), 0o600), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
}

(async () => {
  await wholeFiles();
  await handles();
  await streamsOfHandles();
  await theRest();
})().then(common.mustCall());
