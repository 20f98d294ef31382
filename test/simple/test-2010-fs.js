// The rows of 2010's table for fs.
'use strict';
const row = require('../common/rows')('fs');
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const path = require('path');
const { spawnSync } = require('child_process');

common.tmpdir.refresh();
let count = 0;
const fresh = () => path.join(common.tmpdir.path, `f${++count}`);
const file = (text = 'xyz\n') => {
  const name = fresh();
  fs.writeFileSync(name, text);
  return name;
};
const missing = path.join(common.tmpdir.path, 'no', 'such');
const read = (name) => fs.readFileSync(name, 'utf8');
// The results of a function that takes a callback.
const call = (name, ...args) => new Promise((resolve, reject) => {
  fs[name](...args, (error, ...results) => error ? reject(error) : resolve(results));
});
const inode = (name) => fs.statSync(name).ino;

row('fs callback convention', async () => {
  // Optional everywhere; what is no function is refused.
  fs.stat(missing);
  assert.throws(() => fs.stat(missing, 'no function'), { code: /ERR_INVALID_ARG_TYPE/ });
  assert.deepStrictEqual(await call('chmod', file(), 0o600), []);
});
row('fs error objects', async () => {
  await assert.rejects(call('open', missing, 'r'), (error) => {
    assert.match(error.message, /ENOENT.*no.such/);
    assert.strictEqual(error.code, 'ENOENT');
    assert.strictEqual(error.path, missing);
    return error.errno !== 0;
  });
});
row('fs ordering', () => new Promise((resolve) => {
  // No order is promised between calls; one that starts in the callback of another comes after it.
  const name = file();
  fs.rename(name, `${name}.new`, () => fs.stat(`${name}.new`, (error) => resolve(assert.ifError(error))));
}));

row('fs.rename(path1, path2, [callback])', async () => {
  const [a, b] = [file(), fresh()];
  await call('rename', a, b);
  assert.ok(!fs.existsSync(a) && fs.existsSync(b));
  await assert.rejects(call('rename', missing, b), { code: 'ENOENT' });
});
row('fs.renameSync(path1, path2)', () => {
  const [a, b] = [file(), fresh()];
  fs.renameSync(a, b);
  assert.ok(fs.existsSync(b));
  assert.throws(() => fs.renameSync(missing, b), { code: 'ENOENT' });
});
row('fs.truncate(fd, len, [callback])', async () => {
  const name = file('12345');
  const fd = fs.openSync(name, 'r+');
  await call('truncate', fd, 2);
  fs.closeSync(fd);
  assert.strictEqual(read(name), '12');
});
row('fs.truncateSync(fd, len)', () => {
  const name = file('12345');
  const fd = fs.openSync(name, 'r+');
  fs.truncateSync(fd, 3);
  fs.closeSync(fd);
  assert.strictEqual(read(name), '123');
});
row('fs.chmod(path, mode, [callback])', async () => {
  const name = file();
  await call('chmod', name, 0o640);
  assert.strictEqual(fs.statSync(name).mode & 0o777, 0o640);
});
row('fs.chmodSync(path, mode)', () => {
  const name = file();
  fs.chmodSync(name, '600');
  assert.strictEqual(fs.statSync(name).mode & 0o777, 0o600);
});

row('fs.stat(path, [callback])', async () => assert.strictEqual((await call('stat', file('abc')))[0].size, 3));
row('fs.lstat(path, [callback])', async () => {
  const link = fresh();
  fs.symlinkSync(file(), link);
  assert.ok((await call('lstat', link))[0].isSymbolicLink());
});
row('fs.fstat(fd, [callback])', async () => {
  const fd = fs.openSync(file('abcd'), 'r');
  assert.strictEqual((await call('fstat', fd))[0].size, 4);
  fs.closeSync(fd);
});
row('fs.statSync(path)', () => assert.throws(() => fs.statSync(missing), { code: 'ENOENT' }));
row('fs.lstatSync(path)', () => assert.throws(() => fs.lstatSync(missing), { code: 'ENOENT' }));
row('fs.fstatSync(fd)', () => assert.throws(() => fs.fstatSync(10000), { code: 'EBADF' }));
row('fs.link(srcpath, dstpath, [callback])', async () => {
  const [a, b] = [file(), fresh()];
  await call('link', a, b);
  assert.strictEqual(inode(a), inode(b));
});
row('fs.linkSync(dstpath, srcpath)', () => {
  const [a, b] = [file(), fresh()];
  fs.linkSync(a, b);
  assert.strictEqual(inode(a), inode(b));
});
row('fs.symlink(linkdata, path, [callback])', async () => {
  const link = fresh();
  await call('symlink', '../data', link);
  assert.strictEqual(fs.readlinkSync(link), '../data');
});
row('fs.symlinkSync(linkdata, path)', () => assert.throws(() => fs.symlinkSync('x', file()), { code: 'EEXIST' }));
row('fs.readlink(path, [callback])', async () => {
  const link = fresh();
  fs.symlinkSync('target', link);
  assert.deepStrictEqual(await call('readlink', link), ['target']);
});
row('fs.readlinkSync(path)', () => assert.throws(() => fs.readlinkSync(file()), { code: 'EINVAL' }));
row('fs.realpath(path, [callback])', async () => {
  const name = file();
  const link = fresh();
  fs.symlinkSync(name, link);
  assert.deepStrictEqual(await call('realpath', link), [fs.realpathSync(name)]);
});
row('fs.realpathSync(path)', () => {
  const [a, b] = [fresh(), fresh()];
  fs.symlinkSync(a, b);
  fs.symlinkSync(b, a);
  assert.throws(() => fs.realpathSync(a), { code: 'ELOOP' });
});
row('fs.unlink(path, [callback])', async () => {
  const name = file();
  await call('unlink', name);
  assert.ok(!fs.existsSync(name));
});
row('fs.unlinkSync(path)', () => assert.throws(() => fs.unlinkSync(missing), { code: 'ENOENT' }));
row('fs.rmdir(path, [callback])', async () => {
  const name = fresh();
  fs.mkdirSync(name);
  await call('rmdir', name);
  assert.ok(!fs.existsSync(name));
});
row('fs.rmdirSync(path)', () => assert.throws(() => fs.rmdirSync(common.tmpdir.path), { code: 'ENOTEMPTY' }));
row('fs.mkdir(path, mode, [callback])', async () => {
  const name = fresh();
  await call('mkdir', name, 0o700);
  assert.strictEqual(fs.statSync(name).mode & 0o777, 0o700);
});
row('fs.mkdirSync(path, mode)', () => {
  const name = fresh();
  fs.mkdirSync(name, 0o750);
  assert.throws(() => fs.mkdirSync(name, 0o750), { code: 'EEXIST' });
});
row('fs.readdir(path, [callback])', async () => {
  const name = fresh();
  fs.mkdirSync(name);
  for (const entry of ['b', 'a']) fs.writeFileSync(path.join(name, entry), '');
  assert.deepStrictEqual((await call('readdir', name))[0].sort(), ['a', 'b']);
});
row('fs.readdirSync(path)', () => assert.throws(() => fs.readdirSync(missing), { code: 'ENOENT' }));

row('fs.close(fd, [callback])', async () => assert.deepStrictEqual(await call('close', fs.openSync(file(), 'r')), []));
row('fs.closeSync(fd)', () => assert.throws(() => fs.closeSync(10000), { code: 'EBADF' }));
row('fs.open(path, flags, mode=0666, [callback])', async () => {
  for (const flags of ['r', 'r+', 'w', 'w+', 'a', 'a+', fs.constants.O_RDONLY]) {
    const [fd] = await call('open', file(), flags);
    assert.ok(fd > 2);
    fs.closeSync(fd);
  }
  assert.throws(() => fs.open(missing, 'q', () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
});
row('fs.openSync(path, flags, mode=0666)', () => {
  const name = fresh();
  fs.closeSync(fs.openSync(name, 'w', 0o600));
  assert.strictEqual(fs.statSync(name).mode & 0o777, 0o600);
});
row('fs.write(fd, buffer, offset, length, position, [callback])', async () => {
  const name = fresh();
  const fd = fs.openSync(name, 'w');
  const bytes = Buffer.from('hello');
  assert.strictEqual((await call('write', fd, bytes, 1, 3, null))[0], 3);
  assert.strictEqual((await call('write', fd, bytes, 0, 0, null))[0], 0);
  fs.closeSync(fd);
  assert.strictEqual(read(name), 'ell');
});
row('fs.write(fd, string, position, encoding, [callback])', async () => {
  const name = fresh();
  const fd = fs.openSync(name, 'w');
  assert.strictEqual((await call('write', fd, 'h\u00e9', 0, 'utf8'))[0], 3);
  fs.closeSync(fd);
  assert.strictEqual(read(name), 'h\u00e9');
});
row('fs.writeSync(fd, buffer, offset, length, position)', () => {
  const name = fresh();
  const fd = fs.openSync(name, 'w');
  assert.strictEqual(fs.writeSync(fd, Buffer.from('12345'), 0, 5, 2), 5);
  fs.closeSync(fd);
  assert.strictEqual(read(name), '\0\x0012345');
});
row("fs.writeSync(fd, str, position, encoding='utf8')", () => {
  const name = fresh();
  const fd = fs.openSync(name, 'w');
  assert.strictEqual(fs.writeSync(fd, ''), 0);
  assert.strictEqual(fs.writeSync(fd, 'abc', 0), 3);
  fs.closeSync(fd);
  assert.strictEqual(read(name), 'abc');
});
row('fs.read(fd, buffer, offset, length, position, [callback])', async () => {
  const fd = fs.openSync(file('hello'), 'r');
  const bytes = Buffer.alloc(5, '.');
  assert.strictEqual((await call('read', fd, bytes, 1, 3, 0))[0], 3);
  assert.strictEqual(String(bytes), '.hel.');
  assert.throws(() => fs.read(fd, bytes, 6, 1, 0, () => {}), { code: 'ERR_OUT_OF_RANGE' });
  fs.closeSync(fd);
});
row('fs.read(fd, length, position, encoding, callback)', async () => {
  const fd = fs.openSync(file('xyz\n'), 'r');
  assert.deepStrictEqual(await call('read', fd, 4, 0, 'utf-8'), ['xyz\n', 4]);
  fs.closeSync(fd);
});
row('fs.readSync(fd, buffer, offset, length, position)', () => {
  const fd = fs.openSync(file('hello'), 'r');
  assert.strictEqual(fs.readSync(fd, Buffer.alloc(9), 0, 9, 0), 5);
  fs.closeSync(fd);
});
row('fs.readSync(fd, length, position, encoding)', () => {
  const fd = fs.openSync(file('xyz\n'), 'r');
  assert.deepStrictEqual(fs.readSync(fd, 4, 0, 'utf-8'), ['xyz\n', 4]);
  fs.closeSync(fd);
});
row('fs.readFile(filename, [encoding], [callback])', async () => {
  assert.deepStrictEqual((await call('readFile', file('\u20ac'), 'utf8'))[0], '\u20ac');
  assert.ok(Buffer.isBuffer((await call('readFile', file()))[0]));
  assert.ok((await call('readFile', '/proc/self/stat'))[0].length > 0);
});
row('fs.readFileSync(filename, [encoding])', () => {
  assert.strictEqual(fs.readFileSync(file(''), 'utf8'), '');
  assert.strictEqual(fs.readFileSync(file('')).length, 0);
});
row("fs.writeFile(filename, data, encoding='utf8', [callback])", async () => {
  const name = fresh();
  await call('writeFile', name, '\u00e9', 'latin1');
  assert.deepStrictEqual([...fs.readFileSync(name)], [0xe9]);
  await call('writeFile', name, Buffer.from('bytes'));
  assert.strictEqual(read(name), 'bytes');
});
row("fs.writeFileSync(filename, data, encoding='utf8')", () => {
  const name = fresh();
  const big = 'x'.repeat(3e6);
  fs.writeFileSync(name, big);
  assert.strictEqual(read(name), big);
});

row('fs.watchFile(filename, [options], listener)', () => new Promise((resolve) => {
  const name = file('1');
  fs.watchFile(name, (now, before) => {
    assert.ok(now instanceof fs.Stats && before instanceof fs.Stats);
    assert.strictEqual(before.size, 1);
    assert.strictEqual(now.size, 2);
    fs.unwatchFile(name);
    resolve();
  });
  fs.writeFileSync(name, '22');
}));
row('watchFile options.persistent', () => {
  const code = `require('fs').watchFile(${JSON.stringify(__filename)}, { persistent: false }, () => {})`;
  assert.strictEqual(spawnSync(process.execPath, ['-e', code], { timeout: 20000 }).status, 0);
});
row('watchFile options.interval', () => new Promise((resolve) => {
  const name = file('1');
  fs.watchFile(name, { interval: 10 }, () => { fs.unwatchFile(name); resolve(); });
  fs.writeFileSync(name, '22');
}));
row('fs.unwatchFile(filename)', () => {
  const name = file();
  fs.watchFile(name, common.mustNotCall());
  fs.unwatchFile(name);
  fs.writeFileSync(name, 'changed');
});

row('fs.Stats', () => assert.ok(fs.statSync('/') instanceof fs.Stats));
row('stats.isFile()', () => assert.ok(fs.statSync(__filename).isFile() && !fs.statSync('/').isFile()));
row('stats.isDirectory()', () => assert.ok(fs.statSync('/').isDirectory()));
row('stats.isBlockDevice()', () => assert.strictEqual(fs.statSync('/').isBlockDevice(), false));
row('stats.isCharacterDevice()', () => assert.ok(fs.statSync('/dev/null').isCharacterDevice()));
row('stats.isSymbolicLink()', () => assert.ok(fs.lstatSync('/proc/self').isSymbolicLink()));
row('stats.isFIFO()', () => {
  const name = fresh();
  if (spawnSync('mkfifo', [name]).status === 0) assert.ok(fs.statSync(name).isFIFO());
});
row('stats.isSocket()', () => new Promise((resolve) => {
  const server = net.createServer().listen(fresh(), () => {
    assert.ok(fs.statSync(server.address()).isSocket());
    server.close(resolve);
  });
}));
row('stats fields', () => {
  const stats = fs.statSync(__filename);
  for (const name of ['dev', 'ino', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'size', 'blksize', 'blocks']) {
    assert.strictEqual(typeof stats[name], 'number', name);
  }
  for (const name of ['atime', 'mtime', 'ctime']) assert.ok(stats[name] instanceof Date, name);
});

const text = (stream) => new Promise((resolve, reject) => {
  let all = '';
  stream.on('data', (data) => { all += data; }).on('error', reject).on('close', () => resolve(all));
});
row('fs.ReadStream', async () => {
  assert.strictEqual(fs.FileReadStream, fs.ReadStream);
  assert.strictEqual(await text(fs.ReadStream(file('abc'))), 'abc');
});
row('fs.createReadStream(path, [options])', async () => {
  const events = [];
  const stream = fs.createReadStream(file('abc'));
  for (const name of ['open', 'end', 'close']) stream.on(name, () => events.push(name));
  assert.strictEqual(await text(stream), 'abc');
  assert.deepStrictEqual(events, ['open', 'end', 'close']);
});
row('createReadStream options.flags', async () => {
  const name = fresh();
  assert.strictEqual(await text(fs.createReadStream(name, { flags: 'w+' })), '');
  assert.ok(fs.existsSync(name));
});
row('createReadStream options.encoding', () => new Promise((resolve) => {
  fs.createReadStream(file('abc'), { encoding: 'base64' }).on('data', (data) => resolve(assert.strictEqual(data, 'YWJj')));
}));
row('createReadStream options.mode', async () => {
  const name = fresh();
  await text(fs.createReadStream(name, { flags: 'w+', mode: 0o600 }));
  assert.strictEqual(fs.statSync(name).mode & 0o777, 0o600);
});
row('createReadStream options.bufferSize', async () => {
  const stream = fs.createReadStream(file('x'.repeat(100)), { bufferSize: 10 });
  stream.on('data', (data) => assert.ok(data.length <= 10));
  assert.strictEqual((await text(stream)).length, 100);
});
row('createReadStream options.start / options.end', async () => {
  assert.strictEqual(await text(fs.createReadStream(file('0123456789'), { start: 2, end: 4 })), '234');
  assert.throws(() => fs.createReadStream(__filename, { start: 10, end: 2 }), /start/);
});
row("ReadStream 'open' function(fd)", () => new Promise((resolve) => {
  fs.createReadStream(file()).on('open', (fd) => assert.strictEqual(typeof fd, 'number')).on('close', resolve).resume();
}));
row('ReadStream.paused / readable / path / fd / flags / mode', async () => {
  const name = file();
  const stream = fs.createReadStream(name);
  assert.deepStrictEqual([stream.readable, stream.path, stream.fd, stream.flags, stream.mode], [true, name, null, 'r', 0o666]);
  stream.pause();
  assert.strictEqual(stream.isPaused(), true);
  stream.resume();
  await text(stream);
});
row('ReadStream.destroy([callback])', () => new Promise((resolve) => {
  fs.createReadStream(file()).on('data', common.mustNotCall()).on('close', resolve).destroy();
}));

const written = (stream) => new Promise((resolve, reject) => { stream.on('close', resolve).on('error', reject); });
row('fs.WriteStream', async () => {
  const name = fresh();
  const stream = fs.WriteStream(name);
  assert.strictEqual(fs.FileWriteStream, fs.WriteStream);
  stream.end('abc');
  await written(stream);
  assert.strictEqual(read(name), 'abc');
});
row("WriteStream 'open' function(fd)", () => new Promise((resolve) => {
  const stream = fs.createWriteStream(fresh()).on('open', (fd) => {
    assert.strictEqual(stream.fd, fd);
    stream.end();
  }).on('close', resolve);
}));
row('fs.createWriteStream(path, [options])', async () => {
  const name = file('to be replaced');
  const stream = fs.createWriteStream(name);
  stream.end('new');
  await written(stream);
  assert.strictEqual(read(name), 'new');
});
row('createWriteStream options.flags / encoding / mode', async () => {
  const name = fresh();
  for (const [flags, encoding] of [['w', 'latin1'], ['a', 'hex']]) {
    const stream = fs.createWriteStream(name, { flags, encoding, mode: 0o600 });
    stream.end('ab');
    await written(stream);
  }
  assert.deepStrictEqual([...fs.readFileSync(name)], [0x61, 0x62, 0xab]);
  assert.strictEqual(fs.statSync(name).mode & 0o777, 0o600);
});
row("WriteStream.write(data, [encoding='utf8'], [callback])", async () => {
  const name = fresh();
  const stream = fs.createWriteStream(name);
  stream.write('\u00e9', 'utf8', common.mustCall());
  stream.on('drain', common.mustCall());
  assert.strictEqual(stream.write('x'.repeat(1e5)), false);
  stream.once('drain', () => stream.end());
  await written(stream);
  assert.strictEqual(fs.statSync(name).size, 100002);
  // Not a throw (api-blend): the stream says it.
  await new Promise((resolve) => { stream.on('error', resolve).write('late', resolve); });
});
row('WriteStream.end([callback])', () => new Promise((resolve) => { fs.createWriteStream(fresh()).end(resolve); }));
row('WriteStream.destroy([callback])', async () => {
  const stream = fs.createWriteStream(fresh());
  stream.destroy();
  await written(stream);
});
row('fs.fsync(fd, [callback]) / fs.fsyncSync(fd)', async () => {
  const fd = fs.openSync(file(), 'r+');
  await call('fsync', fd);
  fs.fsyncSync(fd);
  fs.closeSync(fd);
  assert.throws(() => fs.fsyncSync(10000), { code: 'EBADF' });
});
row('fs.fdatasync(fd, [callback]) / fs.fdatasyncSync(fd)', async () => {
  const fd = fs.openSync(file(), 'r+');
  await call('fdatasync', fd);
  fs.fdatasyncSync(fd);
  fs.closeSync(fd);
});
