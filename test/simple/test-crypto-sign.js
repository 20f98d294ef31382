// Sign and Verify as streams and with pieces, sign() and verify() at once and on the pool: keys in every form, paddings, encodings, misuse.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const crypto = require('crypto');

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-384' });
const dsa = crypto.generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
const pem = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' });
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' });

// As 2010 had it: PEM keys, results that are binary strings when they are compared with one.
{
  const sign = crypto.createSign('RSA-SHA1');
  assert.strictEqual(sign.update('Test'), sign);
  const signature = sign.update('123').sign(pem);
  const binary = crypto.createSign('RSA-SHA1').update('Test123').sign(pem, 'binary');
  assert.strictEqual(typeof binary, 'string');
  assert.ok(signature == binary);
  const hex = crypto.createSign('RSA-SHA1').update('Test123').sign(pem, 'hex');
  assert.strictEqual(Buffer.from(binary, 'binary').toString('hex'), hex);
  const verify = crypto.createVerify('RSA-SHA1');
  assert.strictEqual(verify.update('Test'), verify);
  assert.strictEqual(verify.update('123').verify(publicPem, binary, 'binary'), true);
  assert.strictEqual(crypto.createVerify('RSA-SHA1').update('Test124').verify(publicPem, hex, 'hex'), false);
}

// Streams.
{
  const sign = crypto.createSign('sha256');
  sign.write('some ');
  sign.end('data');
  const signature = sign.sign(ec.privateKey);
  const verify = new crypto.Verify('sha256');
  verify.end('some data', mustCall(() => assert.strictEqual(verify.verify(ec.publicKey, signature), true)));
  assert.ok(crypto.Sign('sha256') instanceof crypto.Sign);
  assert.throws(() => sign.sign(ec.privateKey), { code: 'ERR_CRYPTO_OPERATION_FAILED' });
}

const data = Buffer.from('data');
const forms = [pem, Buffer.from(pem), { key: pem }, rsa.privateKey, { key: rsa.privateKey },
  { key: rsa.privateKey.export({ format: 'jwk' }), format: 'jwk' },
  { key: rsa.privateKey.export({ type: 'pkcs8', format: 'der' }), format: 'der', type: 'pkcs8' },
  { key: rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }), passphrase: 'x' }];
for (const key of forms) {
  const signature = crypto.sign('sha256', data, key);
  assert.strictEqual(crypto.verify('sha256', data, key, signature), true);
  assert.strictEqual(crypto.verify('sha256', data, publicPem, signature), true);
  assert.deepStrictEqual(crypto.createSign('sha256').update(data).sign(key), signature);
}

// On the pool.
crypto.sign('sha256', data, ec.privateKey, mustCall((error, signature) => {
  assert.ifError(error);
  crypto.verify('sha256', data, ec.publicKey, signature, mustCall((error, ok) => assert.deepStrictEqual([error, ok], [null, true])));
  crypto.verify('sha512', data, ec.publicKey, signature, mustCall((error, ok) => assert.deepStrictEqual([error, ok], [null, false])));
}));
crypto.sign('sha256', data, crypto.generateKeyPairSync('x25519').privateKey, mustCall((error, signature) => {
  assert.match(error.code, /^ERR_OSSL_/);
  assert.strictEqual(signature, undefined);
}));

// The two numbers of DSA and ECDSA side by side.
for (const [{ privateKey, publicKey }, length] of [[ec, 96], [dsa, 40]]) {
  const side = { key: privateKey, dsaEncoding: 'ieee-p1363' };
  const signature = crypto.sign('sha1', data, side);
  assert.strictEqual(signature.length, length);
  assert.strictEqual(crypto.verify('sha1', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature), true);
  assert.strictEqual(crypto.createSign('sha1').update(data).sign(side).length, length);
  assert.strictEqual(crypto.verify('sha1', data, publicKey, signature), false);
}

// Paddings of RSA.
const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST, RSA_PSS_SALTLEN_AUTO, RSA_PKCS1_OAEP_PADDING } = crypto.constants;
for (const saltLength of [undefined, 0, 8, RSA_PSS_SALTLEN_DIGEST]) {
  const signature = crypto.createSign('sha256').update(data).sign({ key: rsa.privateKey, padding, saltLength });
  assert.strictEqual(crypto.verify('sha256', data, { key: rsa.publicKey, padding, saltLength: RSA_PSS_SALTLEN_AUTO }, signature), true);
  assert.strictEqual(crypto.verify('sha256', data, { key: rsa.publicKey, padding, saltLength: 9 }, signature), false);
}
assert.throws(() => crypto.sign('sha256', data, { key: rsa.privateKey, padding, saltLength: 1000 }),
              { library: 'rsa routines', reason: 'data too large for key size' });
assert.throws(() => crypto.sign('sha256', data, { key: rsa.privateKey, padding: RSA_PKCS1_OAEP_PADDING }),
              { code: 'ERR_OSSL_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE' });

// Misuse.
assert.throws(() => crypto.createSign(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createSign('no-such'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
assert.throws(() => crypto.createSign('sha1').update(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createSign('sha1').sign(), { code: 'ERR_CRYPTO_SIGN_KEY_REQUIRED' });
assert.throws(() => crypto.createSign('sha1').sign(rsa.publicKey), { code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });
assert.throws(() => crypto.createSign('sha1').sign('no key'), { library: 'DECODER routines' });
assert.throws(() => crypto.createVerify('sha1').verify(publicPem, 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createSign('sha1').sign({ key: pem, padding: '1' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => crypto.createSign('sha1').sign({ key: pem, dsaEncoding: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => crypto.sign('no-such', data, pem), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
assert.throws(() => crypto.sign('sha1', data, pem, 1), { code: 'ERR_INVALID_ARG_TYPE' });
const { privateKey: ed } = crypto.generateKeyPairSync('ed25519');
assert.throws(() => crypto.createSign('sha256').update('a').sign(ed), { code: 'ERR_CRYPTO_UNSUPPORTED_OPERATION' });
