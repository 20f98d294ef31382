// ECDH: agreement by RFC 5903 8.1, points in their three forms, keys that are set, points and numbers that are none of the curve.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');

const ends = [['C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433'], ['C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53']]
  .map(([d]) => crypto.createECDH('prime256v1').setPrivateKey(d, 'hex'));
assert.strictEqual(ends[0].getPublicKey('hex'), '04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180' +
  '5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3');
const shared = 'd6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de';
for (const form of ['compressed', 'uncompressed', 'hybrid']) {
  assert.strictEqual(ends[0].computeSecret(ends[1].getPublicKey('hex', form), 'hex', 'hex'), shared);
  assert.strictEqual(ends[1].computeSecret(ends[0].getPublicKey(null, form)).toString('hex'), shared);
}

const ecdh = new crypto.ECDH('secp256k1');
assert.throws(() => ecdh.getPublicKey(), { message: 'Failed to get ECDH public key' });
assert.throws(() => ecdh.getPrivateKey(), { message: 'Failed to get ECDH private key' });
assert.throws(() => ecdh.computeSecret(ecdh), { code: 'ERR_INVALID_ARG_TYPE' });
const point = ecdh.generateKeys('hex', 'compressed');
assert.match(point, /^0[23][\da-f]{64}$/);
const whole = crypto.ECDH.convertKey(point, 'secp256k1', 'hex', 'hex', 'uncompressed');
assert.strictEqual(whole, ecdh.getPublicKey('hex'));
assert.strictEqual(crypto.ECDH.convertKey(whole, 'secp256k1', 'hex', 'hex', 'compressed'), point);
assert.match(crypto.ECDH.convertKey(whole, 'secp256k1', 'hex', 'hex', 'hybrid'), /^0[67]/);

// A key is refused and the old one stays.
const number = ecdh.getPrivateKey('hex');
for (const bad of ['00'.repeat(32), 'ff'.repeat(32)]) {
  assert.throws(() => ecdh.setPrivateKey(bad, 'hex'), { code: 'ERR_CRYPTO_INVALID_KEYTYPE' });
}
assert.strictEqual(ecdh.getPrivateKey('hex'), number);
assert.throws(() => ecdh.computeSecret(ends[0].getPublicKey()), { code: 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY' });
assert.throws(() => ecdh.computeSecret(Buffer.alloc(65)), { code: 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY' });
assert.throws(() => ecdh.setPublicKey(ends[0].getPublicKey()), { message: 'Failed to convert Buffer to EC_POINT' });
ecdh.setPublicKey(crypto.createECDH('secp256k1').generateKeys());
assert.throws(() => ecdh.computeSecret(whole, 'hex'), { code: 'ERR_CRYPTO_INVALID_KEYPAIR' });

assert.throws(() => crypto.createECDH(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createECDH('no-such'), { code: 'ERR_CRYPTO_INVALID_CURVE' });
assert.throws(() => ecdh.getPublicKey('hex', 'flat'), { code: 'ERR_CRYPTO_ECDH_INVALID_FORMAT' });
assert.throws(() => crypto.ECDH.convertKey('00', 'no-such', 'hex'), { code: 'ERR_CRYPTO_INVALID_CURVE' });
assert.throws(() => crypto.ECDH.convertKey('ff'.repeat(33), 'secp256k1', 'hex'), { message: 'Failed to convert Buffer to EC_POINT' });
