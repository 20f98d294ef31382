// JSON Web Keys: those of RFC 7517 A.2 and RFC 8037 A come and go unchanged, RFC 7638's thumbprint, every type and curve, what is no key.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');

const n = '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4H' +
  'c5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQF' +
  'h6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
const rsa = crypto.createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB', alg: 'RS256' }, format: 'jwk' });
const { e, kty } = rsa.export({ format: 'jwk' });
assert.strictEqual(crypto.createHash('sha256').update(JSON.stringify({ e, kty, n: rsa.export({ format: 'jwk' }).n })).digest('base64url'),
                   'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
assert.deepStrictEqual(rsa.asymmetricKeyDetails, { modulusLength: 2048, publicExponent: 65537n });

const ec = { kty: 'EC', crv: 'P-256', x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE' };
assert.deepStrictEqual(crypto.createPrivateKey({ key: ec, format: 'jwk' }).export({ format: 'jwk' }), ec);
const ecPublic = crypto.createPublicKey({ key: ec, format: 'jwk' });
assert.strictEqual(ecPublic.type, 'public');
assert.strictEqual(ecPublic.export({ format: 'jwk' }).d, undefined);

const ed = { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const edPrivate = crypto.createPrivateKey({ key: ed, format: 'jwk' });
assert.deepStrictEqual(edPrivate.export({ format: 'jwk' }), ed);
assert.strictEqual(crypto.sign(null, Buffer.from('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc'), edPrivate).toString('base64url'),
                   'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg');

// RFC 7517 A.3
const oct = crypto.createSecretKey('AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow', 'base64url');
assert.deepStrictEqual(oct.export({ format: 'jwk' }),
                       { kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow' });

const types = [['rsa', { modulusLength: 1024 }], ['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'P-384' }],
  ['ec', { namedCurve: 'P-521' }], ['ec', { namedCurve: 'secp256k1' }], ['ed25519'], ['ed448'], ['x25519'], ['x448']];
for (const [type, options] of types) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  const jwk = privateKey.export({ format: 'jwk' });
  const again = crypto.createPrivateKey({ key: jwk, format: 'jwk' });
  assert.strictEqual(again.asymmetricKeyType, type);
  assert.ok(again.equals(privateKey));
  assert.deepStrictEqual(again.export({ type: 'pkcs8', format: 'der' }), privateKey.export({ type: 'pkcs8', format: 'der' }));
  assert.ok(crypto.createPublicKey({ key: publicKey.export({ format: 'jwk' }), format: 'jwk' }).equals(publicKey));
  assert.ok(crypto.createPublicKey({ key: jwk, format: 'jwk' }).equals(publicKey));
}

function refuse(key, code, create = crypto.createPublicKey) {
  assert.throws(() => create({ key, format: 'jwk' }), { code });
}
refuse('text', 'ERR_INVALID_ARG_TYPE');
refuse({}, 'ERR_INVALID_ARG_VALUE');
refuse({ kty: 'oct', k: 'AA' }, 'ERR_INVALID_ARG_VALUE');
refuse({ kty: 'RSA', n }, 'ERR_INVALID_ARG_TYPE');
refuse({ kty: 'RSA', n, e: 'AQAB' }, 'ERR_INVALID_ARG_TYPE', crypto.createPrivateKey);
refuse({ ...ec, crv: 'P-255' }, 'ERR_INVALID_ARG_VALUE');
refuse({ ...ec, x: ec.y }, 'ERR_CRYPTO_INVALID_JWK');
refuse({ ...ec, x: `AAAA${ec.x}` }, 'ERR_CRYPTO_INVALID_JWK');
refuse({ ...ed, x: 'AA' }, 'ERR_CRYPTO_INVALID_JWK');
refuse({ ...ed, d: 'AA' }, 'ERR_CRYPTO_INVALID_JWK', crypto.createPrivateKey);
const other = crypto.generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).publicKey;
assert.throws(() => other.export({ format: 'jwk' }), { code: 'ERR_CRYPTO_JWK_UNSUPPORTED_CURVE' });
const dsa = crypto.generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey;
assert.throws(() => dsa.export({ format: 'jwk' }), { code: 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE' });
assert.throws(() => edPrivate.export({ format: 'jwk', passphrase: 'x' }), { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS' });
