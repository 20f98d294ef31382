// KeyObjects: what they are made of and tell, PEM and DER in all types, passphrases, equality; nothing of a key is seen by who inspects it.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');
const { inspect } = require('util');

const secret = crypto.createSecretKey(Buffer.from('correct horse'));
assert.deepStrictEqual([secret.type, secret.symmetricKeySize, secret.asymmetricKeyType], ['secret', 13, undefined]);
assert.strictEqual(secret.export().toString(), 'correct horse');
assert.ok(secret.equals(crypto.createSecretKey('Y29ycmVjdCBob3JzZQ==', 'base64')));
assert.ok(!secret.equals(crypto.createSecretKey('correct mouse', 'utf8')));
assert.strictEqual(String(secret), '[object KeyObject]');
assert.strictEqual(crypto.createSecretKey(Buffer.alloc(0)).symmetricKeySize, 0);

const pairs = {
  'rsa': { modulusLength: 1024 }, 'rsa-pss': { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 16 },
  'dsa': { modulusLength: 1024, divisorLength: 160 }, 'ec': { namedCurve: 'prime256v1' }, 'ed25519': {}, 'ed448': {}, 'x25519': {}, 'x448': {},
  'dh': { group: 'modp5' },
};
const details = {
  'rsa': { modulusLength: 1024, publicExponent: 65537n },
  'rsa-pss': { modulusLength: 1024, publicExponent: 65537n, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 16 },
  'dsa': { modulusLength: 1024, divisorLength: 160 }, 'ec': { namedCurve: 'prime256v1' },
};
const keys = [secret];
for (const [type, options] of Object.entries(pairs)) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  keys.push(publicKey, privateKey);
  assert.deepStrictEqual([publicKey.type, privateKey.type, publicKey.symmetricKeySize], ['public', 'private', undefined]);
  assert.deepStrictEqual([publicKey.asymmetricKeyType, privateKey.asymmetricKeyType], [type, type]);
  for (const key of [publicKey, privateKey]) assert.deepStrictEqual(key.asymmetricKeyDetails, details[type] ?? {});
  assert.ok(!publicKey.equals(privateKey));
  assert.ok(crypto.createPublicKey(privateKey).equals(publicKey));

  const privateTypes = { rsa: ['pkcs1', 'pkcs8'], ec: ['sec1', 'pkcs8'] }[type] ?? ['pkcs8'];
  for (const format of ['pem', 'der']) {
    for (const kind of type === 'rsa' ? ['pkcs1', 'spki'] : ['spki']) {
      const key = publicKey.export({ format, type: kind });
      assert.strictEqual(typeof key, format === 'pem' ? 'string' : 'object');
      assert.ok(crypto.createPublicKey({ key, format, type: kind }).equals(publicKey));
    }
    for (const kind of privateTypes) {
      const key = privateKey.export({ format, type: kind });
      assert.ok(crypto.createPrivateKey({ key, format, type: kind }).equals(privateKey));
      assert.ok(crypto.createPublicKey({ key, format, type: kind }).equals(publicKey));
      if (format === 'der' && kind !== 'pkcs8') continue;
      const cipher = { cipher: 'aes-256-cbc', passphrase: Buffer.from('top') };
      const locked = privateKey.export({ format, type: kind, ...cipher });
      assert.ok(crypto.createPrivateKey({ key: locked, format, type: kind, passphrase: 'top' }).equals(privateKey));
      assert.strictEqual(cipher.passphrase.toString(), 'top');
      assert.throws(() => crypto.createPrivateKey({ key: locked, format, type: kind, passphrase: 'bottom' }), { code: /^ERR_OSSL_/ });
      const without = { code: format === 'der' ? 'ERR_MISSING_PASSPHRASE' : 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED' };
      assert.throws(() => crypto.createPrivateKey({ key: locked, format, type: kind }), without);
    }
  }
}

// Nothing secret is shown, whatever one asks inspect for.
for (const key of keys) {
  for (const options of [{}, { showHidden: true, depth: null, getters: true }]) {
    assert.doesNotMatch(inspect({ key }, options), /correct|BEGIN|[Bb]uffer/);
  }
  assert.strictEqual(JSON.stringify(key), '{}');
  assert.deepStrictEqual(Reflect.ownKeys(key), []);
}

// Misuse.
const { KeyObject, createPrivateKey, createPublicKey, createSecretKey } = crypto;
const [, publicKey, privateKey] = keys;
assert.throws(() => new KeyObject('other', {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new KeyObject('secret', 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => new KeyObject('secret', {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => KeyObject.from(secret), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => secret.equals(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createSecretKey(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createPublicKey(publicKey), { code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });
assert.throws(() => createPublicKey(secret), { code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });
assert.throws(() => createPrivateKey(privateKey), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => createPrivateKey(publicKey.export({ type: 'spki', format: 'pem' })), { message: 'error:1E08010C:DECODER routines::unsupported' });
assert.throws(() => createPrivateKey({ key: Buffer.alloc(4), format: 'der' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createPrivateKey({ key: Buffer.alloc(4), format: 'der', type: 'spki' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createPrivateKey({ key: 'x', format: 'other' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => createPrivateKey({ key: 'x', passphrase: 1 }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => publicKey.export(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => publicKey.export({ type: 'pkcs8', format: 'pem' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => privateKey.export({ type: 'sec1', format: 'pem' }), { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS' });
assert.throws(() => privateKey.export({ type: 'pkcs8', format: 'pem', passphrase: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'no-such', passphrase: 'x' }),
              { code: 'ERR_CRYPTO_UNKNOWN_CIPHER' });
assert.throws(() => privateKey.export({ type: 'pkcs1', format: 'der', cipher: 'aes-128-cbc', passphrase: 'x' }),
              { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS' });
assert.throws(() => secret.export({ format: 'pem' }), { code: 'ERR_INVALID_ARG_VALUE' });
