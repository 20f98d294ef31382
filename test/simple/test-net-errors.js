// net: refused connections, ports in use, bad arguments, aborts, resets, writes to a closed peer.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const net = require('net');

// A port that nobody listens on.
const probe = net.createServer().listen(0, '127.0.0.1', mustCall(() => {
  const { port } = probe.address();
  probe.close(mustCall(() => {
    const socket = net.connect(port, '127.0.0.1', mustNotCall());
    socket.on('error', mustCall((error) => {
      assert.strictEqual(error.message, `connect ECONNREFUSED 127.0.0.1:${port}`);
      assert.deepStrictEqual([error.code, error.syscall, error.address, error.port, error.errno],
                             ['ECONNREFUSED', 'connect', '127.0.0.1', port, -require('os').constants.errno.ECONNREFUSED]);
    }));
    socket.on('close', mustCall((hadError) => assert.strictEqual(hadError, true)));
  }));
}));

const first = net.createServer().listen(0, '127.0.0.1', mustCall(() => {
  const second = net.createServer(mustNotCall());
  second.on('error', mustCall((error) => {
    assert.match(error.message, /^listen EADDRINUSE: address already in use 127\.0\.0\.1:\d+$/);
    assert.deepStrictEqual([error.code, error.syscall, error.port], ['EADDRINUSE', 'listen', first.address().port]);
    assert.strictEqual(second.listening, false);
    first.close();
  }));
  second.listen(first.address().port, '127.0.0.1');
  assert.throws(() => first.listen(0), { code: 'ERR_SERVER_ALREADY_LISTEN' });
}));

const idle = net.createServer();
idle.close(mustCall((error) => assert.strictEqual(error.code, 'ERR_SERVER_NOT_RUNNING')));

for (const port of [-1, 65536, 1.5, 'x1', NaN]) {
  assert.throws(() => net.createServer().listen({ port }), { code: 'ERR_SOCKET_BAD_PORT' }, `${port}`);
  assert.throws(() => net.connect({ port }), { code: 'ERR_SOCKET_BAD_PORT' }, `${port}`);
}
assert.throws(() => net.connect({}), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => net.createServer('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => net.createServer().listen({}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new net.Socket({ fd: -1 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => new net.Socket().setTimeout('x'), { code: 'ERR_INVALID_ARG_TYPE' });

net.connect({ port: 1, host: 'no.such.host.invalid' }).on('error', mustCall((error) => {
  assert.ok(['ENOTFOUND', 'EAI_AGAIN'].includes(error.code), error.code);
  assert.deepStrictEqual([error.syscall, error.hostname], ['getaddrinfo', 'no.such.host.invalid']);
}));

// A reset reaches the other side as ECONNRESET; destroy(error) reports that error.
const server = net.createServer(mustCall((socket) => {
  socket.on('data', () => socket.resetAndDestroy());
}, 1)).listen(0, '127.0.0.1', mustCall(() => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('x');
  socket.on('error', mustCall((error) => assert.strictEqual(error.code, 'ECONNRESET')));
  socket.on('close', mustCall(() => server.close()));
}));

const controller = new AbortController();
const aborted = net.connect({ port: 1, host: '127.0.0.1', signal: controller.signal });
controller.abort();
aborted.on('error', mustCall((error) => assert.strictEqual(error.name, 'AbortError')));

const unused = new net.Socket();
unused.write('x', mustCall((error) => assert.strictEqual(error.code, 'ERR_SOCKET_CLOSED')));
unused.on('error', mustCall());

assert.deepStrictEqual([net.isIP('1.2.3.4'), net.isIP('::1'), net.isIP('fe80::1%lo'), net.isIP('x'), net.isIP('1.2.3'), net.isIP()],
                       [4, 6, 6, 0, 0, 0]);
