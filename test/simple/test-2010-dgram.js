// The rows of 2010's table for dgram.
'use strict';
const row = require('../common/rows')('dgram');
const common = require('../common');
const assert = require('assert');
const dgram = require('dgram');
const path = require('path');

common.tmpdir.refresh();
let count = 0;
const socketPath = () => path.join(common.tmpdir.path, `d${++count}`);
const event = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));
const bound = async (type = 'udp4', ...where) => {
  const socket = dgram.createSocket(type);
  socket.bind(...(where.length > 0 ? where : [0, '127.0.0.1']));
  await event(socket, 'listening');
  return socket;
};
const sent = (socket, ...args) => new Promise((resolve) => socket.send(...args, (...results) => resolve(results)));

row('dgram.createSocket(type, [callback])', async () => {
  const got = new Promise((resolve) => {
    const socket = dgram.createSocket('udp4', (message) => { socket.close(); resolve(String(message)); });
    assert.strictEqual(typeof socket.fd, 'number'); // at once
    socket.bind(0, '127.0.0.1', () => {
      const sender = dgram.createSocket('udp4');
      sender.send(Buffer.from('hello'), 0, 5, socket.address().port, '127.0.0.1', () => sender.close());
    });
  });
  assert.strictEqual(await got, 'hello');
  assert.throws(() => dgram.createSocket('tcp'), { code: 'ERR_SOCKET_BAD_TYPE' });
});
row("dgram type 'unix_dgram'", async () => {
  const [a, b] = [socketPath(), socketPath()];
  const [one, two] = [await bound('unix_dgram', a), await bound('unix_dgram', b)];
  one.send(Buffer.from('unix'), 0, 4, b);
  const [message, info] = await event(two, 'message');
  assert.strictEqual(String(message), 'unix');
  assert.deepStrictEqual(info, { address: a, size: 4 });
  one.close();
  two.close();
});
row("socket 'message' function(msg, rinfo)", async () => {
  const [from, to] = [await bound(), await bound()];
  from.send(Buffer.from('abc'), 0, 3, to.address().port, '127.0.0.1');
  const [message, info] = await event(to, 'message');
  assert.ok(Buffer.isBuffer(message));
  assert.deepStrictEqual(info, { address: '127.0.0.1', family: 'IPv4', port: from.address().port, size: 3 });
  from.close();
  to.close();
});
row("socket 'listening' function()", async () => (await bound()).close());
row("socket 'close' function()", async () => {
  const socket = await bound();
  socket.close();
  await event(socket, 'close');
});
row("socket 'error' function(err)", async () => {
  const socket = dgram.createSocket({ type: 'udp4', lookup: (name, family, callback) => callback(/^\d/.test(name) ? null : new Error(`no ${name}`), name) });
  socket.send(Buffer.from('x'), 0, 1, 9, 'nowhere.invalid');
  assert.match((await event(socket, 'error'))[0].message, /no nowhere/);
  socket.close();
});
row('socket.send(buf, offset, length, path, [callback])', async () => {
  const name = socketPath();
  const to = await bound('unix_dgram', name);
  const from = dgram.createSocket('unix_dgram');
  const [error, bytes] = await sent(from, Buffer.from('-path-'), 1, 4, name);
  assert.strictEqual(error, null);
  assert.strictEqual(bytes, 4);
  const [message, info] = await event(to, 'message');
  assert.strictEqual(String(message), 'path');
  assert.strictEqual(info.address, ''); // the sender has no name
  assert.strictEqual((await sent(from, Buffer.from('x'), 0, 1, socketPath()))[0].code, 'ENOENT');
  from.close();
  to.close();
});
row('socket.send(buf, offset, length, port, address, [callback])', async () => {
  const [from, to] = [dgram.createSocket('udp4'), await bound()];
  const { port } = to.address();
  assert.deepStrictEqual(await sent(from, Buffer.from('0123'), 1, 2, port, '127.0.0.1'), [null, 2]);
  assert.strictEqual(String((await event(to, 'message'))[0]), '12');
  assert.strictEqual((await sent(from, Buffer.alloc(70000), 0, 70000, port, '127.0.0.1'))[0].code, 'EMSGSIZE');
  from.close();
  to.close();
});
row('socket.bind(path)', async () => {
  const name = socketPath();
  const first = await bound('unix_dgram', name);
  first.close();
  (await bound('unix_dgram', name)).close();
});
row('socket.bind(port, [address])', async () => {
  const socket = await bound('udp4', 0);
  assert.strictEqual(socket.address().address, '0.0.0.0');
  socket.close();
});
row('socket.close()', async () => {
  const socket = await bound();
  socket.close();
  assert.throws(() => socket.close(), { code: 'ERR_SOCKET_DGRAM_NOT_RUNNING', message: 'Not running' });
});
row('socket.address()', async () => {
  const socket = await bound();
  assert.strictEqual(socket.address().address, '127.0.0.1');
  assert.ok(socket.address().port > 0);
  socket.close();
});
row('socket.setBroadcast(flag)', () => {
  const socket = dgram.createSocket('udp4');
  socket.setBroadcast(true); // before bind(), too
  socket.setBroadcast(0);
  socket.close();
});
row('socket.setTTL(ttl)', async () => {
  const socket = await bound();
  assert.strictEqual(socket.setTTL(16), 16);
  assert.throws(() => socket.setTTL(0), { code: 'EINVAL' });
  assert.throws(() => socket.setTTL('x'), { code: 'ERR_INVALID_ARG_TYPE' });
  socket.close();
});
row('socket.fd', () => {
  const socket = dgram.createSocket('udp4');
  assert.ok(socket.fd > 2);
  socket.close();
  assert.strictEqual(socket.fd, null);
});
row('SO_REUSEADDR / SO_REUSEPORT', async () => {
  // Only when asked for (doc/compat.md).
  const first = dgram.createSocket({ type: 'udp4', reuseAddr: true });
  first.bind(0, '127.0.0.1');
  await event(first, 'listening');
  const { port } = first.address();
  const second = dgram.createSocket({ type: 'udp4', reuseAddr: true });
  second.bind(port, '127.0.0.1');
  await event(second, 'listening');
  const third = dgram.createSocket('udp4');
  third.bind(port, '127.0.0.1');
  assert.strictEqual((await event(third, 'error'))[0].code, 'EADDRINUSE');
  for (const socket of [first, second, third]) socket.close();
});
