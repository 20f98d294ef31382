// diffieHellman() between KeyObjects: RFC 7748 5.2 and 6.1, RFC 5903 8.1; keys that do not fit together.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');

const base64url = (hex) => Buffer.from(hex, 'hex').toString('base64url');
const key = (jwk) => crypto.createPrivateKey({ key: jwk, format: 'jwk' });

function agree(a, b, secret) {
  const shared = crypto.diffieHellman({ privateKey: a, publicKey: crypto.createPublicKey(b) });
  assert.deepStrictEqual(crypto.diffieHellman({ privateKey: b, publicKey: a }), shared);
  if (secret !== undefined) assert.strictEqual(shared.toString('hex'), secret);
}

const montgomery = (crv, d, x) => {
  const made = key({ kty: 'OKP', crv, d: base64url(d), x: base64url(x) });
  assert.strictEqual(made.export({ format: 'jwk' }).x, base64url(x));
  return made;
};
// 6.1: Bob's key and Alice's public one.
const bob = montgomery('X25519', '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
                       'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
const x25519 = (x) => crypto.createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: base64url(x) }, format: 'jwk' });
const alice = x25519('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
assert.strictEqual(crypto.diffieHellman({ privateKey: bob, publicKey: alice }).toString('hex'),
                   '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742');
// 5.2: a scalar and a point.
const pkcs8 = Buffer.from('302e020100300506032b656e04220420a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4', 'hex');
assert.strictEqual(crypto.diffieHellman({
  privateKey: crypto.createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
  publicKey: x25519('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c'),
}).toString('hex'), 'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552');

const p256 = (d, x, y) => key({ kty: 'EC', crv: 'P-256', d: base64url(d), x: base64url(x), y: base64url(y) });
agree(p256('C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433', 'DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180',
           '5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3'),
      p256('C6EF9C5D78AE012A011164ACB397CE2088685D8F06BF9BE0B283AB46476BEE53', 'D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63',
           '56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB'),
      'd6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de');

for (const [type, options] of [['x448'], ['ec', { namedCurve: 'secp521r1' }], ['dh', { group: 'modp14' }]]) {
  const [a, b] = [0, 1].map(() => crypto.generateKeyPairSync(type, options).privateKey);
  agree(a, b);
}

const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-384' });
const refuse = (options, code) => assert.throws(() => crypto.diffieHellman(options), { code });
refuse(undefined, 'ERR_INVALID_ARG_TYPE');
refuse({ privateKey: bob }, 'ERR_INVALID_ARG_VALUE');
refuse({ publicKey: alice }, 'ERR_INVALID_ARG_VALUE');
refuse({ privateKey: ec.publicKey, publicKey: ec.publicKey }, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE');
refuse({ privateKey: bob, publicKey: crypto.createSecretKey(Buffer.alloc(32)) }, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE');
refuse({ privateKey: bob, publicKey: ec.publicKey }, 'ERR_CRYPTO_INCOMPATIBLE_KEY');
const ed = crypto.generateKeyPairSync('ed25519').privateKey;
refuse({ privateKey: ed, publicKey: ed }, 'ERR_CRYPTO_INCOMPATIBLE_KEY');
const { publicKey: other } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
refuse({ privateKey: ec.privateKey, publicKey: other }, 'ERR_OSSL_MISMATCHING_DOMAIN_PARAMETERS');
// RFC 7748 6.1: a point of small order shares nothing.
refuse({ privateKey: bob, publicKey: x25519('00'.repeat(32)) },
       'ERR_OSSL_FAILED_DURING_DERIVATION');
