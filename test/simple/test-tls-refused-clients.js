// Certificates of clients that a server refuses: each for its reason, and the server goes on.
'use strict';
require('../common');
const assert = require('assert');
const { once } = require('events');
const { ca, connect, identity, listen, pem } = require('../common/tls');

async function refuse(name, code, serverOptions) {
  const server = await listen({ requestCert: true, ca, ...serverOptions }, (socket) => {
    assert.strictEqual(socket.authorized, true);
    socket.on('error', () => {}).end('welcome');
  });
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const refused = once(server, 'tlsClientError');
    const client = connect(server, { ...identity(name), maxVersion }).on('error', () => {}).resume();
    const [error, socket] = await refused;
    assert.strictEqual(error.code, 'ECONNRESET', name);
    assert.deepStrictEqual([socket.authorized, socket.authorizationError, socket.destroyed], [false, code, true], name);
    if (!client.closed) await once(client, 'close');
    // The next one is served.
    const good = connect(server, { ...identity('client'), maxVersion });
    assert.strictEqual(`${(await once(good, 'data'))[0]}`, 'welcome');
    good.destroy();
  }
  await new Promise((resolve) => server.close(resolve));
}

// Where the program looks at them itself, all come.
async function lookAt(name, code) {
  const server = await listen({ requestCert: true, ca, rejectUnauthorized: false });
  const client = connect(server, identity(name)).on('error', () => {}).resume();
  const [socket] = await once(server, 'secureConnection');
  assert.deepStrictEqual([socket.authorized, socket.authorizationError], [false, code], name);
  socket.destroy();
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
}

// With rejectUnauthorized a certificate is required: the client learns of it by an alert.
async function none() {
  const server = await listen({ requestCert: true, ca });
  for (const [maxVersion, alert] of [['TLSv1.2', /HANDSHAKE_FAILURE$/], ['TLSv1.3', /CERTIFICATE_REQUIRED$/]]) {
    const refused = once(server, 'tlsClientError');
    const client = connect(server, { maxVersion }).resume();
    assert.match((await once(client, 'error'))[0].code, alert);
    assert.strictEqual((await refused)[0].code, 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE');
  }
  server.close();
}

(async () => {
  const cases = [
    ['expired', 'CERT_HAS_EXPIRED'],
    ['early', 'CERT_NOT_YET_VALID'],
    ['selfsigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['deep', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    // Its extended key usage is serverAuth alone.
    ['server', 'INVALID_PURPOSE'],
  ];
  for (const [name, code] of cases) {
    await refuse(name, code);
    await lookAt(name, code);
  }
  await refuse('revoked', 'CERT_REVOKED', { crl: pem('ca-crl') });
  await none();
})();
