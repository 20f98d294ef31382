// Clients that negotiate again and again (TLS 1.2), by openssl(1): tls.Server ends them with an error, https.Server refuses the first time.
'use strict';
const { fixtures, mustCall, mustNotCall, skip } = require('../common');
const assert = require('assert');
const { spawn, spawnSync } = require('child_process');
const { once } = require('events');
const https = require('https');
const tls = require('tls');
const { connect, identity, listen } = require('../common/tls');

if (spawnSync('openssl', ['version']).status !== 0) skip('no openssl(1)');

// s_client negotiates at each line that is an R.
async function storm(server, ...more) {
  const args = ['s_client', '-connect', `127.0.0.1:${server.address().port}`, '-tls1_2', '-legacy_renegotiation', ...more,
                '-CAfile', fixtures.path('tls', 'ca-cert.pem')];
  const child = spawn('openssl', args);
  let out = '';
  const read = (chunk) => {
    out += chunk;
    // Once the handshake is over, and after each other one.
    if (/Verify return code|RENEGOTIATING/.test(`${chunk}`)) child.stdin.write('R\n');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  child.stdin.on('error', () => {});
  await once(child, 'close');
  return out;
}

async function served(server) {
  const client = connect(server, {});
  await once(client, 'secureConnect');
  client.destroy();
}

async function sockets() {
  const errors = [];
  const server = await listen({}, (socket) => socket.on('error', (error) => errors.push(error.code)).resume());
  const out = await storm(server);
  assert.deepStrictEqual(errors, ['ERR_TLS_SESSION_ATTACK']);
  assert.strictEqual(out.match(/^RENEGOTIATING/gm).length, tls.CLIENT_RENEG_LIMIT + 1);
  await served(server);
  server.close();
}

// The connection lives on for those who take no for an answer; s_client does not.
async function disabled() {
  const server = await listen({}, mustCall((socket) => {
    socket.disableRenegotiation();
    socket.on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_TLS_RENEGOTIATION_DISABLED')));
    socket.resume();
  }));
  await storm(server);
  server.close();
}

// Once with connections that C++ keeps, once with sockets.
async function requests(setUp) {
  const server = https.createServer(identity('server'), mustNotCall());
  setUp(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const out = await storm(server);
  assert.match(out, /no renegotiation|RENEGOTIATING/);
  assert.ok(out.match(/^RENEGOTIATING/gm).length <= tls.CLIENT_RENEG_LIMIT + 1);
  await served(server);
  server.closeAllConnections();
  server.close();
}

(async () => {
  await sockets();
  await disabled();
  await requests(() => {});
  await requests((server) => server.on('keylog', () => {}));
})().then(mustCall());
