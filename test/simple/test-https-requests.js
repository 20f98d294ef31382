// https: requests and answers over TLS: bodies both ways, kept connections, resumed sessions, pipelined and aborted ones.
'use strict';

const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const https = require('https');
const tls = require('tls');

const key = fs.readFileSync(common.fixtures.path('https', 'key.pem'));
const cert = fs.readFileSync(common.fixtures.path('https', 'cert.pem'));

function serve(listener, options) {
  return new Promise((resolve) => {
    const server = https.createServer({ key, cert, ...options }, listener);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function ask(server, options = {}, body = undefined) {
  return new Promise((resolve, reject) => {
    const req = https.request({ port: server.address().port, host: 'localhost', ca: cert, rejectUnauthorized: false, agent: false,
                                ...options }, (res) => {
      const chunks = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('end', () => resolve({ res, body: Buffer.concat(chunks), socket: req.socket }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

async function bodies() {
  const server = await serve((req, res) => {
    assert.strictEqual(req.socket.encrypted, true);
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => res.end(Buffer.concat(chunks)));
  });
  const large = Buffer.alloc(3 << 20, 'abcdefgh');
  for (const body of ['', 'small', large]) {
    const answer = await ask(server, { method: 'POST' }, body);
    assert.strictEqual(answer.res.statusCode, 200);
    assert.ok(answer.body.equals(Buffer.from(body)));
  }
  server.close();
}

async function keptConnections() {
  const ports = new Set();
  const server = await serve((req, res) => {
    ports.add(req.socket.remotePort);
    res.end('x');
  });
  const agent = new https.Agent({ keepAlive: true });
  for (let i = 0; i < 3; i++) {
    const { socket } = await ask(server, { agent });
    assert.strictEqual(socket.encrypted, true);
    await new Promise(setImmediate);
  }
  assert.strictEqual(ports.size, 1);
  agent.destroy();
  server.close();
}

// Two requests at once, the second one's answer is made first: they come in order all the same.
async function pipelined() {
  const waiting = [];
  const server = await serve((req, res) => {
    res.setHeader('X-Url', req.url);
    if (req.url === '/1') waiting.push(() => res.end('first'));
    else res.end('second');
    setImmediate(() => waiting.splice(0).forEach((answer) => answer()));
  });
  const text = await new Promise((resolve) => {
    let got = '';
    const socket = tls.connect(server.address().port, { host: '127.0.0.1', rejectUnauthorized: false }, () => {
      socket.write('GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    });
    socket.on('data', (chunk) => { got += chunk; });
    socket.on('end', () => resolve(got));
  });
  assert.match(text, /X-Url: \/1\r\n[^]*\r\n\r\nfirstHTTP\/1\.1 200[^]*X-Url: \/2[^]*\r\n\r\nsecond$/);
  server.close();
}

// What is no TLS, and what is no HTTP, harms nobody else.
async function strangers() {
  const server = await serve((req, res) => res.end('fine'));
  const failed = new Promise((resolve) => server.once('tlsClientError', resolve));
  const plain = require('net').connect(server.address().port, '127.0.0.1', () => plain.write('GET / HTTP/1.0\r\n\r\n'));
  plain.on('error', () => {}).resume();
  assert.ok((await failed) instanceof Error);
  const refused = await new Promise((resolve) => {
    let got = '';
    const socket = tls.connect(server.address().port, { host: '127.0.0.1', rejectUnauthorized: false }, () => {
      socket.write('this is no request\r\n\r\n');
    });
    socket.on('data', (chunk) => { got += chunk; });
    socket.on('close', () => resolve(got));
    socket.on('error', () => {});
  });
  assert.match(refused, /^HTTP\/1\.1 400 Bad Request\r\n/);
  assert.strictEqual(`${(await ask(server)).body}`, 'fine');
  server.close();
}

async function aborted() {
  let closed;
  const gone = new Promise((resolve) => { closed = resolve; });
  const server = await serve((req, res) => {
    res.on('close', closed);
    res.write('a beginning');
  });
  const req = https.get({ port: server.address().port, host: 'localhost', rejectUnauthorized: false, agent: false }, (res) => {
    res.once('data', () => req.destroy());
  });
  req.on('error', () => {});
  await gone;
  server.close();
}

// https takes TLS's errors for what they are.
async function untrusted() {
  const server = await serve(common.mustNotCall());
  await assert.rejects(ask(server, { ca: undefined, rejectUnauthorized: true }), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  server.close();
}

(async () => {
  for (const step of [bodies, keptConnections, pipelined, strangers, aborted, untrusted]) await step();
})().then(common.mustCall());

assert.throws(() => https.createServer(3), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => https.request('http://localhost/'), { code: 'ERR_INVALID_PROTOCOL' });
const named = new https.Agent().getName({ host: 'h', port: 1, servername: 'other', rejectUnauthorized: false, ca: 'x' });
assert.strictEqual(named, 'h:1::x::::::false:other::::::::::::');
