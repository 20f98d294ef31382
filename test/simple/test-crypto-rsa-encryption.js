// RSA's encryption: OAEP with its digests and labels, PKCS #1 with a key of either kind, what does not decrypt, misuse.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');

const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const data = Buffer.from('I AM THE WALRUS');
const { RSA_PKCS1_PADDING, RSA_NO_PADDING, RSA_PKCS1_OAEP_PADDING } = crypto.constants;

for (const extra of [{}, { padding: RSA_PKCS1_OAEP_PADDING }, { oaepHash: 'sha256' }, { oaepHash: 'sha512', oaepLabel: Buffer.from('for') },
  { oaepLabel: 'text' }]) {
  const sealed = crypto.publicEncrypt({ key: publicKey, ...extra }, data);
  assert.strictEqual(sealed.length, 256);
  assert.deepStrictEqual(crypto.privateDecrypt({ key: privateKey, ...extra }, sealed), data);
  const wrong = { key: privateKey, ...extra, oaepLabel: Buffer.from('against') };
  assert.throws(() => crypto.privateDecrypt(wrong, sealed), { code: 'ERR_OSSL_RSA_OAEP_DECODING_ERROR' });
}

// A private key stands for its public one; strings have encodings.
assert.deepStrictEqual(crypto.privateDecrypt(privateKey, crypto.publicEncrypt(privateKey, data)), data);
const jwk = { key: privateKey.export({ format: 'jwk' }), format: 'jwk' };
assert.deepStrictEqual(crypto.privateDecrypt(jwk, crypto.publicEncrypt(jwk, data)), data);
const fromHex = crypto.publicEncrypt({ key: publicKey, encoding: 'hex' }, data.toString('hex'));
assert.deepStrictEqual(crypto.privateDecrypt(privateKey, fromHex), data);

const signed = crypto.privateEncrypt(privateKey, data);
assert.deepStrictEqual(crypto.publicDecrypt(publicKey, signed), data);
assert.deepStrictEqual(crypto.publicDecrypt({ key: privateKey, padding: RSA_PKCS1_PADDING }, signed), data);
signed[9] ^= 1;
assert.throws(() => crypto.publicDecrypt(publicKey, signed), { code: /^ERR_OSSL_/ });

const block = crypto.randomBytes(256);
block[0] = 0;
const plain = crypto.publicEncrypt({ key: publicKey, padding: RSA_NO_PADDING }, block);
assert.deepStrictEqual(crypto.privateDecrypt({ key: privateKey, padding: RSA_NO_PADDING }, plain), block);

// Decryption of PKCS #1 tells attackers too much, unless the library makes up bytes for what is badly padded.
const old = crypto.publicEncrypt({ key: publicKey, padding: RSA_PKCS1_PADDING }, data);
try {
  assert.deepStrictEqual(crypto.privateDecrypt({ key: privateKey, padding: RSA_PKCS1_PADDING }, old), data);
} catch (error) {
  assert.strictEqual(error.code, 'ERR_INVALID_ARG_VALUE');
  assert.match(error.message, /--security-revert=CVE-2023-46809/);
}

assert.throws(() => crypto.publicEncrypt(publicKey, Buffer.alloc(300)), { code: 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE' });
assert.throws(() => crypto.privateDecrypt(privateKey, data), { code: /^ERR_OSSL_/ });
assert.throws(() => crypto.privateDecrypt(publicKey, data), { code: 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE' });
assert.throws(() => crypto.publicEncrypt(crypto.generateKeyPairSync('ed25519').publicKey, data), { code: /^ERR_OSSL_/ });
assert.throws(() => crypto.publicEncrypt(publicKey, 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.publicEncrypt(null, data), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.publicEncrypt({ key: publicKey, oaepHash: 'x' }, data), { code: 'ERR_OSSL_EVP_INVALID_DIGEST' });
assert.throws(() => crypto.publicEncrypt({ key: publicKey, oaepHash: 1 }, data), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.publicEncrypt({ key: publicKey, oaepLabel: 1 }, data), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.publicEncrypt({ key: publicKey, padding: 'x' }, data), { code: 'ERR_INVALID_ARG_TYPE' });
