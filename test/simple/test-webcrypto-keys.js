// CryptoKeys: what they tell and what not, that programs cannot change them, and what else takes them: KeyObject.from(), crypto's functions,
// structuredClone(), other workers.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { KeyObject, createHmac, createPublicKey, createSecretKey, webcrypto } = require('crypto');
const { inspect, types } = require('util');
const { Worker, isMainThread, parentPort } = require('worker_threads');
const { subtle } = webcrypto;

const kSecret = Buffer.from('a secret of 32 bytes, not for all');
const kRsa = { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };

async function answer({ secret, privateKey }) {
  const signature = await subtle.sign('HMAC', secret, kSecret);
  const another = await subtle.sign({ name: 'RSA-PSS', saltLength: 0 }, privateKey, kSecret);
  await assert.rejects(subtle.exportKey('raw', secret), { name: 'InvalidAccessError' });
  parentPort.postMessage([signature, another, inspect(secret)]);
}

if (!isMainThread) {
  parentPort.once('message', answer);
  return;
}

async function testSecret() {
  const key = await subtle.importKey('raw', kSecret, { name: 'hmac', hash: 'sha-256' }, false, ['verify', 'sign', 'sign']);
  assert.strictEqual(String(key), '[object CryptoKey]');
  assert.deepStrictEqual([key.type, key.extractable, key.algorithm, key.usages],
                         ['secret', false, { name: 'HMAC', hash: { name: 'SHA-256' }, length: 264 }, ['verify', 'sign']]);
  assert.strictEqual(inspect(key, { breakLength: Infinity, depth: 9 }), "CryptoKey { type: 'secret', extractable: false, algorithm: " +
    "{ name: 'HMAC', hash: { name: 'SHA-256' }, length: 264 }, usages: [ 'verify', 'sign' ] }");
  assert.ok(!JSON.stringify(key).includes('secret of'));

  // These are copies.
  key.algorithm.name = 'AES-GCM';
  key.algorithm.hash.name = 'SHA-1';
  key.usages.push('encrypt');
  assert.throws(() => { key.extractable = true; }, TypeError);
  const signature = await subtle.sign('HMAC', key, kSecret);
  assert.ok(Buffer.from(signature).equals(createHmac('sha256', kSecret).update(kSecret).digest()));
  await assert.rejects(subtle.encrypt({ name: 'AES-GCM', iv: kSecret }, key, kSecret), { name: 'InvalidAccessError' });

  assert.ok(KeyObject.from(key).equals(createSecretKey(kSecret)));
  assert.strictEqual(createHmac('sha256', key).update('').digest('hex'), createHmac('sha256', kSecret).update('').digest('hex'));
  return key;
}

async function testEquality() {
  const make = (secret, usages = ['sign']) => subtle.importKey('raw', Buffer.from(secret), { name: 'HMAC', hash: 'SHA-1' }, true, usages);
  assert.deepStrictEqual(await make('one'), await make('one'));
  assert.notDeepStrictEqual(await make('one'), await make('two'));
  assert.notDeepEqual(await make('one'), await make('one', ['verify']));
  assert.notDeepEqual(createSecretKey(Buffer.from('one')), createSecretKey(Buffer.from('two')));
  assert.deepEqual(createSecretKey(Buffer.from('one')), KeyObject.from(await make('one')));
}

async function testPair() {
  const { publicKey, privateKey } = await subtle.generateKey(kRsa, false, ['sign', 'verify']);
  assert.deepStrictEqual([publicKey.type, publicKey.extractable, publicKey.usages], ['public', true, ['verify']]);
  assert.deepStrictEqual([privateKey.type, privateKey.extractable, privateKey.usages], ['private', false, ['sign']]);
  const { publicExponent, ...rest } = privateKey.algorithm;
  assert.deepStrictEqual(rest, { name: 'RSA-PSS', hash: { name: 'SHA-256' }, modulusLength: 1024 });
  assert.deepStrictEqual(publicExponent, new Uint8Array([1, 0, 1]));
  publicExponent[0] = 9;
  assert.ok(createPublicKey(privateKey).equals(KeyObject.from(publicKey)));
  assert.ok(!/[0-9a-f]{20}|PRIVATE/.test(inspect(privateKey, { showHidden: true, depth: null })));
  return { publicKey, privateKey };
}

function testBrands(key) {
  const { CryptoKey } = globalThis;
  assert.ok(key instanceof CryptoKey && types.isCryptoKey(key) && !types.isKeyObject(key));
  assert.ok(types.isKeyObject(KeyObject.from(key)) && !types.isCryptoKey(KeyObject.from(key)));
  for (const forged of [Object.create(CryptoKey.prototype), Object.create(key), CryptoKey.prototype, {}, null, 1]) {
    assert.strictEqual(types.isCryptoKey(forged), false);
    assert.throws(() => KeyObject.from(forged), { code: 'ERR_INVALID_ARG_TYPE' });
    if (forged === null || typeof forged !== 'object') continue;
    for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
      assert.throws(() => Reflect.get(CryptoKey.prototype, name, forged), { code: 'ERR_INVALID_THIS' });
    }
  }
  const notKeyObject = Object.create(KeyObject.prototype);
  assert.strictEqual(types.isKeyObject(notKeyObject), false);
  assert.throws(() => createHmac('sha1', notKeyObject), { code: 'ERR_INVALID_ARG_TYPE' });
  for (const type of ['Crypto', 'SubtleCrypto', 'CryptoKey']) {
    assert.throws(() => new globalThis[type](), { name: 'TypeError', code: 'ERR_ILLEGAL_CONSTRUCTOR', message: 'Illegal constructor' });
  }
}

async function testClones(secret, { publicKey, privateKey }) {
  const message = { secret, privateKey, list: [publicKey] };
  const copy = structuredClone(message);
  assert.ok(copy.secret !== secret && types.isCryptoKey(copy.secret));
  assert.strictEqual(copy.secret.extractable, false);
  assert.deepStrictEqual(copy.privateKey.algorithm.publicExponent, new Uint8Array([1, 0, 1]));
  const worker = new Worker(__filename);
  worker.postMessage(message);
  worker.once('message', mustCall(async ([signature, another, text]) => {
    assert.ok(await subtle.verify('HMAC', secret, signature, kSecret));
    assert.ok(await subtle.verify({ name: 'RSA-PSS', saltLength: 0 }, copy.list[0], another, kSecret));
    assert.ok(text.startsWith('CryptoKey {'));
  }));
}

(async () => {
  const secret = await testSecret();
  testBrands(secret);
  await testEquality();
  await testClones(secret, await testPair());
})().then(mustCall());
