// The rows of 2010's table for buffer and stream.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const { Stream, Readable, Writable, PassThrough } = require('stream');

{
  const row = require('../common/rows')('buffer');
  row('new Buffer(size)', () => {
    assert.strictEqual(new Buffer(9).length, 9);
    assert.strictEqual(Buffer(3).length, 3);
  });
  row('new Buffer(array)', () => assert.deepStrictEqual([...new Buffer([1, 255, 256])], [1, 255, 0]));
  row("new Buffer(str, encoding='utf8')", () => {
    assert.deepStrictEqual([...new Buffer('\u00e9')], [0xc3, 0xa9]);
    assert.deepStrictEqual([...new Buffer('e9', 'hex')], [0xe9]);
    assert.throws(() => new Buffer(() => {}), { code: 'ERR_INVALID_ARG_TYPE' });
  });
  row("buffer.write(string, offset=0, encoding='utf8')", () => {
    const bytes = Buffer.alloc(4);
    assert.strictEqual(bytes.write('abc', 1), 3);
    assert.strictEqual(bytes.write('a\u20ac', 1, 'utf8'), 1); // no half characters
    assert.strictEqual(bytes.write('ff', 'hex', 0), 1); // 2010's order
    assert.strictEqual(bytes[0], 255);
    assert.strictEqual(bytes.write('', 4), 0);
  });
  row('buffer.toString(encoding, start=0, end=length)', () => {
    const bytes = Buffer.from('hello');
    assert.strictEqual(bytes.toString('utf8', 1, 3), 'el');
    assert.strictEqual(bytes.toString('ascii', 3), 'lo');
    assert.strictEqual(bytes.toString('utf8', -5, 99), 'hello');
    assert.throws(() => bytes.toString('nothing'), { code: 'ERR_UNKNOWN_ENCODING' });
  });
  row('buffer[index]', () => {
    const bytes = Buffer.alloc(1);
    bytes[0] = 300;
    assert.strictEqual(bytes[0], 44);
  });
  row("Buffer.byteLength(string, encoding='utf8')", () => {
    assert.strictEqual(Buffer.byteLength('\u00bd + \u00bc'), 7);
    assert.throws(() => Buffer.byteLength(7), { code: 'ERR_INVALID_ARG_TYPE' });
  });
  row('buffer.length', () => assert.strictEqual(Buffer.from('abc').length, 3));
  row('buffer.copy(target, targetStart, sourceStart, sourceEnd=length)', () => {
    const target = Buffer.alloc(6, '!');
    assert.strictEqual(Buffer.from('abcdef').copy(target, 2, 1, 4), 3);
    assert.strictEqual(String(target), '!!bcd!');
    assert.strictEqual(Buffer.from('abcdef').copy(target, 5), 1);
  });
  row('buffer.slice(start, end=length)', () => {
    const bytes = Buffer.from('abcdef');
    const part = bytes.slice(1, 3);
    part[0] = 0x78;
    assert.strictEqual(String(bytes), 'axcdef');
    assert.strictEqual(bytes.slice(4, 99).length, 2);
  });
  row("encoding 'ascii'", () => assert.strictEqual(Buffer.from([0xe1]).toString('ascii'), 'a'));
  row("encoding 'utf8' / 'utf-8'", () => assert.strictEqual(Buffer.from('\u20ac', 'UTF-8').toString('Utf8'), '\u20ac'));
  row("encoding 'base64'", () => {
    assert.strictEqual(Buffer.from('aGVs\nbG8', 'base64').toString(), 'hello');
    assert.strictEqual(Buffer.from('aGVs bG8*=', 'base64').toString(), 'hello');
  });
  row("encoding 'binary'", () => assert.strictEqual(Buffer.from('\u01ff', 'binary')[0], 255));
  row("encodings 'raw' / 'raws'", () => assert.strictEqual(Buffer.from('\u00ff', 'raw')[0], 255));
  row('Buffer.poolSize', () => assert.strictEqual(Buffer.poolSize, 8192));
  row('buffer.utf8Slice / asciiSlice / binarySlice / base64Slice (start, end)', () => {
    const bytes = Buffer.from('abc');
    for (const name of ['utf8Slice', 'asciiSlice', 'binarySlice']) assert.strictEqual(bytes[name](1, 2), 'b', name);
    assert.strictEqual(bytes.base64Slice(0, 3), 'YWJj');
  });
  // The modern Buffer is one (doc/compat.md).
  row('Buffer is not a Uint8Array', () => assert.ok(Buffer.alloc(1) instanceof Uint8Array));
}

{
  const row = require('../common/rows')('stream');
  const event = (emitter, name) => new Promise((resolve) => emitter.once(name, resolve));
  const source = (...chunks) => {
    const stream = new Readable({ read() {} });
    for (const chunk of chunks) stream.push(chunk);
    return stream;
  };
  row("readable 'data' function(data)", async () => {
    assert.ok(Buffer.isBuffer(await event(source('x'), 'data')));
    assert.strictEqual(await event(source('x').setEncoding('utf8'), 'data'), 'x');
  });
  row("readable 'end' function()", () => event(source('x', null).resume(), 'end'));
  row("readable 'error' function(exception)", () => event(fs.createReadStream('/no/such'), 'error'));
  row("readable 'close' function()", () => event(fs.createReadStream(__filename).resume(), 'close'));
  row("readable 'fd' function(fd)", async () => {
    const binding = process.binding('net');
    const [a, b] = binding.socketpair();
    const [sender, receiver] = [new net.Stream({ fd: a, type: 'unix' }), new net.Stream({ fd: b, type: 'unix' })];
    receiver.resume();
    sender.write('x', 'utf8', fs.openSync(__filename, 'r'));
    const fd = await event(receiver, 'fd');
    assert.strictEqual(fs.readFileSync(fd, 'utf8'), fs.readFileSync(__filename, 'utf8'));
    fs.closeSync(fd);
    sender.destroy();
    receiver.destroy();
  });
  row('stream.readable', async () => {
    const stream = source('x', null);
    assert.strictEqual(stream.readable, true);
    await event(stream.resume(), 'end');
    assert.strictEqual(stream.readable, false);
  });
  row('stream.setEncoding(encoding)', async () => {
    const stream = source(Buffer.from([0xe2]), Buffer.from([0x82, 0xac]), null);
    stream.setEncoding('utf8');
    let text = '';
    stream.on('data', (data) => { text += data; });
    await event(stream, 'end');
    assert.strictEqual(text, '\u20ac');
  });
  row('stream.pause()', async () => {
    const stream = source('x');
    stream.on('data', common.mustNotCall());
    stream.pause();
    await new Promise(setImmediate);
  });
  row('stream.resume()', async () => {
    const stream = source('x').pause();
    const data = event(stream, 'data');
    stream.resume();
    await data;
  });
  row('readable.destroy()', async () => {
    const stream = source().on('data', common.mustNotCall());
    stream.destroy();
    await event(stream, 'close');
    stream.push('late');
  });
  row("writable 'drain' function()", async () => {
    const stream = new Writable({ highWaterMark: 1, write(chunk, encoding, callback) { setImmediate(callback); } });
    assert.strictEqual(stream.write('xx'), false);
    await event(stream, 'drain');
  });
  row("writable 'error' function(exception)", () => event(fs.createWriteStream('/no/such/file'), 'error'));
  row("writable 'close' function()", () => event(fs.createWriteStream('/dev/null').end(), 'close'));
  row('stream.writeable', async () => {
    const stream = new Writable({ write(chunk, encoding, callback) { callback(); } });
    assert.strictEqual(stream.writable, true);
    stream.end();
    assert.strictEqual(stream.writable, false);
  });
  row("stream.write(string, encoding='utf8', [fd])", async () => {
    const stream = new PassThrough();
    stream.write('ff', 'hex');
    assert.deepStrictEqual([...await event(stream, 'data')], [255]);
  });
  row('stream.write(buffer)', async () => {
    const stream = new PassThrough();
    stream.write(Buffer.from('raw'));
    assert.strictEqual(String(await event(stream, 'data')), 'raw');
  });
  const ended = (...args) => async () => {
    const stream = new PassThrough();
    stream.end(...args);
    let text = '';
    stream.on('data', (data) => { text += data; });
    await event(stream, 'end');
    assert.strictEqual(text, args.length === 0 ? '' : 'last');
  };
  row('stream.end()', ended());
  row('stream.end(string, encoding)', ended('last', 'ascii'));
  row('stream.end(buffer)', ended(Buffer.from('last')));
  row('writable.destroy()', async () => {
    const stream = new Writable({ write: common.mustNotCall() });
    stream.destroy();
    await event(stream, 'close');
  });
  row('write() after end()/destroy', async () => {
    const stream = new PassThrough();
    stream.end();
    stream.write('late');
    assert.strictEqual((await event(stream, 'error')).code, 'ERR_STREAM_WRITE_AFTER_END');
  });
  row("require('stream').Stream", () => {
    assert.strictEqual(require('stream').Stream, require('stream'));
    for (const kind of [net.Stream, fs.ReadStream, fs.WriteStream]) assert.ok(kind.prototype instanceof Stream);
  });
  row('Stream.prototype.pipe(dest, [options])', () => {
    const from = new Stream();
    const to = new Stream();
    let text = '';
    to.writable = true;
    to.write = (chunk) => { text += chunk; return true; };
    to.end = common.mustNotCall();
    Stream.prototype.pipe.call(from, to, { end: false });
    from.emit('data', 'a');
    from.emit('data', 'b');
    from.emit('end');
    assert.strictEqual(text, 'ab');
  });
}
