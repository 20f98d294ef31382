// Pairs and secrets of every type, at once, with a callback and with a promise; as KeyObjects or encoded; options that do not fit.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const crypto = require('crypto');
const { promisify } = require('util');

const types = [
  ['rsa', { modulusLength: 512, publicExponent: 3 }], ['rsa-pss', { modulusLength: 512 }], ['dsa', { modulusLength: 1024, divisorLength: 160 }],
  ['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'secp256k1', paramEncoding: 'explicit' }], ['ed25519', undefined], ['ed448', {}],
  ['x25519', undefined], ['x448', {}], ['dh', { group: 'modp14' }], ['dh', { primeLength: 512 }],
  ['dh', { prime: crypto.getDiffieHellman('modp5').getPrime(), generator: 2 }],
];
for (const [type, options] of types) {
  crypto.generateKeyPair(type, options, mustCall((error, publicKey, privateKey) => {
    assert.ifError(error);
    assert.deepStrictEqual([publicKey.type, publicKey.asymmetricKeyType], ['public', type]);
    assert.deepStrictEqual([privateKey.type, privateKey.asymmetricKeyType], ['private', type]);
    assert.ok(crypto.createPublicKey(privateKey).equals(publicKey));
  }));
}
crypto.generateKeyPair('ed25519', mustCall((error, publicKey) => assert.strictEqual(publicKey.asymmetricKeyType, 'ed25519')));

promisify(crypto.generateKeyPair)('ec', {
  namedCurve: 'P-521', publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'p' },
}).then(mustCall(({ publicKey, privateKey }) => {
  assert.match(publicKey, /^-----BEGIN PUBLIC KEY-----\n[^]*\n-----END PUBLIC KEY-----\n$/);
  assert.match(privateKey, /^-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED/);
  assert.ok(crypto.createPrivateKey({ key: privateKey, passphrase: 'p' }));
}));

const { publicKey, privateKey } = crypto.generateKeyPairSync('x25519', {
  publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' },
});
assert.deepStrictEqual([publicKey.crv, Buffer.isBuffer(privateKey)], ['X25519', true]);

// What only OpenSSL knows to be wrong comes by the callback.
crypto.generateKeyPair('rsa', { modulusLength: 512, publicExponent: 1 }, mustCall((error, ...keys) => {
  assert.match(error.code, /^ERR_OSSL_/);
  assert.match(error.message, /exponent/);
  assert.deepStrictEqual(keys, []);
}));

for (const [type, length, bytes] of [['aes', 128, 16], ['aes', 192, 24], ['hmac', 15, 1], ['hmac', 4096, 512]]) {
  const key = crypto.generateKeySync(type, { length });
  assert.deepStrictEqual([key.type, key.symmetricKeySize], ['secret', bytes]);
  crypto.generateKey(type, { length }, mustCall((error, other) => {
    assert.ifError(error);
    assert.strictEqual(other.symmetricKeySize, bytes);
    if (bytes >= 16) assert.ok(!other.equals(key));
  }));
}
promisify(crypto.generateKey)('aes', { length: 256 }).then(mustCall((key) => assert.strictEqual(key.symmetricKeySize, 32)));

function refuse(code, ...args) {
  assert.throws(() => crypto.generateKeyPairSync(...args), { code });
  assert.throws(() => crypto.generateKeyPair(...args, () => assert.fail('called')), { code });
}
refuse('ERR_INVALID_ARG_TYPE', 1, {});
refuse('ERR_INVALID_ARG_VALUE', 'no-such', {});
refuse('ERR_INVALID_ARG_VALUE', 'constructor', {});
refuse('ERR_INVALID_ARG_TYPE', 'rsa', {});
refuse('ERR_OUT_OF_RANGE', 'rsa', { modulusLength: -1 });
refuse('ERR_OUT_OF_RANGE', 'rsa', { modulusLength: 1024, publicExponent: 1.5 });
refuse('ERR_CRYPTO_INVALID_DIGEST', 'rsa-pss', { modulusLength: 512, hashAlgorithm: 'x' });
refuse('ERR_CRYPTO_INVALID_CURVE', 'ec', { namedCurve: 'x' });
refuse('ERR_INVALID_ARG_VALUE', 'ec', { namedCurve: 'P-256', paramEncoding: 'x' });
refuse('ERR_MISSING_OPTION', 'dh', {});
refuse('ERR_INCOMPATIBLE_OPTION_PAIR', 'dh', { group: 'modp5', generator: 2 });
refuse('ERR_CRYPTO_UNKNOWN_DH_GROUP', 'dh', { group: 'modp6' });
refuse('ERR_INVALID_ARG_VALUE', 'ec', { namedCurve: 'P-256', publicKeyEncoding: 'pem' });
refuse('ERR_INVALID_ARG_VALUE', 'ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'pkcs8', format: 'pem' } });
refuse('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', 'ec', { namedCurve: 'P-256', privateKeyEncoding: { type: 'pkcs1', format: 'pem' } });
refuse('ERR_CRYPTO_UNKNOWN_CIPHER', 'ec', { namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'x', passphrase: 'y' } });
assert.throws(() => crypto.generateKeyPair('rsa', { modulusLength: 512 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.generateKeySync('aes', { length: 127 }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => crypto.generateKeySync('hmac', { length: 7 }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.generateKeySync('des', { length: 56 }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => crypto.generateKey('aes', { length: 128 }), { code: 'ERR_INVALID_ARG_TYPE' });
