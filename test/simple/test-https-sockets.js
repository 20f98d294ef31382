// https: what requests' sockets tell of TLS, the same for connections that C++ keeps and for those with an object of their own; upgrades,
// timeouts of handshakes, peers that leave early.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const https = require('https');
const net = require('net');
const tls = require('tls');
const { once } = require('events');

const key = fs.readFileSync(common.fixtures.path('https', 'key.pem'));
const cert = fs.readFileSync(common.fixtures.path('https', 'cert.pem'));

async function serve(listener, options, setUp = () => {}) {
  const server = https.createServer({ key, cert, ...options }, listener);
  setUp(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const target = (server, options) => ({ port: server.address().port, host: 'localhost', ca: cert, agent: false, ...options });

async function text(server, options) {
  const req = https.get(target(server, options));
  const [res] = await once(req, 'response');
  let body = '';
  for await (const chunk of res.setEncoding('utf8')) body += chunk;
  return body;
}

function describe(req, res) {
  const { socket } = req;
  res.end(JSON.stringify({
    encrypted: socket.encrypted,
    authorized: socket.authorized,
    protocol: socket.getProtocol(),
    cipher: socket.getCipher(),
    alpn: socket.alpnProtocol,
    servername: socket.servername,
    peer: socket.getPeerCertificate(),
    own: socket.getCertificate().subject,
    reused: socket.isSessionReused(),
    finished: socket.getFinished().length,
    keys: socket.exportKeyingMaterial(16, 'label', Buffer.from('context')).length,
    remote: socket.remoteAddress,
    isSocket: socket instanceof net.Socket,
  }));
}

async function facts() {
  const told = [];
  // The second server's connections have objects from the beginning, for it listens.
  for (const setUp of [() => {}, (server) => server.on('secureConnection', () => {})]) {
    const server = await serve(describe, {}, setUp);
    for (const options of [{}, { maxVersion: 'TLSv1.2' }]) {
      told.push(JSON.parse(await text(server, { ALPNProtocols: ['http/1.1'], ...options })));
    }
    server.close();
  }
  assert.deepStrictEqual(told[0], told[2]);
  assert.deepStrictEqual(told[1], told[3]);
  const [newest, older] = told;
  assert.strictEqual(newest.protocol, 'TLSv1.3');
  assert.strictEqual(older.protocol, 'TLSv1.2');
  assert.strictEqual(newest.encrypted, true);
  assert.strictEqual(newest.alpn, 'http/1.1');
  assert.strictEqual(newest.servername, 'localhost');
  assert.deepStrictEqual(newest.peer, {});
  assert.deepStrictEqual(newest.own, { CN: 'localhost' });
  assert.strictEqual(newest.keys, 16);
  assert.strictEqual(newest.isSocket, true);
}

async function upgrades() {
  const server = await serve(common.mustNotCall(), {}, (it) => it.on('upgrade', common.mustCall((req, socket, head) => {
    assert.strictEqual(`${head}`, 'early');
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.pipe(socket);
  })));
  const socket = tls.connect({ ...target(server), servername: 'localhost' });
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly');
  let got = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    got += chunk;
    if (got.endsWith('\r\n\r\n')) socket.end('late');
  }
  assert.match(got, /^HTTP\/1\.1 101 [^]*\r\n\r\nlate$/);
  server.close();
}

// Nobody listens for 'connect': the connection ends.
async function tunnels() {
  const server = await serve(common.mustNotCall());
  const socket = tls.connect({ ...target(server), servername: 'localhost' });
  socket.write('CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n');
  socket.on('error', () => {}).resume();
  await once(socket, 'close');
  server.close();
}

async function earlyLeave() {
  const server = await serve(common.mustNotCall());
  const failed = once(server, 'tlsClientError');
  const plain = net.connect(server.address().port, '127.0.0.1', () => plain.end());
  plain.resume();
  const [error] = await failed;
  assert.strictEqual(error.code, 'ECONNRESET');
  server.close();
  await once(server, 'close');
}

// A client that says nothing is given up by the time that heads may take.
async function silence() {
  const server = await serve(common.mustNotCall(), { headersTimeout: 50, connectionsCheckingInterval: 10 });
  const failed = once(server, 'tlsClientError');
  const plain = net.connect(server.address().port, '127.0.0.1');
  plain.on('error', () => {}).resume();
  const [error] = await failed;
  assert.strictEqual(error.code, 'ERR_TLS_HANDSHAKE_TIMEOUT');
  await once(plain, 'close');
  server.close();
}

async function contexts() {
  const server = await serve((req, res) => res.end(req.socket.servername), {}, (it) => it.addContext('*.other', { key, cert }));
  assert.strictEqual(await text(server, { servername: 'an.other', checkServerIdentity: () => undefined }), 'an.other');
  server.setSecureContext({ key, cert, minVersion: 'TLSv1.3' });
  await assert.rejects(text(server, { maxVersion: 'TLSv1.2' }));
  server.close();
}

// New connections get the context that was set last, also where C++ makes them.
async function newContext() {
  const server = await serve((req, res) => res.end(req.socket.getProtocol()));
  assert.strictEqual(await text(server, { maxVersion: 'TLSv1.2' }), 'TLSv1.2');
  server.setSecureContext({ key, cert, minVersion: 'TLSv1.3' });
  await assert.rejects(text(server, { maxVersion: 'TLSv1.2' }), { code: 'EPROTO' });
  assert.strictEqual(await text(server), 'TLSv1.3');
  server.close();
}

// A slow reader of much: what the kernel does not take waits encrypted.
async function slowReader() {
  const large = Buffer.alloc(20 << 20, 'x');
  const server = await serve((req, res) => {
    res.write('first ');
    res.end(large);
  });
  const req = https.get(target(server));
  const [res] = await once(req, 'response');
  let bytes = 0;
  for await (const chunk of res) {
    bytes += chunk.length;
    await new Promise(setImmediate);
  }
  assert.strictEqual(bytes, large.length + 6);
  server.close();
}

(async () => {
  for (const step of [facts, upgrades, tunnels, earlyLeave, silence, contexts, newContext, slowReader]) await step();
})().then(common.mustCall());
