// Certificates, versions and ciphers that are to be refused: a clear error for each, and the server goes on.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const tls = require('tls');
const { connect, identity, listen, pem } = require('../common/tls');

async function refusal(serverOptions, clientOptions) {
  const server = await listen(serverOptions, (socket) => socket.on('error', () => {}));
  let serverError;
  server.on('tlsClientError', (error) => { serverError = error; });
  const client = connect(server, clientOptions, () => assert.fail('connected'));
  const [error] = await once(client, 'error');
  // Another client is served all the same.
  if (serverOptions.maxVersion === undefined && serverOptions.ciphers === undefined) {
    const good = connect(server, { rejectUnauthorized: false, ...identity('client') });
    await once(good, 'secureConnect');
    good.destroy();
  }
  await new Promise((resolve) => server.close(resolve));
  return [error, serverError];
}

(async () => {
  const certificates = [
    ['expired', {}, 'CERT_HAS_EXPIRED'],
    ['early', {}, 'CERT_NOT_YET_VALID'],
    ['selfsigned', {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['server', { ca: pem('other-ca-cert') }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['revoked', { crl: pem('ca-crl') }, 'CERT_REVOKED'],
    ['deep', {}, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['client', {}, 'INVALID_PURPOSE'],
    ['named', {}, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['server', { servername: 'elsewhere' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ];
  for (const [name, options, code] of certificates) {
    const [error] = await refusal(identity(name), options);
    assert.strictEqual(error.code, code, name);
  }

  // A key of 1024 bits is too short for either end, where the system has the security level of today.
  const context = () => tls.createSecureContext(identity('weak'));
  assert.throws(context, { code: 'ERR_SSL_EE_KEY_TOO_SMALL', library: 'SSL routines', reason: 'ee key too small' });
  const [weak] = await refusal({ ...identity('weak'), ciphers: 'DEFAULT@SECLEVEL=0' }, {});
  assert.strictEqual(weak.code, 'EE_KEY_TOO_SMALL');

  // What is wrong is told, and nothing more, when the program wants it so.
  const server = await listen(identity('expired'), mustCall((socket) => socket.end()));
  const client = connect(server, { rejectUnauthorized: false });
  await once(client, 'secureConnect');
  assert.strictEqual(client.authorized, false);
  assert.strictEqual(client.authorizationError, 'CERT_HAS_EXPIRED');
  client.resume().on('close', () => server.close());

  // Old versions.
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  const [alert, reason] = await refusal({}, old);
  assert.strictEqual(alert.code, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  assert.strictEqual(reason.code, 'ERR_SSL_UNSUPPORTED_PROTOCOL');
  assert.strictEqual(reason.library, 'SSL routines');
  const [refused] = await refusal(old, {});
  assert.match(refused.code, /^ERR_SSL_(UNSUPPORTED_PROTOCOL|TLSV1_ALERT_PROTOCOL_VERSION)$/);

  // No cipher in common.
  const [none, shared] = await refusal({ ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
                                       { ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384', maxVersion: 'TLSv1.2' });
  assert.strictEqual(none.code, 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE');
  assert.strictEqual(shared.code, 'ERR_SSL_NO_SHARED_CIPHER');
})();
