// Signatures: published vectors of RFC 8032 (Ed25519, Ed448), RFC 6979 (ECDSA), RFC 7515 A.2 (RSA, PKCS #1) and RSA Laboratories' pss-vect.txt.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');

const base64url = (hex) => Buffer.from(hex, 'hex').toString('base64url');

function edwards(crv, d, x, message, signature) {
  const jwk = { kty: 'OKP', crv, x: base64url(x), d: base64url(d) };
  const privateKey = crypto.createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = crypto.createPublicKey(privateKey);
  assert.strictEqual(publicKey.export({ format: 'jwk' }).x, jwk.x);
  const data = Buffer.from(message, 'hex');
  assert.strictEqual(crypto.sign(null, data, privateKey).toString('hex'), signature);
  const bytes = Buffer.from(signature, 'hex');
  assert.strictEqual(crypto.verify(null, data, publicKey, bytes), true);
  bytes[0] ^= 1;
  assert.strictEqual(crypto.verify(undefined, data, publicKey, bytes), false);
}
edwards('Ed25519', '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b');
edwards('Ed25519', '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00');
edwards('Ed448', '6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b',
  '5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180', '',
  '533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a' +
  '9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600');

// RFC 6979 A.2.5
const p256 = crypto.createPublicKey({ format: 'jwk', key: {
  kty: 'EC', crv: 'P-256', x: base64url('60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6'),
  y: base64url('7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299'),
} });
const rs = Buffer.from('EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716' +
  'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8', 'hex');
const side = { key: p256, dsaEncoding: 'ieee-p1363' };
assert.strictEqual(crypto.verify('sha256', Buffer.from('sample'), side, rs), true);
assert.strictEqual(crypto.createVerify('sha256').update('sample').verify(side, rs), true);
assert.strictEqual(crypto.verify('sha256', Buffer.from('samples'), side, rs), false);
assert.strictEqual(crypto.verify('sha256', Buffer.from('sample'), side, rs.subarray(1)), false);
assert.strictEqual(crypto.verify('sha256', Buffer.from('sample'), p256, rs), false);

// RFC 7515 A.2
const rs256 = crypto.createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: 'AQAB',
  n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW' +
    'vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k' +
    'G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ' } });
assert.strictEqual(crypto.createVerify('RSA-SHA256')
  .update('eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ')
  .verify(rs256, 'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQ' +
    'jbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6Bf' +
    'I7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw', 'base64url'), true);

// Example 1.1 of pss-vect.txt
const pss = crypto.createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: 'AQAB', n: base64url(
  'a56e4a0e701017589a5187dc7ea841d156f2ec0e36ad52a44dfeb1e61f7ad991d8c51056ffedb162b4c0f283a12a88a394dff526ab7291cbb307ceabfce0b1df' +
  'd5cd9508096d5b2b8b6df5d671ef6377c0921cb23c270a70e2598e6ff89d19f105acc2d3f0cb35f29280e1386b6f64c4ef22e1e1f20d0ce8cffb2249bd9a2137') } });
const message = Buffer.from('cdc87da223d786df3b45e0bbbc721326d1ee2af806cc315475cc6f0d9c66e1b62371d45ce2392e1ac92844c310102f156a0d8d52c1f4c40ba3' +
  'aa65095786cb769757a6563ba958fed0bcc984e8b517a3d5f515b23b8a41e74aa867693f90dfb061a6e86dfaaee64472c00e5f20945729cbebe77f06ce78e08f4098fb' +
  'a41f9d6193c0317e8b60d4b6084acb42d29e3808a3bc372d85e331170fcbf7cc72d0b71c296648b3a4d10f416295d0807aa625cab2744fd9ea8fd223c42537029828bd' +
  '16be02546f130fd2e33b936d2676e08aed1b73318b750a0167d0', 'hex');
const signature = Buffer.from('9074308fb598e9701b2294388e52f971faac2b60a5145af185df5287b5ed2887e57ce7fd44dc8634e407c8e0e4360bc226f3ec227f9d9e54' +
  '638e8d31f5051215df6ebb9c2f9579aa77598a38f914b5b9c1bd83c4e2f9f382a0d0aa3542ffee65984a601bc69eb28deb27dca12c82c2d4c3f66cd500f1ff2b994d8a' +
  '4e30cbb33c', 'hex');
const { RSA_PKCS1_PSS_PADDING: padding } = crypto.constants;
assert.strictEqual(crypto.verify('sha1', message, { key: pss, padding, saltLength: 20 }, signature), true);
assert.strictEqual(crypto.verify('sha1', message, { key: pss, padding, saltLength: 19 }, signature), false);
assert.strictEqual(crypto.verify('sha1', message, pss, signature), false);
