// The rows of 2010's table for process.binding() and addons.
'use strict';
require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');

{
  const row = require('../common/rows')('binding');
  row("process.binding('evals')", () => {
    const { Script, Context } = process.binding('evals');
    const context = new Context();
    context.a = 1;
    assert.strictEqual(Script.runInContext('a + 1', context), 2);
  });
  const { HTTPParser } = process.binding('http_parser');
  // Feeds text to a parser and lists its calls.
  function parse(type, text) {
    const calls = [];
    const parser = new HTTPParser(type);
    for (const name of ['onMessageBegin', 'onMessageComplete']) parser[name] = () => calls.push([name]);
    for (const name of ['onURL', 'onPath', 'onQueryString', 'onHeaderField', 'onHeaderValue', 'onBody']) {
      parser[name] = (buffer, start, length) => calls.push([name, buffer.toString('latin1', start, start + length)]);
    }
    parser.onHeadersComplete = (info) => { calls.push(['onHeadersComplete', info]); };
    const bytes = Buffer.from(text);
    return { calls, parsed: parser.execute(bytes, 0, bytes.length), parser };
  }
  row("process.binding('http_parser').HTTPParser(type)", () => {
    const text = 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n';
    const { parsed, parser } = parse('request', text);
    assert.strictEqual(parsed, text.length);
    parser.reinitialize('request');
    const bytes = Buffer.from('no http\r\n\r\n');
    const refused = parser.execute(bytes, 0, bytes.length);
    assert.ok(refused instanceof Error);
    assert.match(refused.message, /Parse Error/);
  });
  row('HTTPParser callbacks', () => {
    const { calls } = parse('request', 'POST /a/b?c=1 HTTP/1.1\r\nX-A: B\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi');
    const names = calls.map((call) => call[0]);
    assert.strictEqual(names[0], 'onMessageBegin');
    assert.strictEqual(names[names.length - 1], 'onMessageComplete');
    const value = (name) => calls.find((call) => call[0] === name)?.[1];
    assert.strictEqual(value('onURL'), '/a/b?c=1');
    assert.strictEqual(value('onHeaderField'), 'X-A');
    assert.strictEqual(value('onHeaderValue'), 'B');
    assert.strictEqual(value('onBody'), 'hi');
    const info = value('onHeadersComplete');
    assert.deepStrictEqual([info.method, info.versionMajor, info.versionMinor, info.shouldKeepAlive, info.upgrade], ['POST', 1, 1, true,
        false]);
  });

  const binding = process.binding('net');
  row("process.binding('net').socket(type)", () => {
    for (const type of ['tcp', 'tcp4', 'TCP6', 'unix', 'unix_dgram', 'udp', 'udp4', 'udp6']) {
      const fd = binding.socket(type);
      assert.ok(fs.fstatSync(fd).isSocket(), type);
      binding.close(fd);
    }
    assert.throws(() => binding.socket('other'), /socket type/);
  });
  row("process.binding('net').bind(fd, port|path, [ip])", () => {
    const fd = binding.socket('tcp4');
    binding.bind(fd, 0, '127.0.0.1');
    assert.throws(() => binding.bind(fd, 0, '127.0.0.1'), { code: 'EINVAL' });
    binding.close(fd);
  });
  row("process.binding('net').listen(fd, backlog=128)", async () => {
    const fd = binding.socket('tcp4');
    binding.bind(fd, 0, '127.0.0.1');
    binding.listen(fd);
    const server = net.createServer((socket) => socket.end());
    server.listenFD(fd);
    await new Promise((resolve) => server.on('listening', resolve));
    await new Promise((resolve) => net.connect(server.address().port, '127.0.0.1').on('close', resolve).resume());
    server.close();
  });
  row("process.binding('net').pipe() / socketpair()", () => {
    const [from, to] = binding.pipe();
    fs.writeSync(to, 'through');
    assert.strictEqual(fs.readSync(from, 7, null, 'utf8')[0], 'through');
    const [a, b] = binding.socketpair();
    fs.writeSync(a, 'both ways');
    assert.strictEqual(fs.readSync(b, 9, null, 'utf8')[0], 'both ways');
    for (const fd of [from, to, a, b]) binding.close(fd);
  });
  row("process.binding('net').close(fd)", () => assert.throws(() => binding.close(12345), { code: 'EBADF' }));
}

{
  // Addons of 2010 need V8 as it was then: gone (doc/compat.md). Node-API is in their place; its tests build some.
  const row = require('../common/rows')('addons');
  const gone = () => assert.throws(() => process.dlopen({ exports: {} }, __filename), { code: 'ERR_DLOPEN_FAILED' });
  row('extern "C" void init(Handle<Object> target)', gone);
  row('addon building with node-waf', gone);
  row('addon dependencies', gone);
  row('node::ObjectWrap', gone);
}
