// AES of web cryptography by published vectors: key wrapping (RFC 3394 4), GCM (NIST CAVP gcmEncryptExtIV, McGrew and Viega's test case 4), CTR
// and CBC (NIST SP 800-38A F). Counters of any width turn over by themselves.
'use strict';

require('../common');
const assert = require('assert');
const { createCipheriv, webcrypto: { subtle } } = require('crypto');

const bytes = (hex) => Buffer.from(hex, 'hex');
const hex = (buffer) => Buffer.from(buffer).toString('hex');
const aesKey = (name, key, usages = ['encrypt', 'decrypt']) => subtle.importKey('raw', bytes(key), name, true, usages);

async function wrap(kek, data, wrapped) {
  const wrapping = await aesKey('AES-KW', kek, ['wrapKey', 'unwrapKey']);
  const key = await aesKey('AES-CBC', data);
  assert.strictEqual(hex(await subtle.wrapKey('raw', key, wrapping, 'AES-KW')), wrapped);
  const back = await subtle.unwrapKey('raw', bytes(wrapped), wrapping, 'AES-KW', 'AES-CBC', true, ['encrypt']);
  assert.strictEqual(hex(await subtle.exportKey('raw', back)), data);
  const forged = bytes(wrapped);
  forged[9] ^= 1;
  await assert.rejects(subtle.unwrapKey('raw', forged, wrapping, 'AES-KW', 'AES-CBC', true, ['encrypt']), { name: 'OperationError' });
}

async function both(algorithm, key, plain, sealed) {
  const cryptoKey = await aesKey(algorithm.name, key);
  assert.strictEqual(hex(await subtle.encrypt(algorithm, cryptoKey, bytes(plain))), sealed);
  assert.strictEqual(hex(await subtle.decrypt(algorithm, cryptoKey, bytes(sealed))), plain);
}

const kText = '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
const kKey128 = '2b7e151628aed2a6abf7158809cf4f3c';
const kKey256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
const kCounter = bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');

// The counter of the last `length` bits of the block, one step at a time.
function countByHand(key, counter, length, data) {
  const mask = (1n << BigInt(length)) - 1n;
  const block = BigInt(`0x${hex(counter)}`);
  const out = Buffer.from(data);
  for (let i = 0n; i * 16n < data.length; i++) {
    const next = (block & ~mask) | ((block + i) & mask);
    const pad = createCipheriv('aes-128-ecb', key, null).update(bytes(next.toString(16).padStart(32, '0')));
    for (let j = 0; j < 16 && Number(i) * 16 + j < out.length; j++) out[Number(i) * 16 + j] ^= pad[j];
  }
  return out;
}

async function testCounters() {
  const key = await aesKey('AES-CTR', kKey128);
  const data = Buffer.from(Array.from({ length: 100 }, (_, i) => i));
  for (const length of [3, 7, 8, 9, 31, 63, 64, 65, 100, 127, 128]) {
    const ff8 = 'ff'.repeat(8);
    const starts = ['00'.repeat(16), 'ff'.repeat(16), `${'ff'.repeat(15)}fd`, `00${'ff'.repeat(14)}fe`, `${'f0'.repeat(8)}${ff8}`];
    for (const start of starts) {
      const counter = bytes(start);
      const sealed = await subtle.encrypt({ name: 'AES-CTR', counter, length }, key, data);
      assert.strictEqual(hex(sealed), hex(countByHand(bytes(kKey128), counter, length, data)), `${length} ${start}`);
    }
  }
  const counter = Buffer.alloc(16);
  await subtle.encrypt({ name: 'AES-CTR', counter, length: 2 }, key, Buffer.alloc(64));
  await assert.rejects(subtle.encrypt({ name: 'AES-CTR', counter, length: 2 }, key, Buffer.alloc(65)), { name: 'OperationError' });
  for (const length of [0, 129]) {
    await assert.rejects(subtle.encrypt({ name: 'AES-CTR', counter, length }, key, data), { name: 'OperationError' });
  }
}

async function testGcm() {
  await both({ name: 'AES-GCM', iv: bytes('0d18e06c7c725ac9e362e1ce') }, '31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22',
             '2db5168e932556f8089a0622981d017d', 'fa4362189661d163fcd6a56d8bf0405ad636ac1bbedd5cc3ee727dc2ab4a9489');
  const key = 'feffe9928665731c6d6a8f9467308308';
  const iv = bytes('cafebabefacedbaddecaf888');
  const additionalData = bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2');
  const plain = 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
  const sealed = '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091';
  await both({ name: 'AES-GCM', iv, additionalData }, key, plain, `${sealed}5bc94fbc3221a5db94fae95ae7121a47`);
  await both({ name: 'AES-GCM', iv, additionalData, tagLength: 32 }, key, plain, `${sealed}5bc94fbc`);
  const cryptoKey = await aesKey('AES-GCM', key);
  await assert.rejects(subtle.decrypt({ name: 'AES-GCM', iv }, cryptoKey, bytes(`${sealed}5bc94fbc3221a5db94fae95ae7121a47`)), (error) => {
    assert.strictEqual(error.name, 'OperationError');
    assert.ok(error.cause instanceof Error);
    return true;
  });
  await assert.rejects(subtle.encrypt({ name: 'AES-GCM', iv, tagLength: 33 }, cryptoKey, iv), { name: 'OperationError' });
  await assert.rejects(subtle.encrypt({ name: 'AES-GCM', iv: Buffer.alloc(0) }, cryptoKey, iv), { name: 'OperationError' });
}

// On the pool, where data is larger.
async function testLarge() {
  const data = Buffer.alloc(1 << 20, 'large');
  const [iv, counter] = [kCounter, kCounter];
  for (const algorithm of [{ name: 'AES-GCM', iv }, { name: 'AES-CBC', iv }, { name: 'AES-CTR', counter, length: 20 }]) {
    const key = await aesKey(algorithm.name, kKey256);
    const copy = Buffer.from(data);
    const promise = subtle.encrypt(algorithm, key, copy);
    copy.fill(0);
    const sealed = await promise;
    assert.ok(data.equals(Buffer.from(await subtle.decrypt(algorithm, key, sealed))));
  }
}

(async () => {
  await wrap('000102030405060708090a0b0c0d0e0f', '00112233445566778899aabbccddeeff', '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5');
  await wrap('000102030405060708090a0b0c0d0e0f1011121314151617', '00112233445566778899aabbccddeeff0001020304050607',
             '031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2');
  await wrap('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
             '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
             '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21');
  await testGcm();
  await both({ name: 'AES-CTR', counter: kCounter, length: 128 }, kKey128, kText,
             '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee');
  await both({ name: 'AES-CTR', counter: kCounter, length: 64 }, kKey256, kText,
             '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6');
  const iv = bytes('000102030405060708090a0b0c0d0e0f');
  const key = await aesKey('AES-CBC', kKey128);
  assert.strictEqual(hex(await subtle.encrypt({ name: 'AES-CBC', iv }, key, bytes(kText))).slice(0, 128),
                     '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7');
  await assert.rejects(subtle.decrypt({ name: 'AES-CBC', iv }, key, Buffer.alloc(15)), { name: 'OperationError' });
  await testCounters();
  await testLarge();
})();
