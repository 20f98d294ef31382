// What subtle refuses, and by which names. Nothing throws: all errors are rejections.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { webcrypto: { subtle } } = require('crypto');

const data = Buffer.from('data');
const refuse = (promise, expected) => assert.rejects(promise, typeof expected === 'string' ? { name: expected } : expected);

const kArguments = {
  encrypt: 3, decrypt: 3, sign: 3, verify: 4, digest: 2, generateKey: 3, deriveKey: 5, deriveBits: 3, importKey: 5, exportKey: 2,
  wrapKey: 4, unwrapKey: 7,
};

async function testArguments(key) {
  for (const [name, count] of Object.entries(kArguments)) {
    assert.strictEqual(subtle[name].length, count);
    await refuse(subtle[name](), { name: 'TypeError', code: 'ERR_MISSING_ARGS' });
    await refuse(subtle[name].call({}), { name: 'TypeError', code: 'ERR_INVALID_THIS' });
    await refuse(subtle[name](...Array(count).fill(Symbol('no'))), { name: 'TypeError' });
  }
  await refuse(subtle.digest('SHA-1'), {
    code: 'ERR_MISSING_ARGS', message: "Failed to execute 'digest' on 'SubtleCrypto': 2 arguments required, but only 1 present.",
  });
  const shared = new SharedArrayBuffer(8);
  for (const bytes of [undefined, null, 1, 'text', {}, [1], shared, new Uint8Array(shared)]) {
    await refuse(subtle.digest('SHA-1', bytes), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
  }
  for (const bytes of [data, data.buffer, new DataView(new ArrayBuffer(2)), new Float64Array(2)]) {
    assert.strictEqual((await subtle.digest('SHA-1', bytes)).byteLength, 20);
  }
  for (const usages of [undefined, null, 1, 'sign', {}]) {
    await refuse(subtle.generateKey('Ed25519', true, usages), { name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
  }
  await refuse(subtle.generateKey('Ed25519', true, ['sing']), { code: 'ERR_INVALID_ARG_VALUE', message: /index 0 value 'sing' is not/ });
  await refuse(subtle.exportKey('der', key), { code: 'ERR_INVALID_ARG_VALUE' });
  for (const none of [undefined, null, {}, data]) await refuse(subtle.exportKey('raw', none), { code: 'ERR_INVALID_ARG_TYPE' });
}

async function testAlgorithms(key) {
  for (const algorithm of [undefined, null, 1, '', 'SHA', 'SHA1', 'AES-GCM', { name: 'md5' }]) {
    await refuse(subtle.digest(algorithm, data), { name: 'NotSupportedError', code: 9, message: 'Unrecognized algorithm name' });
  }
  await refuse(subtle.digest({}, data), { name: 'TypeError', code: 'ERR_MISSING_OPTION' });
  await refuse(subtle.digest({ get name() { throw new RangeError('mine'); } }, data), 'RangeError');
  await refuse(subtle.encrypt({ name: 'AES-GCM' }, key, data), { code: 'ERR_MISSING_OPTION', message: /'iv' is required in/ });
  await refuse(subtle.encrypt({ name: 'AES-GCM', iv: 'text' }, key, data), { code: 'ERR_INVALID_ARG_TYPE' });
  await refuse(subtle.encrypt({ name: 'AES-GCM', iv: data, tagLength: -1 }, key, data), { code: 'ERR_OUT_OF_RANGE' });
  await refuse(subtle.encrypt({ name: 'AES-CBC', iv: Buffer.alloc(16) }, key, data), 'InvalidAccessError');
  await refuse(subtle.encrypt('AES-KW', key, data), 'NotSupportedError');
  await refuse(subtle.generateKey({ name: 'HMAC', hash: 'MD5' }, true, ['sign']), 'NotSupportedError');
  await refuse(subtle.generateKey({ name: 'ECDH', namedCurve: 'P-224' }, true, ['deriveBits']), 'NotSupportedError');
  await refuse(subtle.generateKey('HKDF', true, ['deriveBits']), 'NotSupportedError');
  await refuse(subtle.generateKey({ name: 'AES-CTR', length: 64 }, true, ['encrypt']), 'OperationError');
  await refuse(subtle.generateKey({ name: 'HMAC', hash: 'SHA-1', length: 0 }, true, ['sign']), 'OperationError');
  const wrong = [[1024, [1]], [1024, [1, 0, 0]], [1024, []], [1024, [1, 0, 0, 0, 1]], [16, [3]], [2 ** 31, [3]]];
  for (const [modulusLength, publicExponent] of wrong) {
    const algorithm = { name: 'RSA-PSS', hash: 'SHA-1', modulusLength, publicExponent: new Uint8Array(publicExponent) };
    await refuse(subtle.generateKey(algorithm, true, ['sign']), 'OperationError');
  }
}

async function testUsages() {
  const kEcdsa = { name: 'ECDSA', namedCurve: 'P-256' };
  await refuse(subtle.generateKey(kEcdsa, true, []), { name: 'SyntaxError', code: 12, message: /Usages cannot be empty/ });
  await refuse(subtle.generateKey(kEcdsa, true, ['verify']), 'SyntaxError');
  await refuse(subtle.generateKey(kEcdsa, true, ['sign', 'encrypt']), 'SyntaxError');
  await refuse(subtle.importKey('raw', Buffer.alloc(16), 'AES-GCM', true, []), 'SyntaxError');
  await refuse(subtle.importKey('raw', Buffer.alloc(16), 'AES-GCM', true, ['sign']), 'SyntaxError');
  await refuse(subtle.importKey('raw', data, 'PBKDF2', true, ['deriveBits']), 'SyntaxError');
  const { publicKey, privateKey } = await subtle.generateKey(kEcdsa, false, ['sign', 'verify']);
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  await refuse(subtle.sign(algorithm, publicKey, data), { name: 'InvalidAccessError', message: 'Unable to use this key to sign' });
  await refuse(subtle.verify(algorithm, privateKey, data, data), { name: 'InvalidAccessError', message: /to verify/ });
  await refuse(subtle.exportKey('pkcs8', privateKey), { name: 'InvalidAccessError', message: 'key is not extractable' });
  await refuse(subtle.exportKey('pkcs8', publicKey), 'InvalidAccessError');
  const ecdh = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveKey']);
  await refuse(subtle.deriveBits({ name: 'ECDH', public: ecdh.publicKey }, ecdh.privateKey, null), 'InvalidAccessError');
  const p384 = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-384' }, false, ['deriveBits']);
  await refuse(subtle.deriveBits({ name: 'ECDH', public: ecdh.publicKey }, p384.privateKey, null), 'InvalidAccessError');
  await refuse(subtle.deriveBits({ name: 'ECDH', public: p384.privateKey }, p384.privateKey, null), 'InvalidAccessError');
}

async function testData() {
  for (const size of [0, 15, 33]) await refuse(subtle.importKey('raw', Buffer.alloc(size), 'AES-GCM', true, ['encrypt']), 'DataError');
  await refuse(subtle.importKey('raw', Buffer.alloc(0), { name: 'HMAC', hash: 'SHA-1' }, true, ['sign']), 'DataError');
  await refuse(subtle.importKey('raw', Buffer.alloc(31), 'X25519', true, []), 'DataError');
  const { publicKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  const spki = Buffer.from(await subtle.exportKey('spki', publicKey));
  const other = { name: 'ECDSA', namedCurve: 'P-384' };
  await refuse(subtle.importKey('spki', spki, other, true, []), { name: 'DataError', message: 'Named curve mismatch' });
  await refuse(subtle.importKey('spki', spki, 'Ed25519', true, []), { name: 'DataError', message: 'Invalid key type' });
  await refuse(subtle.importKey('pkcs8', spki, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']), (error) => {
    assert.strictEqual(error.name, 'DataError');
    assert.match(error.cause.code, /^ERR_OSSL_/);
    return true;
  });
  spki[spki.length - 1] ^= 1;
  await refuse(subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, true, []), 'DataError');
  await refuse(subtle.importKey('raw', data, { name: 'RSA-OAEP', hash: 'SHA-1' }, true, []), 'NotSupportedError');
}

(async () => {
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt', 'decrypt']);
  await testArguments(key);
  await testAlgorithms(key);
  await testUsages();
  await testData();
})().then(mustCall());
