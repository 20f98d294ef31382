// Servers that ask clients for certificates: refused, taken with a note, and chains.
'use strict';
require('../common');
const assert = require('assert');
const { once } = require('events');
const { ca, connect, end, identity, listen, pair, pem } = require('../common/tls');

(async () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const strict = await listen({ requestCert: true, ca, maxVersion });
    const good = connect(strict, identity('client'));
    const [served] = await once(strict, 'secureConnection');
    assert.strictEqual(served.authorized, true);
    assert.strictEqual(served.getPeerCertificate().subject.CN, 'client');
    good.destroy();

    // None at all: the handshake itself fails.
    const none = connect(strict, {});
    const [[error], [alert]] = await Promise.all([once(strict, 'tlsClientError'), once(none, 'error')]);
    assert.strictEqual(error.code, 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE');
    assert.match(alert.code, /^ERR_SSL_(TLSV13_ALERT_CERTIFICATE_REQUIRED|SSLV3_ALERT_HANDSHAKE_FAILURE)$/);

    // A certificate for servers only, and one that nobody has signed.
    for (const name of ['server', 'selfsigned', 'expired']) {
      const wrong = connect(strict, identity(name));
      wrong.on('error', () => {}).resume();
      const [reset] = await once(strict, 'tlsClientError');
      assert.strictEqual(reset.code, 'ECONNRESET');
      await once(wrong, 'close');
    }
    await new Promise((resolve) => strict.close(resolve));

    const lenient = { requestCert: true, rejectUnauthorized: false, ca, maxVersion };
    const notes = [['server', 'INVALID_PURPOSE'], ['expired', 'CERT_HAS_EXPIRED'], ['selfsigned', 'DEPTH_ZERO_SELF_SIGNED_CERT']];
    for (const [name, note] of notes) {
      const [client, taken, server] = await pair(lenient, identity(name));
      assert.strictEqual(taken.authorized, false);
      assert.strictEqual(taken.authorizationError, note);
      await end(client, taken, server);
    }
    const [client, taken, server] = await pair(lenient, {});
    assert.strictEqual(taken.authorizationError, 'UNABLE_TO_GET_ISSUER_CERT');
    await end(client, taken, server);
  }

  // A chain that the server sends, and a client that trusts the authority at its end.
  const [client, served, server] = await pair({ key: pem('deep-key'), cert: pem('deep-chain') }, {});
  assert.strictEqual(client.authorized, true);
  assert.strictEqual(client.getPeerCertificate(true).issuerCertificate.issuerCertificate.subject.CN, 'ca');
  await end(client, served, server);
})();
