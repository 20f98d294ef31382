// X509Certificate: what a certificate says, names that try to look like others, checks of hosts, keys and issuers.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { X509Certificate, createPrivateKey, createPublicKey, createHash } = require('crypto');

const read = (...name) => fs.readFileSync(path.join(__dirname, '..', 'fixtures', ...name));
const pem = read('keys', 'names-cert.pem');
const cert = new X509Certificate(pem);
const der = Buffer.from(pem.toString().replace(/-----[^-]*-----|\n/g, ''), 'base64');

assert.strictEqual(cert.toString(), pem.toString());
assert.strictEqual(JSON.stringify({ cert }), JSON.stringify({ cert: pem.toString() }));
assert.deepStrictEqual(cert.raw, der);
assert.strictEqual(new X509Certificate(der).fingerprint256, cert.fingerprint256);
const colons = (hash) => createHash(hash).update(der).digest('hex').toUpperCase().match(/../g).join(':');
assert.deepStrictEqual([cert.fingerprint, cert.fingerprint256, cert.fingerprint512], ['sha1', 'sha256', 'sha512'].map(colons));
assert.strictEqual(cert.subject, 'C=DE\nO=Test\\, quoted\nOU=one\nOU=two\nCN=names.example');
assert.strictEqual(cert.issuer, cert.subject);
assert.strictEqual(cert.serialNumber, '1234ABCD');
assert.deepStrictEqual(cert.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.9999.1']);
assert.strictEqual(cert.ca, false);
assert.strictEqual(Date.parse(cert.validTo) - Date.parse(cert.validFrom), 36500 * 86400e3);
assert.strictEqual(cert.subjectAltName, [
  'DNS:a.example', 'DNS:"b.example\\u002c DNS:evil.example"', 'IP Address:10.0.0.1', 'IP Address:2001:DB8:0:0:0:0:0:1',
  'email:who@example.com', 'URI:http://a.example/?b=c', 'Registered ID:1.3.9999.2', 'DirName:"L=Ort\\\\\\u002c CN=x\\u002cC=DE"',
  'othername:XmppAddr:xmpp.example', 'othername:<unsupported>'].join(', '));
assert.strictEqual(cert.infoAccess, 'OCSP - URI:http://ocsp.example/\nCA Issuers - URI:"http://ca.example/a\\u002cb"');

// The form that tls has.
const legacy = cert.toLegacyObject();
assert.deepStrictEqual({ ...legacy.subject }, { C: 'DE', O: 'Test, quoted', OU: ['one', 'two'], CN: 'names.example' });
assert.deepStrictEqual({ ...legacy.infoAccess }, { 'OCSP - URI': ['http://ocsp.example/'], 'CA Issuers - URI': ['http://ca.example/a,b'] });
assert.deepStrictEqual([legacy.bits, legacy.exponent, legacy.modulus.length], [2048, '0x10001', 512]);
assert.deepStrictEqual([legacy.valid_to, legacy.serialNumber, legacy.subjectaltname], [cert.validTo, '1234ABCD', cert.subjectAltName]);
assert.deepStrictEqual(legacy.raw, der);
const leaf = new X509Certificate(read('tls', 'server-cert.pem'));
const curve = leaf.toLegacyObject();
assert.deepStrictEqual([curve.asn1Curve, curve.nistCurve, curve.bits, curve.pubkey.length], ['prime256v1', 'P-256', 256, 65]);

// Names.
assert.strictEqual(cert.checkHost('a.example'), 'a.example');
assert.strictEqual(cert.checkHost('evil.example'), undefined);
assert.strictEqual(cert.checkHost('names.example'), undefined);
assert.strictEqual(cert.checkHost('names.example', { subject: 'always' }), 'names.example');
assert.strictEqual(cert.checkEmail('who@example.com'), 'who@example.com');
assert.strictEqual(cert.checkEmail('who@example.org'), undefined);
for (const ip of ['10.0.0.1', '2001:db8::1']) assert.strictEqual(cert.checkIP(ip), ip);
assert.strictEqual(cert.checkIP('10.0.0.2'), undefined);

// Keys and issuers.
const key = createPrivateKey(read('keys', 'names-key.pem'));
assert.ok(cert.checkPrivateKey(key));
assert.ok(cert.publicKey.equals(createPublicKey(key)));
assert.ok(createPublicKey(pem).equals(cert.publicKey));
assert.ok(cert.verify(cert.publicKey));
const ca = new X509Certificate(read('tls', 'ca-cert.pem'));
assert.strictEqual(ca.ca, true);
assert.ok(ca.checkIssued(ca));
assert.ok(!cert.checkIssued(ca));
assert.ok(!cert.verify(ca.publicKey));
assert.ok(!ca.checkPrivateKey(key));

// Copies.
assert.strictEqual(structuredClone({ cert }).cert.fingerprint, cert.fingerprint);
const { port1, port2 } = new MessageChannel();
port2.on('message', mustCall((copy) => {
  assert.ok(copy instanceof X509Certificate);
  assert.deepStrictEqual(copy.raw, der);
  port2.close();
}));
port1.postMessage(cert);

for (const bad of [undefined, null, 1, {}]) assert.throws(() => new X509Certificate(bad), { code: 'ERR_INVALID_ARG_TYPE' });
for (const bad of ['', 'text', Buffer.alloc(100), der.subarray(0, 500), der.subarray(1)]) {
  assert.throws(() => new X509Certificate(bad), { code: 'ERR_OSSL_PEM_NO_START_LINE' });
}
assert.throws(() => new X509Certificate(pem.subarray(0, 500)), { code: /^ERR_OSSL_/ });
assert.throws(() => cert.checkHost('a\0b'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => cert.checkHost('a', { subject: 'some' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => cert.checkHost('a', { wildcards: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => cert.checkIP('[::]'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => cert.checkIssued({}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => cert.checkPrivateKey(cert.publicKey), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => cert.verify(key), { code: 'ERR_INVALID_ARG_VALUE' });
