// Both versions of TLS: what each end knows of the other, data in both directions, half-closed ends.
'use strict';
require('../common');
const assert = require('assert');
const { end, pair, text } = require('../common/tls');

(async () => {
  for (const version of ['TLSv1.2', 'TLSv1.3']) {
    const [client, served, server] = await pair({ allowHalfOpen: true }, { maxVersion: version, servername: 'localhost' });
    for (const socket of [client, served]) {
      assert.strictEqual(socket.encrypted, true);
      assert.strictEqual(socket.getProtocol(), version);
      assert.strictEqual(socket.isSessionReused(), false);
      assert.strictEqual(socket.alpnProtocol, false);
      assert.match(socket.getCipher().standardName, /^TLS_/);
      assert.strictEqual(socket.servername, 'localhost');
    }
    assert.strictEqual(client.authorized, true);
    assert.strictEqual(client.authorizationError, null);
    assert.strictEqual(served.authorized, false);
    const { subject, subjectaltname, issuerCertificate } = client.getPeerCertificate(true);
    assert.strictEqual(subject.CN, 'localhost');
    assert.match(subjectaltname, /DNS:localhost, IP Address:127.0.0.1/);
    assert.strictEqual(issuerCertificate.subject.CN, 'ca');
    assert.strictEqual(issuerCertificate.issuerCertificate, issuerCertificate);
    assert.deepStrictEqual(served.getPeerCertificate(), {});
    assert.strictEqual(served.getCertificate().subject.CN, 'localhost');
    assert.strictEqual(client.getEphemeralKeyInfo().type, 'ECDH');
    assert.strictEqual(served.getEphemeralKeyInfo(), null);
    assert.deepStrictEqual(client.getFinished(), served.getPeerFinished());
    assert.deepStrictEqual(client.getPeerFinished(), served.getFinished());
    assert.ok(served.getSharedSigalgs().length > 0);
    // RFC 5705: both ends derive the same.
    assert.deepStrictEqual(client.exportKeyingMaterial(32, 'a label', Buffer.from('context')),
                           served.exportKeyingMaterial(32, 'a label', Buffer.from('context')));
    assert.notDeepStrictEqual(client.exportKeyingMaterial(32, 'a label'), client.exportKeyingMaterial(32, 'another'));
    // The server answers after the client has ended.
    client.end('question');
    assert.strictEqual(await text(served), 'question');
    served.end('answer');
    assert.strictEqual(await text(client), 'answer');
    await end(client, served, server);
  }
})();
