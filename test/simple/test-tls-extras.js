// OCSP stapling, pre-shared keys, key logs, renegotiation and its limit, contexts that are replaced, PKCS #12.
'use strict';
const { fixtures, mustCall, mustCallAtLeast } = require('../common');
const assert = require('assert');
const { X509Certificate } = require('crypto');
const { once } = require('events');
const tls = require('tls');
const { ca, connect, end, identity, listen, pair, pem } = require('../common/tls');

async function ocsp() {
  for (const answer of [Buffer.from('a response'), null]) {
    const server = await listen({ cert: [pem('server-cert')], ca });
    server.on('OCSPRequest', mustCall((certificate, issuer, callback) => {
      assert.strictEqual(new X509Certificate(certificate).subject, 'C=DE\nO=Test\nCN=localhost');
      assert.strictEqual(new X509Certificate(issuer).subject, 'C=DE\nO=Test\nCN=ca');
      setImmediate(callback, null, answer);
    }));
    const client = connect(server, { requestOCSP: true });
    client.on('OCSPResponse', mustCall((response) => assert.deepStrictEqual(response, answer)));
    await once(client, 'secureConnect');
    client.destroy();
    server.close();
  }
}

async function preSharedKeys() {
  const psk = Buffer.alloc(16, 'k');
  const ciphers = 'PSK+HIGH';
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const options = {
      key: undefined, cert: undefined, ciphers, maxVersion, pskIdentityHint: 'who?',
      pskCallback: mustCallAtLeast((socket, identity) => (identity === 'me' ? psk : null)),
    };
    const client = {
      ciphers, maxVersion, checkServerIdentity() {},
      pskCallback: (hint) => {
        assert.strictEqual(hint, maxVersion === 'TLSv1.2' ? 'who?' : null);
        return { psk, identity: 'me' };
      },
    };
    const ends = await pair(options, client);
    assert.strictEqual(ends[0].authorized, true);
    ends[0].destroy();
    const stranger = connect(ends[2], { ...client, pskCallback: () => ({ psk, identity: 'other' }) });
    const [[told]] = await Promise.all([once(ends[2], 'tlsClientError'), once(stranger, 'error')]);
    assert.match(told.code, /^ERR_SSL_/);
    await end(...ends);
  }
}

async function keyLogs() {
  const server = await listen({});
  const lines = [];
  server.on('keylog', mustCallAtLeast((line, socket) => {
    assert.ok(socket instanceof tls.TLSSocket);
    lines.push(String(line));
  }));
  const client = connect(server, {});
  const others = [];
  client.on('keylog', (line) => others.push(String(line)));
  await Promise.all([once(server, 'secureConnection'), once(client, 'secureConnect')]);
  assert.match(lines.join(''), /^CLIENT_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]{64} [0-9a-f]+$/m);
  assert.deepStrictEqual(others.sort(), lines.sort());
  client.destroy();
  server.close();
}

const renegotiate = (client) => new Promise((resolve) => { assert.strictEqual(client.renegotiate({}, resolve), true); });

async function renegotiation() {
  const ends = await pair({ maxVersion: 'TLSv1.2' }, {});
  const [client, served] = ends;
  client.resume();
  served.resume();
  for (let i = 0; i < tls.CLIENT_RENEG_LIMIT; i++) assert.strictEqual(await renegotiate(client), null);
  client.on('error', () => {});
  client.renegotiate({}, () => assert.fail('once too often'));
  assert.strictEqual((await once(served, 'error'))[0].code, 'ERR_TLS_SESSION_ATTACK');
  await end(...ends);
  // The server asks for another one, and for a certificate.
  const [asked, asking, server] = await pair({ maxVersion: 'TLSv1.2', ca }, identity('client'));
  asked.resume();
  asking.resume();
  assert.deepStrictEqual(asking.getPeerCertificate(), {});
  await new Promise((resolve) => asking.renegotiate({ requestCert: true, rejectUnauthorized: true }, resolve));
  assert.strictEqual(asking.getPeerCertificate().subject.CN, 'client');
  await end(asked, asking, server);
  const modern = await pair({}, {});
  const refused = await new Promise((resolve) => assert.strictEqual(modern[0].renegotiate({}, resolve), false));
  assert.strictEqual(refused.code, 'ERR_SSL_WRONG_SSL_VERSION');
  await end(...modern);
}

async function contexts() {
  const server = await listen({});
  const nameNow = async () => {
    const client = connect(server, { checkServerIdentity() {} });
    await once(client, 'secureConnect');
    const { CN } = client.getPeerCertificate().subject;
    client.destroy();
    return CN;
  };
  assert.strictEqual(await nameNow(), 'localhost');
  server.setSecureContext(identity('named'));
  assert.strictEqual(await nameNow(), 'a.example');
  server.close();
  const secret = { pem: pem('client-key-encrypted'), passphrase: 'secret' };
  for (const key of [{ key: secret.pem, passphrase: secret.passphrase }, { key: [secret] }]) {
    tls.createSecureContext({ cert: pem('client-cert'), ...key });
  }
  const pfx = fixtures.read('tls/client.pfx');
  const [client, served, strict] = await pair({ requestCert: true, ca }, { pfx: [{ buf: pfx, passphrase: 'secret' }] });
  assert.strictEqual(served.getPeerCertificate().subject.CN, 'client');
  await end(client, served, strict);
  assert.throws(() => tls.createSecureContext({ pfx, passphrase: 'wrong' }), { reason: 'mac verify failure' });
  assert.throws(() => tls.createSecureContext({ key: pem('client-key-encrypted'), passphrase: 'wrong' }), { reason: 'bad decrypt' });
  assert.throws(() => tls.createSecureContext({ ...identity('client'), key: pem('server-key') }),
                { code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' });
  assert.throws(() => tls.createSecureContext({ ciphers: 'no-such' }), { code: 'ERR_SSL_NO_CIPHER_MATCH' });
  assert.throws(() => tls.createSecureContext({ minVersion: 'SSLv3' }), { code: 'ERR_TLS_INVALID_PROTOCOL_VERSION' });
  assert.throws(() => tls.createSecureContext({ secureProtocol: 'SSLv3_method' }), { code: 'ERR_TLS_INVALID_PROTOCOL_METHOD' });
  assert.throws(() => tls.createSecureContext({ cert: 'nonsense' }), { code: 'ERR_OSSL_PEM_NO_START_LINE', library: 'PEM routines' });
}

ocsp().then(preSharedKeys).then(keyLogs).then(renegotiation).then(contexts);
