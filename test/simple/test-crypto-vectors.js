// Digests, HMAC, key derivation and ciphers give what the standards print.
'use strict';

require('../common');
const assert = require('assert');
const crypto = require('crypto');

const hex = (text) => Buffer.from(text.replace(/\s/g, ''), 'hex');

// FIPS 180-4 and FIPS 202: the examples for "abc".
const digests = {
  'sha1': 'a9993e364706816aba3e25717850c26c9cd0d89d',
  'sha224': '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  'sha256': 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'sha384': 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  'sha512': 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
            '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  'sha3-256': '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
};
for (const [name, digest] of Object.entries(digests)) {
  assert.strictEqual(crypto.createHash(name).update('abc').digest('hex'), digest, name);
}
assert.strictEqual(crypto.createHash('shake128', { outputLength: 32 }).digest('hex'),
  '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26');

// RFC 4231, test cases 1, 2, 3 and 6.
for (const [key, data, mac] of [
  ['0b'.repeat(20), Buffer.from('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  ['4a656665', Buffer.from('what do ya want for nothing?'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  ['aa'.repeat(20), Buffer.alloc(50, 0xdd), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  ['aa'.repeat(131), Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
   '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
]) {
  assert.strictEqual(crypto.createHmac('sha256', hex(key)).update(data).digest('hex'), mac);
  assert.strictEqual(crypto.createHmac('sha256', crypto.createSecretKey(hex(key))).update(data).digest('hex'), mac);
}

// RFC 6070.
for (const [password, salt, iterations, length, key] of [
  ['password', 'salt', 1, 20, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
  ['password', 'salt', 4096, 20, '4b007901b765489abead49d926f721d065a429c1'],
  ['pass\0word', 'sa\0lt', 4096, 16, '56fa6aa75548099dcc37d7f03425e0c3'],
]) {
  assert.strictEqual(crypto.pbkdf2Sync(password, salt, iterations, length, 'sha1').toString('hex'), key);
}

// RFC 7914, section 12.
for (const [password, salt, N, r, p, key] of [
  ['', '', 16, 1, 1, '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442' +
                     'fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906'],
  ['password', 'NaCl', 1024, 8, 16, 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162' +
                                    '2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640'],
]) {
  assert.strictEqual(crypto.scryptSync(password, salt, 64, { N, r, p }).toString('hex'), key);
}

// RFC 5869, appendix A: test cases 1 and 3.
for (const [salt, info, key] of [
  [hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'),
   '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'],
  [Buffer.alloc(0), Buffer.alloc(0),
   '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
]) {
  const derived = crypto.hkdfSync('sha256', Buffer.alloc(22, 0x0b), salt, info, 42);
  assert.strictEqual(Buffer.from(derived).toString('hex'), key);
}

// ---- Ciphers with authentication --------------------------------------------------------------

function checkAead({ name, key, iv, aad, plain, sealed, tag }) {
  [key, iv, aad, plain, sealed, tag] = [key, iv, aad, plain, sealed, tag].map(hex);
  const options = { authTagLength: tag.length };
  const cipher = crypto.createCipheriv(name, key, iv, options);
  cipher.setAAD(aad, { plaintextLength: plain.length });
  assert.strictEqual(cipher.update(plain, undefined, 'hex') + cipher.final('hex'), sealed.toString('hex'), name);
  assert.deepStrictEqual(cipher.getAuthTag(), tag);
  for (const forged of [false, true]) {
    const decipher = crypto.createDecipheriv(name, key, iv, options);
    const given = Buffer.from(tag);
    if (forged) given[0] ^= 1;
    decipher.setAuthTag(given);
    decipher.setAAD(aad, { plaintextLength: plain.length });
    const opened = decipher.update(sealed);
    if (forged) {
      assert.throws(() => decipher.final(), /unable to authenticate data/);
    } else {
      assert.deepStrictEqual(Buffer.concat([opened, decipher.final()]), plain);
    }
  }
}

// GCM's specification (McGrew and Viega), test case 4.
checkAead({
  name: 'aes-128-gcm', key: 'feffe9928665731c6d6a8f9467308308', iv: 'cafebabefacedbaddecaf888',
  aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
  plain: 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  sealed: '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091',
  tag: '5bc94fbc3221a5db94fae95ae7121a47',
});
// NIST SP 800-38C, appendix C, example 1.
checkAead({
  name: 'aes-128-ccm', key: '404142434445464748494a4b4c4d4e4f', iv: '10111213141516', aad: '0001020304050607', plain: '20212223',
  sealed: '7162015b', tag: '4dac255d',
});
// RFC 7253, appendix A.
checkAead({
  name: 'aes-128-ocb', key: '000102030405060708090A0B0C0D0E0F', iv: 'BBAA99887766554433221101', aad: '0001020304050607',
  plain: '0001020304050607', sealed: '6820B3657B6F615A', tag: '5725BDA0D3B4EB3A257C9AF1F8F03009',
});
// RFC 8439, section 2.8.2.
checkAead({
  name: 'chacha20-poly1305', key: '808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f', iv: '070000004041424344454647',
  aad: '50515253c0c1c2c3c4c5c6c7',
  plain: Buffer.from("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, " +
    'sunscreen would be it.').toString('hex'),
  sealed: 'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd' +
    '3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116',
  tag: '1ae10b594f09e26a7e902ecbd0600691',
});

// RFC 3394, section 4.1: a key wrapped by a key.
{
  const key = hex('000102030405060708090A0B0C0D0E0F');
  const cipher = crypto.createCipheriv('aes128-wrap', key, hex('A6A6A6A6A6A6A6A6'));
  const wrapped = Buffer.concat([cipher.update(hex('00112233445566778899AABBCCDDEEFF')), cipher.final()]);
  assert.strictEqual(wrapped.toString('hex'), '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5');
}

// NIST SP 800-38A, F.2.1 and F.5.1: the first block.
for (const [name, iv, block] of [
  ['aes-128-cbc', '000102030405060708090a0b0c0d0e0f', '7649abac8119b246cee98e9b12e9197d'],
  ['aes-128-ctr', 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff', '874d6191b620e3261bef6864990db6ce'],
]) {
  const cipher = crypto.createCipheriv(name, hex('2b7e151628aed2a6abf7158809cf4f3c'), hex(iv));
  assert.strictEqual(cipher.update('6bc1bee22e409f96e93d7e117393172a', 'hex', 'hex'), block);
}
