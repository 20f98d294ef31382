// Signatures of web cryptography by published vectors: RFC 8032 7.1 and 7.4, RFC 4231 4.3, RFC 7515 A.1 to A.4. What it signs, crypto.verify()
// accepts, and the other way round.
'use strict';

require('../common');
const assert = require('assert');
const { KeyObject, constants, sign, verify, webcrypto: { subtle } } = require('crypto');

const bytes = (hex) => Buffer.from(hex, 'hex');
const hex = (buffer) => Buffer.from(buffer).toString('hex');

async function edwards(name, secret, pub, message, signature) {
  const x = bytes(pub).toString('base64url');
  const d = bytes(secret).toString('base64url');
  const privateKey = await subtle.importKey('jwk', { kty: 'OKP', crv: name, d, x }, name, true, ['sign']);
  const publicKey = await subtle.importKey('raw', bytes(pub), name, true, ['verify']);
  assert.strictEqual(hex(await subtle.sign(name, privateKey, bytes(message))), signature);
  assert.strictEqual(await subtle.verify(name, publicKey, bytes(signature), bytes(message)), true);
  assert.strictEqual(await subtle.verify(name, publicKey, bytes(signature), bytes(`${message}00`)), false);
  assert.strictEqual(await subtle.verify(name, publicKey, bytes(signature).subarray(1), bytes(message)), false);
}

async function hmac(hash, signature) {
  const key = await subtle.importKey('raw', Buffer.from('Jefe'), { name: 'HMAC', hash }, false, ['sign', 'verify']);
  const data = Buffer.from('what do ya want for nothing?');
  assert.strictEqual(hex(await subtle.sign('HMAC', key, data)), signature);
  assert.strictEqual(await subtle.verify('HMAC', key, bytes(signature), data), true);
  assert.strictEqual(await subtle.verify('HMAC', key, bytes(signature).reverse(), data), false);
  assert.strictEqual(await subtle.verify('HMAC', key, bytes(signature).subarray(1), data), false);
}

const kPayload = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

async function token(jwk, algorithm, text, signature) {
  const key = await subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  const given = Buffer.from(signature, 'base64url');
  assert.strictEqual(await subtle.verify(algorithm, key, given, Buffer.from(text)), true);
  given[5] ^= 1;
  assert.strictEqual(await subtle.verify(algorithm, key, given, Buffer.from(text)), false);
}

async function withCrypto(algorithm, digest, options) {
  const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const data = Buffer.from('data');
  const signature = await subtle.sign(algorithm, privateKey, data);
  assert.ok(signature instanceof ArrayBuffer);
  assert.strictEqual(verify(digest, data, { key: KeyObject.from(publicKey), ...options }, Buffer.from(signature)), true);
  // A CryptoKey will do, too.
  assert.strictEqual(await subtle.verify(algorithm, publicKey, sign(digest, data, { key: privateKey, ...options }), data), true);
}

(async () => {
  await edwards('Ed25519', '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
                'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
                'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b');
  await edwards('Ed25519', '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
                '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
                '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00');
  await edwards('Ed448', '6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b',
                '5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180', '',
                '533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d20' +
                '28d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600');
  await hmac('SHA-256', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  await hmac({ name: 'sha-384' }, 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649');

  await token({ kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow' },
              { name: 'HMAC', hash: 'SHA-256' }, `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${kPayload}`, 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
  await token({ kty: 'RSA', e: 'AQAB',
    n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b' +
      '32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5Ihl' +
      'JH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ' },
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, `eyJhbGciOiJSUzI1NiJ9.${kPayload}`,
  'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdi' +
  'uB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9' +
  'QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw');
  await token({ kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' },
              { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }, `eyJhbGciOiJFUzI1NiJ9.${kPayload}`,
              'DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q');
  await token({ kty: 'EC', crv: 'P-521', x: 'AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk',
    y: 'ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2' },
  { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' }, 'eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA',
  'AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqO' +
  'gzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn');

  const rsa = { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 };
  await withCrypto({ name: 'RSA-PSS', hash: 'SHA-384', saltLength: 20, ...rsa }, 'sha384', pss);
  await withCrypto({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1', ...rsa }, 'sha1');
  for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
    await withCrypto({ name: 'ECDSA', namedCurve, hash: 'SHA-512' }, 'sha512', { dsaEncoding: 'ieee-p1363' });
  }
  await withCrypto({ name: 'Ed25519' }, null);
})();
