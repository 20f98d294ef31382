// Bits and keys that web cryptography derives, by published vectors: RFC 5869 A, RFC 6070, RFC 7914 11, RFC 7748 6, NIST CAVP (ECC CDH, P-256).
'use strict';

require('../common');
const assert = require('assert');
const { webcrypto: { subtle } } = require('crypto');

const bytes = (hex) => Buffer.from(hex, 'hex');
const hex = (buffer) => Buffer.from(buffer).toString('hex');

async function kdf(algorithm, key, out) {
  const base = await subtle.importKey('raw', key, algorithm.name, false, ['deriveBits', 'deriveKey']);
  assert.strictEqual(hex(await subtle.deriveBits(algorithm, base, out.length * 4)), out);
  const derived = await subtle.deriveKey(algorithm, base, { name: 'HMAC', hash: 'SHA-256', length: 128 }, true, ['sign']);
  assert.strictEqual(hex(await subtle.exportKey('raw', derived)), out.slice(0, 32));
  for (const length of [null, 0, 7]) await assert.rejects(subtle.deriveBits(algorithm, base, length), { name: 'OperationError' });
}

const hkdf = (hash, key, salt, info, out) => kdf({ name: 'HKDF', hash, salt: bytes(salt), info: bytes(info) }, bytes(key), out);
const pbkdf2 = (hash, password, salt, iterations, out) => kdf({ name: 'PBKDF2', hash, salt: Buffer.from(salt), iterations }, Buffer.from(password), out);

async function agree(name, privateKey, publicKey, secret) {
  const algorithm = { name, public: publicKey };
  assert.strictEqual(hex(await subtle.deriveBits(algorithm, privateKey, null)), secret);
  assert.strictEqual(hex(await subtle.deriveBits(algorithm, privateKey, 64)), secret.slice(0, 16));
  await assert.rejects(subtle.deriveBits(algorithm, privateKey, secret.length * 4 + 8), { name: 'OperationError' });
  const key = await subtle.deriveKey(algorithm, privateKey, { name: 'AES-GCM', length: 128 }, true, ['encrypt']);
  assert.strictEqual(hex(await subtle.exportKey('raw', key)), secret.slice(0, 32));
}

// The two parties by their [private, public] key.
async function montgomery(name, ours, theirs, secret) {
  for (const [[own, x], [, other]] of [[ours, theirs], [theirs, ours]]) {
    const jwk = { kty: 'OKP', crv: name, d: bytes(own).toString('base64url'), x: bytes(x).toString('base64url') };
    const privateKey = await subtle.importKey('jwk', jwk, name, false, ['deriveBits', 'deriveKey']);
    await agree(name, privateKey, await subtle.importKey('raw', bytes(other), name, true, []), secret);
  }
  const privateKey = (await subtle.generateKey(name, false, ['deriveBits'])).privateKey;
  // A point of small order makes a secret that anybody knows.
  const zero = await subtle.importKey('raw', Buffer.alloc(ours[1].length / 2), name, true, []);
  await assert.rejects(subtle.deriveBits({ name, public: zero }, privateKey, null), { name: 'OperationError' });
}

async function ecdh() {
  const namedCurve = 'P-256';
  const base64url = (text) => bytes(text).toString('base64url');
  const privateKey = await subtle.importKey('jwk', {
    kty: 'EC', crv: namedCurve, d: base64url('7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534'),
    x: base64url('ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230'),
    y: base64url('28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141'),
  }, { name: 'ECDH', namedCurve }, false, ['deriveBits', 'deriveKey']);
  const point = '700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac';
  const publicKey = await subtle.importKey('raw', bytes(`04${point}`), { name: 'ECDH', namedCurve }, true, []);
  await agree('ECDH', privateKey, publicKey, '46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b');
}

(async () => {
  const kInfo = 'f0f1f2f3f4f5f6f7f8f9';
  await hkdf('SHA-256', '0b'.repeat(22), '000102030405060708090a0b0c', kInfo,
             '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
  await hkdf('SHA-256', '0b'.repeat(22), '', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8');
  await hkdf('SHA-1', '0b'.repeat(11), '000102030405060708090a0b0c', kInfo,
             '085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896');
  await pbkdf2('SHA-1', 'password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6');
  await pbkdf2('SHA-1', 'password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1');
  await pbkdf2('SHA-1', 'passwordPASSWORDpassword', 'saltSALTsaltSALTsaltSALTsaltSALTsalt', 4096, '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038');
  await pbkdf2('SHA-1', 'pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3');
  await pbkdf2('SHA-256', 'passwd', 'salt', 1,
               '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783');
  await montgomery('X25519', ['77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
    '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'], ['5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
    'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'], '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
  await montgomery('X448', ['9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b',
    '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0'],
  ['1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d',
    '3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609'],
  '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d');
  await ecdh();
})();
