// Peers that send garbage, cut records, never finish or disappear: an error each, and the server goes on.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const net = require('net');
const tls = require('tls');
const { connect, listen } = require('../common/tls');

(async () => {
  const server = await listen({}, mustCall((socket) => socket.on('error', () => {}).resume(), 3));
  const raw = (bytes, to = server) => {
    const socket = net.connect(to.address().port, '127.0.0.1', () => socket.write(bytes));
    return socket.on('error', () => {}).resume();
  };
  const told = async (bytes, by = server) => {
    const socket = raw(bytes, by);
    const [error, served] = await once(by, 'tlsClientError');
    assert.ok(served instanceof tls.TLSSocket);
    socket.destroy();
    return error;
  };
  const http = await told('GET / HTTP/1.1\r\n\r\n');
  assert.deepStrictEqual([http.code, http.reason, http.library], ['ERR_SSL_HTTP_REQUEST', 'http request', 'SSL routines']);
  assert.strictEqual((await told(Buffer.alloc(1000, 42))).code, 'ERR_SSL_WRONG_VERSION_NUMBER');
  // A record that is longer than any may be.
  assert.match((await told(Buffer.from('160301ffff0100', 'hex'))).code, /^ERR_SSL_/);
  // The beginning of a ClientHello, and nothing more.
  const hasty = await listen({ handshakeTimeout: 100 });
  assert.strictEqual((await told(Buffer.from('1603010100', 'hex'), hasty)).code, 'ERR_TLS_HANDSHAKE_TIMEOUT');
  assert.strictEqual((await told('', hasty)).code, 'ERR_TLS_HANDSHAKE_TIMEOUT');
  hasty.close();
  raw('\x16').once('connect', function() { this.end(); });
  assert.strictEqual((await once(server, 'tlsClientError'))[0].code, 'ECONNRESET');

  // Bytes that are changed on their way: an error on the one side, an alert on the other.
  let breaks = false;
  const relay = net.createServer((inside) => {
    const outside = net.connect(server.address().port, '127.0.0.1');
    inside.on('data', (chunk) => {
      if (breaks) chunk[chunk.length - 1] ^= 1;
      outside.write(chunk);
    });
    outside.pipe(inside);
    inside.on('close', () => outside.destroy());
    outside.on('close', () => inside.destroy());
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const client = connect(relay, {});
  const [[served]] = await Promise.all([once(server, 'secureConnection'), once(client, 'secureConnect')]);
  breaks = true;
  client.write('text');
  const [[bad], [alert]] = await Promise.all([once(served, 'error'), once(client, 'error')]);
  assert.strictEqual(bad.code, 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC');
  assert.strictEqual(alert.code, 'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC');
  relay.close();

  // No close_notify: the end all the same.
  const cut = connect(server, {});
  const [[ended]] = await Promise.all([once(server, 'secureConnection'), once(cut, 'secureConnect')]);
  cut.destroy();
  await once(ended, 'end');

  // A server that is none.
  const plain = net.createServer((socket) => socket.end('220 hello\r\n')).listen(0, '127.0.0.1');
  await once(plain, 'listening');
  assert.strictEqual((await once(connect(plain, {}), 'error'))[0].code, 'ERR_SSL_WRONG_VERSION_NUMBER');
  const writer = connect(plain, {});
  writer.write('early');
  const [early] = await once(writer, 'error');
  assert.deepStrictEqual([early.code, early.syscall, early.reason], ['EPROTO', 'write', 'wrong version number']);
  plain.close();
  const silent = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const [reset] = await once(connect(silent, {}), 'error');
  assert.deepStrictEqual([reset.code, reset.host, reset.port], ['ECONNRESET', 'localhost', silent.address().port]);
  silent.close();

  const good = connect(server, {}, mustCall(() => good.end()));
  good.resume().on('close', () => server.close());
})();
