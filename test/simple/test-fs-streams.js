// createReadStream and createWriteStream: ranges, events, errors, closing.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'fs-streams-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (name) => path.join(dir, name);
const alphabet = 'abcdefghijklmnopqrstuvwxyz';
fs.writeFileSync(at('abc'), alphabet);

function collect(stream, done) {
  let text = '';
  stream.on('data', (chunk) => (text += chunk));
  stream.on('close', common.mustCall(() => done(text)));
}

// Order of events, and the properties.
{
  const events = [];
  const stream = fs.createReadStream(at('abc'));
  assert.strictEqual(stream.path, at('abc'));
  assert.strictEqual(stream.fd, null);
  assert.strictEqual(stream.pending, true);
  assert.strictEqual(stream.flags, 'r');
  for (const name of ['open', 'ready', 'data', 'end', 'close']) stream.on(name, () => events.push(name));
  stream.on('open', common.mustCall((fd) => assert.strictEqual(stream.fd, fd)));
  stream.on('close', common.mustCall(() => {
    assert.deepStrictEqual(events, ['open', 'ready', 'data', 'end', 'close']);
    assert.strictEqual(stream.bytesRead, 26);
    assert.strictEqual(stream.fd, null);
  }));
}

// Ranges are inclusive; each end may be left out.
for (const [options, expected] of [
  [{ start: 4, end: 7 }, 'efgh'], [{ start: 20 }, 'uvwxyz'], [{ end: 2 }, 'abc'], [{ start: 3, end: 3 }, 'd'],
  [{ start: 26 }, ''], [{ end: 0 }, 'a'], [{ start: 24, end: 99 }, 'yz'], ['latin1', alphabet],
  [{ encoding: 'hex', end: 1 }, '6162'], [{ highWaterMark: 5 }, alphabet],
  [{ bufferSize: 5, start: 1, end: 9 }, 'bcdefghij'],
]) {
  collect(fs.createReadStream(at('abc'), options), (text) => assert.strictEqual(text, expected));
}
collect(fs.ReadStream(at('abc')), (text) => assert.strictEqual(text, alphabet));
assert.ok(fs.ReadStream(at('abc')) instanceof fs.FileReadStream);

// A descriptor of one's own.
{
  const fd = fs.openSync(at('abc'));
  const stream = fs.createReadStream(null, { fd, autoClose: false, start: 1, end: 2 });
  let text = '';
  stream.on('data', (chunk) => (text += chunk));
  stream.on('open', common.mustNotCall());
  stream.on('end', common.mustCall(() => {
    assert.strictEqual(text, 'bc');
    setImmediate(() => fs.closeSync(fd));
  }));
}

// Errors arrive as 'error', then 'close'.
{
  const stream = fs.createReadStream(at('none'));
  stream.on('open', common.mustNotCall());
  stream.on('error', common.mustCall((error) => assert.strictEqual(error.code, 'ENOENT')));
  stream.on('close', common.mustCall());
  fs.createReadStream(dir).resume().on('error', common.mustCall((error) => assert.strictEqual(error.code, 'EISDIR')));
  fs.createWriteStream(at('none/x')).on('error', common.mustCall((error) => assert.strictEqual(error.syscall, 'open')));
}

// Destroying at any moment closes the descriptor.
{
  fs.writeFileSync(at('own'), '');
  const { ino } = fs.statSync(at('own'));
  const stream = fs.createReadStream(at('own'));
  stream.on('open', common.mustCall((fd) => {
    stream.destroy();
    // Its number may be another file's already.
    stream.on('close', common.mustCall(() => {
      try {
        assert.notStrictEqual(fs.fstatSync(fd).ino, ino);
      } catch (error) {
        assert.strictEqual(error.code, 'EBADF');
      }
    }));
  }));
  fs.createReadStream(at('abc')).on('close', common.mustCall()).destroy();
}

// Writing.
{
  const stream = fs.createWriteStream(at('w'));
  assert.strictEqual(stream.write('one '), true);
  stream.write(Buffer.from('two '));
  stream.write('74687265', 'hex');
  stream.end('e', common.mustCall(() => {
    assert.strictEqual(stream.bytesWritten, 13);
  }));
  stream.on('close', common.mustCall(() => {
    assert.strictEqual(fs.readFileSync(at('w'), 'utf8'), 'one two three'.slice(0, 12) + 'e');
    const append = fs.WriteStream(at('w'), { flags: 'a' });
    append.end('!');
    append.on('close', common.mustCall(() => {
      assert.strictEqual(fs.readFileSync(at('w'), 'utf8').slice(-2), 'e!');
      const patch = fs.createWriteStream(at('w'), { flags: 'r+', start: 4 });
      patch.end('TWO', common.mustCall());
      patch.on('close', common.mustCall(() => {
        assert.strictEqual(fs.readFileSync(at('w'), 'utf8').slice(0, 8), 'one TWO ');
      }));
    }));
  }));
}

// Back-pressure, and many pieces through one writev.
{
  const stream = fs.createWriteStream(at('big'), { highWaterMark: 1000 });
  let accepted = true;
  for (let i = 0; i < 200; i++) accepted = stream.write(Buffer.alloc(100, i));
  assert.strictEqual(accepted, false);
  stream.once('drain', common.mustCall(() => stream.end()));
  stream.on('finish', common.mustCall(() => {
    assert.strictEqual(fs.statSync(at('big')).size, 20000);
    assert.strictEqual(fs.readFileSync(at('big'))[19999], 199);
  }));
}

// Piping, and an open() of the program's own, as graceful-fs has.
{
  const from = fs.createReadStream(at('abc'), { highWaterMark: 3 });
  from.pipe(fs.createWriteStream(at('copy'))).on('close', common.mustCall(() => {
    assert.strictEqual(fs.readFileSync(at('copy'), 'utf8'), alphabet);
  }));
  function Patched(...args) {
    return fs.ReadStream.apply(this, args) && this;
  }
  Patched.prototype = Object.create(fs.ReadStream.prototype);
  Patched.prototype.open = common.mustCall(function() {
    fs.open(this.path, this.flags, this.mode, (error, fd) => {
      this.fd = fd;
      this.emit('open', fd);
    });
  });
  collect(new Patched(at('abc')), (text) => assert.strictEqual(text, alphabet));
}

// A file system of one's own.
{
  const calls = [];
  const custom = {
    open(...args) { calls.push('open'); fs.open(...args); },
    read(...args) { calls.push('read'); fs.read(...args); },
    close(...args) { calls.push('close'); fs.close(...args); },
  };
  collect(fs.createReadStream(at('abc'), { fs: custom }), (text) => {
    assert.strictEqual(text, alphabet);
    assert.deepStrictEqual(calls, ['open', 'read', 'read', 'close']);
  });
}

// An abort destroys.
{
  const controller = new AbortController();
  const stream = fs.createReadStream(at('abc'), { signal: controller.signal });
  stream.on('error', common.mustCall((error) => assert.strictEqual(error.name, 'AbortError')));
  controller.abort();
}
