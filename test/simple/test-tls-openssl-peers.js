// openssl(1) as the other end, in both directions: versions, resumption, ALPN, SNI, client certificates, curl.
'use strict';
const { fixtures, mustCall, skip } = require('../common');
const assert = require('assert');
const { execFile, spawn, spawnSync } = require('child_process');
const { once } = require('events');
const { ca, connect, identity, listen, text } = require('../common/tls');

if (spawnSync('openssl', ['version']).status !== 0) skip('no openssl(1)');
const file = (name) => fixtures.path('tls', `${name}.pem`);

function client(server, ...args) {
  const all = ['s_client', '-connect', `127.0.0.1:${server.address().port}`, '-CAfile', file('ca-cert'), '-verify_return_error', ...args];
  return new Promise((resolve) => {
    const child = execFile('openssl', all, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, out: stdout + stderr }));
    child.stdin.on('error', () => {});
    child.stdin.end('Q\n');
  });
}

async function clients() {
  const server = await listen({ requestCert: true, rejectUnauthorized: false, ca, ALPNProtocols: ['one', 'two'] });
  server.addContext('a.example', identity('named'));
  const seen = [];
  server.on('secureConnection', (socket) => {
    seen.push([socket.getProtocol(), socket.isSessionReused(), socket.alpnProtocol, socket.authorized, socket.servername]);
    socket.on('error', () => {}).resume();
  });
  for (const [flag, version] of [['-tls1_2', 'TLSv1.2'], ['-tls1_3', 'TLSv1.3']]) {
    const plain = await client(server, flag, '-servername', 'localhost');
    assert.match(plain.out, /Verification: OK|Verify return code: 0/, plain.out);
    assert.deepStrictEqual(seen.pop(), [version, false, false, false, 'localhost']);
    await client(server, flag, '-alpn', 'two,three', '-noservername', '-cert', file('client-cert'), '-key', file('client-key'));
    assert.deepStrictEqual(seen.pop(), [version, false, 'two', true, false]);
    const named = await client(server, flag, '-servername', 'a.example');
    assert.match(named.out, /CN = a\.example/);
  }
  seen.length = 0;
  await client(server, '-tls1_2', '-reconnect');
  assert.deepStrictEqual(seen.map(([, reused]) => reused), [false, true, true, true, true, true]);
  const old = await client(server, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0');
  assert.match(old.out, /alert protocol version|no protocols available/);
  if (spawnSync('curl', ['--version']).status === 0) await curl();
  server.close();
}

// A bare answer is enough for it.
async function curl() {
  const server = await listen({}, (socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes'));
  });
  const answer = await new Promise((resolve) => {
    const url = `https://localhost:${server.address().port}/`;
    execFile('curl', ['-sS', '--noproxy', '*', '--cacert', file('ca-cert'), url], (error, stdout, stderr) => resolve(stdout + stderr));
  });
  assert.strictEqual(answer, 'yes');
  server.close();
}

// s_server says nothing about its port until it listens on it.
async function withServer(args, use) {
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-cert', file('server-cert'), '-key', file('server-key'), ...args]);
  let out = '';
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      out += data;
      const match = /ACCEPT [^:]+:(\d+)/.exec(out);
      if (match !== null) resolve(Number(match[1]));
    });
    child.on('exit', () => reject(new Error(out)));
  });
  try {
    await use({ address: () => ({ port }) }, child);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

async function servers() {
  for (const flag of ['-tls1_2', '-tls1_3']) {
    await withServer([flag, '-rev', '-alpn', 'x'], async (server) => {
      let session;
      for (let i = 0; i < 2; i++) {
        const socket = connect(server, { session, ALPNProtocols: ['y', 'x'] }, mustCall());
        socket.on('session', (bytes) => { session = bytes; });
        await once(socket, 'secureConnect');
        assert.deepStrictEqual([socket.authorized, socket.alpnProtocol, socket.isSessionReused()], [true, 'x', i === 1]);
        socket.write('abc\n');
        socket.once('data', () => socket.end());
        assert.strictEqual(await text(socket), 'cba\n');
      }
    });
  }
  await withServer(['-CAfile', file('ca-cert'), '-Verify', '1', '-verify_return_error', '-rev'], async (server) => {
    const good = connect(server, identity('client'));
    await once(good, 'secureConnect');
    good.destroy();
    const [error] = await once(connect(server, {}).resume(), 'error');
    assert.match(error.code, /^ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED$/);
  });
}

clients().then(servers);
