// The rows of 2010's table on secure streams: net, http and securepair.
'use strict';
const row = require('../common/rows')('net');
const assert = require('assert');
const crypto = require('crypto');
const http = require('http');
const net = require('net');
const { ca, identity, pem, text } = require('../common/tls');

const credentials = crypto.createCredentials({ ...identity('server-rsa'), ca });
const stranger = crypto.createCredentials({ ca: [pem('other-ca-cert')] });
const event = (emitter, name) => new Promise((resolve) => { emitter.once(name, (...args) => resolve(args)); });

// Both ends as 2010's programs made them: the server after 'connect', the client likewise.
async function securePair(clientCredentials) {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await event(server, 'listening');
  const client = net.createConnection(server.address().port, '127.0.0.1');
  client.on('connect', () => client.setSecure(clientCredentials));
  const [served] = await event(server, 'connection');
  served.setSecure(credentials);
  await Promise.all([event(client, 'secure'), event(served, 'secure')]);
  return [client, served, server];
}
const end = (client, served, server) => {
  client.destroy();
  served.destroy();
  return new Promise((resolve) => server.close(resolve));
};

row('stream.setSecure([credentials])', async () => {
  const [client, served, server] = await securePair(credentials);
  assert.strictEqual(client.secure, true);
  assert.strictEqual(client.verifyPeer(), true);
  assert.strictEqual(served.verifyPeer(), true);
  served.end('from the server');
  assert.strictEqual(await text(client), 'from the server');
  await end(client, served, server);
});
row("stream 'secure' function()", async () => {
  const [client, served, server] = await securePair();
  // Nobody is refused: the program asks.
  assert.strictEqual(client.verifyPeer(), false);
  assert.strictEqual(served.verifyPeer(), false);
  await end(client, served, server);
});
row('stream.getPeerCertificate()', async () => {
  const [client, served, server] = await securePair(stranger);
  assert.strictEqual(client.verifyPeer(), false);
  const { subject, issuer, valid_from: from, fingerprint } = client.getPeerCertificate();
  assert.deepStrictEqual([subject, issuer], ['/C=DE/O=Test/CN=localhost', '/C=DE/O=Test/CN=ca']);
  assert.match(from, / GMT$/);
  assert.match(fingerprint, /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
  await end(client, served, server);
});

{
  const row = require('../common/rows')('http');

  row('server.setSecure(credentials)', async () => {
    const server = http.createServer((req, res) => {
      res.end(`${req.connection.verifyPeer()} ${req.url}`);
    });
    server.setSecure(credentials);
    assert.throws(() => http.createServer().setSecure({}), { code: 'ERR_INVALID_ARG_TYPE' });
    server.listen(0, '127.0.0.1');
    await event(server, 'listening');
    const client = http.createClient(server.address().port, '127.0.0.1', true, credentials);
    const request = client.request('GET', '/path');
    request.end();
    const body = new Promise((resolve) => {
      request.on('response', (response) => {
        assert.strictEqual(client.verifyPeer(), true);
        assert.strictEqual(client.getPeerCertificate().subject, '/C=DE/O=Test/CN=localhost');
        resolve(text(response));
      });
    });
    assert.strictEqual(await body, 'true /path');
    server.close();
  });
  const plain = () => assert.strictEqual(http.createClient(1, 'localhost').verifyPeer(), false);
  row('HTTPS support', plain);
  row('client.verifyPeer()', plain);
  row('client.getPeerCertificate()', () => assert.strictEqual(http.createClient(1, 'localhost').getPeerCertificate(), null));
}

{
  const row = require('../common/rows')('securepair');

  row("require('securepair').createSecurePair(credentials, isServer)", async () => {
    assert.strictEqual(crypto.createPair, require('securepair').createSecurePair);
    const server = crypto.createPair(credentials, true);
    const client = crypto.createPair(stranger, false);
    server.encrypted.pipe(client.encrypted).pipe(server.encrypted);
    server.cleartext.on('data', (data) => server.cleartext.end(`echo ${data}`));
    client.cleartext.write('hello');
    const secured = Promise.all([event(server, 'secure'), event(client, 'secure')]);
    assert.strictEqual(await text(client.cleartext), 'echo hello');
    await secured;
    assert.strictEqual(client.getPeerCertificate().subject, '/C=DE/O=Test/CN=localhost');
    assert.match(client.getCipher().version, /^TLS/);
    client.cleartext.end();
    await event(server, 'close');
  });
}
