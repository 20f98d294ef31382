// The rows of 2010's table for net.
'use strict';
const row = require('../common/rows')('net');
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');
const path = require('path');

common.tmpdir.refresh();
let count = 0;
const socketPath = () => path.join(common.tmpdir.path, `s${++count}`);
const event = (emitter, name) => new Promise((resolve, reject) => {
  emitter.once(name, (...args) => resolve(args));
  if (name !== 'error') emitter.once('error', reject);
});
const listening = async (server, ...where) => {
  server.listen(...(where.length > 0 ? where : [0, '127.0.0.1']));
  await event(server, 'listening');
  return server;
};
const closed = (...servers) => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
const text = async (stream) => {
  let all = '';
  stream.setEncoding('utf8');
  stream.on('data', (data) => { all += data; });
  await event(stream, 'end');
  return all;
};
// A connection within this process: [server side, client side, server].
async function pair(options) {
  const server = await listening(net.createServer(options ?? {}));
  const client = net.createConnection(server.address().port, '127.0.0.1');
  const [served] = await event(server, 'connection');
  if (client.readyState !== 'open') await event(client, 'connect');
  return [served, client, server];
}
const end = async (served, client, server) => {
  served.destroy();
  client.destroy();
  await closed(server);
};

row('net.createServer([options], connectionListener)', async () => {
  const server = await listening(net.createServer({ allowHalfOpen: true }, common.mustCall((stream) => {
    assert.strictEqual(stream.allowHalfOpen, true);
    stream.on('end', () => stream.end('late')).resume();
  })));
  const client = net.createConnection(server.address().port, '127.0.0.1');
  client.end();
  assert.strictEqual(await text(client), 'late');
  await closed(server);
});
row('net.createConnection(port, [host])', async () => {
  const server = await listening(net.createServer((stream) => stream.end('hi')));
  assert.strictEqual(await text(net.createConnection(server.address().port, '127.0.0.1')), 'hi');
  await closed(server);
});
row('net.createConnection(path)', async () => {
  const name = socketPath();
  const server = await listening(net.createServer((stream) => stream.end('unix')), name);
  assert.strictEqual(await text(net.createConnection(name)), 'unix');
  await closed(server);
});
row('net.Server', () => assert.ok(net.Server() instanceof net.Server));
row('server.listen(port, [host], [callback])', async () => {
  const server = net.createServer();
  await new Promise((resolve) => server.listen('0', '127.0.0.1', resolve));
  assert.throws(() => server.listen(0), { code: 'ERR_SERVER_ALREADY_LISTEN' });
  await closed(server);
});
row('server.listen([callback])', async () => {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(resolve));
  assert.ok(server.address().port > 0);
  await closed(server);
});
row('server.listen(path, [callback])', async () => {
  const name = socketPath();
  // What a server that died has left is in nobody's way.
  const left = require('child_process').spawnSync(process.execPath,
    ['-e', `require('net').createServer().listen(${JSON.stringify(name)}, () => process.reallyExit(0))`]);
  assert.strictEqual(left.status, 0);
  assert.ok(fs.existsSync(name));
  const server = await listening(net.createServer(), name);
  const [error] = await event(net.createServer().listen(name), 'error');
  assert.strictEqual(error.code, 'EADDRINUSE');
  await closed(server);
});
row('server.listenFD(fd, [type])', async () => {
  const binding = process.binding('net');
  const fd = binding.socket('tcp4');
  binding.bind(fd, 0, '127.0.0.1');
  binding.listen(fd, 8);
  const server = net.createServer((stream) => stream.end('by descriptor'));
  server.listenFD(fd, 'tcp4');
  await event(server, 'listening');
  assert.strictEqual(await text(net.createConnection(server.address().port, '127.0.0.1')), 'by descriptor');
  await closed(server);
});
row('server.close()', async () => {
  const server = await listening(net.createServer());
  server.close();
  await event(server, 'close');
  await new Promise((resolve) => server.close((error) => resolve(assert.strictEqual(error.code, 'ERR_SERVER_NOT_RUNNING'))));
});
row('server.address()', async () => {
  const server = await listening(net.createServer());
  assert.strictEqual(server.address().address, '127.0.0.1');
  await closed(server);
  const name = socketPath();
  const unix = await listening(net.createServer(), name);
  assert.strictEqual(unix.address(), name);
  await closed(unix);
});
row('server.maxConnections', async () => {
  const server = await listening(net.createServer((stream) => stream.write('x')));
  server.maxConnections = 1;
  const first = net.createConnection(server.address().port, '127.0.0.1');
  await event(first, 'data');
  await event(net.createConnection(server.address().port, '127.0.0.1').on('error', () => {}).resume(), 'close');
  first.destroy();
  await closed(server);
});
row('server.connections', async () => {
  const [served, client, server] = await pair();
  assert.strictEqual(server.connections, 1);
  await end(served, client, server);
  assert.strictEqual(server.connections, 0);
});
row("server 'connection' function(stream)", async () => {
  const [served, client, server] = await pair();
  assert.ok(served instanceof net.Stream);
  await end(served, client, server);
});
row("server 'close' function()", async () => {
  const server = await listening(net.createServer());
  server.close();
  await event(server, 'close');
});
row("server 'listening' function()", async () => {
  let sync = true;
  const server = net.createServer().listen(0, () => assert.ok(!sync));
  sync = false;
  await event(server, 'listening');
  await closed(server);
});
row("server 'error' function(err)", async () => {
  const server = await listening(net.createServer());
  const [error] = await event(net.createServer().listen(server.address().port, '127.0.0.1'), 'error');
  assert.match(error.message, /EADDRINUSE/);
  await closed(server);
});
row('server.type / server.fd / server.path / server.allowHalfOpen / server.watcher', async () => {
  const server = await listening(net.createServer());
  assert.strictEqual(server.type, 'tcp4');
  assert.strictEqual(typeof server.fd, 'number');
  assert.strictEqual(server.allowHalfOpen, false);
  const unix = await listening(net.createServer(), socketPath());
  assert.strictEqual(unix.type, 'unix');
  await closed(server, unix);
  assert.strictEqual(server.fd, null);
});

row('net.Stream', () => {
  assert.strictEqual(net.Stream, net.Socket);
  assert.ok(net.Stream() instanceof net.Stream);
});
row('stream.connect(port, [host])', async () => {
  const server = await listening(net.createServer((stream) => stream.end('again')));
  const stream = new net.Stream();
  for (let i = 0; i < 2; i++) {
    stream.connect(server.address().port, '127.0.0.1');
    await event(stream, 'connect');
    stream.resume();
    await event(stream, 'close');
  }
  await closed(server);
});
row('stream.connect(path)', async () => {
  const stream = new net.Stream();
  stream.connect(path.join(common.tmpdir.path, 'nobody'));
  assert.strictEqual((await event(stream, 'error'))[0].code, 'ENOENT');
});
row('stream.setEncoding(encoding=null)', async () => {
  const [served, client, server] = await pair();
  client.setEncoding('base64');
  served.write('abc');
  assert.deepStrictEqual(await event(client, 'data'), ['YWJj']);
  await end(served, client, server);
});
const insecure = process.versions.openssl === undefined ? { code: 'ERR_NO_CRYPTO' } : /not a secure stream/;
row('stream.verifyPeer()', () => assert.throws(() => new net.Stream().verifyPeer(), insecure));
row('stream.getPeerCertificate()', () => assert.throws(() => new net.Stream().getPeerCertificate(), insecure));
row("stream.write(data, encoding='ascii', [fd])", async () => {
  const server = await listening(net.createServer((stream) => stream.pipe(stream)));
  const client = net.createConnection(server.address().port, '127.0.0.1');
  assert.strictEqual(client.write('while connecting'), false);
  client.end();
  assert.strictEqual(await text(client), 'while connecting');
  await closed(server);
});
row('stream.end([data], [encoding])', async () => {
  const [served, client, server] = await pair({ allowHalfOpen: true });
  client.end('bye', 'ascii');
  assert.strictEqual(await text(served), 'bye');
  assert.strictEqual(client.readyState, 'readOnly');
  await end(served, client, server);
});
row('stream.destroy([exception])', async () => {
  const [served, client, server] = await pair();
  const order = [];
  client.on('error', (error) => order.push(error.message)).on('close', (hadError) => order.push(hadError));
  client.destroy(new Error('given'));
  await event(server.close(), 'close');
  assert.deepStrictEqual(order, ['given', true]);
  served.destroy();
});
row('stream.pause()', async () => {
  const [served, client, server] = await pair();
  client.on('data', common.mustNotCall());
  client.pause();
  served.write('x');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await end(served, client, server);
});
row('stream.resume()', async () => {
  const [served, client, server] = await pair();
  client.pause();
  served.write('x');
  setTimeout(() => client.resume(), 5);
  await event(client, 'data');
  await end(served, client, server);
  client.resume(); // of a closed stream: nothing happens
});
row('stream.setTimeout(timeout)', async () => {
  const [served, client, server] = await pair();
  client.setTimeout(20);
  await event(client, 'timeout');
  assert.strictEqual(client.readyState, 'open');
  client.setTimeout(0);
  await end(served, client, server);
});
const returnsItself = (call) => async () => {
  const [served, client, server] = await pair();
  assert.strictEqual(call(client), client);
  await end(served, client, server);
};
row('stream.setNoDelay(noDelay=true)', returnsItself((stream) => stream.setNoDelay()));
row('stream.setKeepAlive(enable=false, [initialDelay])', returnsItself((stream) => stream.setKeepAlive(true, 1000)));
row('stream.remoteAddress', async () => {
  const [served, client, server] = await pair();
  assert.strictEqual(served.remoteAddress, '127.0.0.1');
  await end(served, client, server);
});
row('stream.readyState', async () => {
  const stream = new net.Stream();
  const server = await listening(net.createServer({ allowHalfOpen: true }));
  stream.connect(server.address().port, '127.0.0.1');
  assert.strictEqual(stream.readyState, 'opening');
  const [served] = await event(server, 'connection');
  assert.strictEqual(served.readyState, 'open');
  await end(served, stream, server);
  assert.strictEqual(stream.readyState, 'closed');
});
row('stream.open(fd, [type])', async () => {
  const [a, b] = process.binding('net').socketpair();
  const [one, two] = [new net.Stream(), new net.Stream()];
  one.open(a, 'unix');
  two.open(b, 'unix');
  one.end('through');
  assert.strictEqual(await text(two), 'through');
  two.destroy();
});
row('stream.server / fd / type / secure / allowHalfOpen', async () => {
  const [served, client, server] = await pair();
  assert.strictEqual(served.server, server);
  assert.strictEqual(typeof served.fd, 'number');
  assert.strictEqual(served.type, 'tcp4');
  assert.strictEqual(served.allowHalfOpen, false);
  await end(served, client, server);
  assert.strictEqual(served.fd, null);
});
row('stream.ondata(buffer, start, end) / onend / ondrain', async () => {
  const [served, client, server] = await pair();
  const got = new Promise((resolve) => {
    client.ondata = (buffer, start, stop) => resolve(buffer.toString('utf8', start, stop));
  });
  const over = new Promise((resolve) => { client.onend = resolve; });
  served.end('direct');
  assert.strictEqual(await got, 'direct');
  await over;
  await end(served, client, server);
});
row("stream 'connect' function()", async () => {
  const server = await listening(net.createServer());
  const client = net.createConnection(server.address().port, '127.0.0.1');
  const seen = new Promise((resolve) => server.on('connection', (stream) => stream.on('connect', () => resolve(stream))));
  await event(client, 'connect');
  await end(await seen, client, server);
});
row("stream 'data' function(data)", async () => {
  const [served, client, server] = await pair();
  served.write('x');
  assert.ok(Buffer.isBuffer((await event(client, 'data'))[0]));
  await end(served, client, server);
});
row("stream 'end' function()", async () => {
  const [served, client, server] = await pair();
  served.end();
  client.resume();
  await event(client, 'end');
  await event(client, 'close'); // allowHalfOpen is false: our side ends too
  await end(served, client, server);
});
row("stream 'timeout' function()", async () => {
  const [served, client, server] = await pair();
  served.setTimeout(5);
  await event(served, 'timeout');
  await end(served, client, server);
});
row("stream 'drain' function()", async () => {
  const [served, client, server] = await pair();
  client.resume();
  let sent = 0;
  while (served.write(Buffer.alloc(65536))) assert.ok(++sent < 10000);
  await event(served, 'drain');
  await end(served, client, server);
});
row("stream 'error' function(exception)", async () => {
  const server = await listening(net.createServer());
  const { port } = server.address();
  await closed(server);
  const client = net.createConnection(port, '127.0.0.1');
  assert.strictEqual((await event(client, 'error'))[0].code, 'ECONNREFUSED');
});
row("stream 'close' function(had_error)", async () => {
  const [served, client, server] = await pair();
  served.end();
  client.resume();
  assert.deepStrictEqual(await event(client, 'close'), [false]);
  await end(served, client, server);
});
row("stream 'fd' function(fd)", async () => {
  const [a, b] = process.binding('net').socketpair();
  const [sender, receiver] = [new net.Stream({ fd: a, type: 'unix' }), new net.Stream({ fd: b, type: 'unix' })];
  receiver.resume();
  const file = fs.openSync(__filename, 'r');
  sender.write('x', 'utf8', file);
  const [fd] = await event(receiver, 'fd');
  assert.strictEqual(fs.fstatSync(fd).ino, fs.fstatSync(file).ino);
  for (const one of [fd, file]) fs.closeSync(one);
  sender.destroy();
  receiver.destroy();
});
row('net.isIP(input)', () => assert.deepStrictEqual(['127.0.0.1', '::1', 'x', '', 7].map(net.isIP), [4, 6, 0, 0, 0]));
row('net.isIPv4(input)', () => assert.deepStrictEqual(['127.0.0.1', '::1'].map(net.isIPv4), [true, false]));
row('net.isIPv6(input)', () => assert.deepStrictEqual(['127.0.0.1', '::1'].map(net.isIPv6), [false, true]));
