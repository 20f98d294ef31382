// The globals of web cryptography: there, not enumerable, and what programs make of them; getRandomValues() and randomUUID().
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { execFileSync } = require('child_process');

for (const name of ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto']) {
  const { configurable, enumerable } = Object.getOwnPropertyDescriptor(globalThis, name);
  assert.deepStrictEqual({ configurable, enumerable }, { configurable: true, enumerable: false });
}
const run = (...args) => execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
assert.strictEqual(run('-p', 'crypto === require("crypto")'), 'true');
assert.strictEqual(run('--input-type=module', '-e', 'import { webcrypto, subtle } from "crypto"; console.log(subtle === webcrypto.subtle)'), 'true');

const nodeCrypto = require('crypto');
const web = globalThis.crypto;
assert.strictEqual(web, nodeCrypto.webcrypto);
assert.strictEqual(web.subtle, nodeCrypto.subtle);
assert.ok(web instanceof Crypto && web.subtle instanceof SubtleCrypto);
assert.deepStrictEqual([String(web), String(web.subtle)], ['[object Crypto]', '[object SubtleCrypto]']);

for (const Type of [Int8Array, Uint8ClampedArray, Uint16Array, Int32Array, BigUint64Array, Buffer]) {
  const array = Type === Buffer ? Buffer.alloc(64) : new Type(64);
  assert.strictEqual(web.getRandomValues(array), array);
  assert.ok(array.some((value) => value != 0));
}
for (const wrong of [undefined, null, 'text', [1], new Float32Array(1), new DataView(new ArrayBuffer(1))]) {
  assert.throws(() => web.getRandomValues(wrong), { name: 'TypeMismatchError', code: 17 });
}
assert.throws(() => web.getRandomValues(new Uint8Array(65537)), { name: 'QuotaExceededError', code: 22 });
web.getRandomValues(new Uint8Array(65536));
assert.match(web.randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const noCrypto = Object.create(web);
for (const call of [() => noCrypto.getRandomValues(new Uint8Array(1)), () => noCrypto.randomUUID(), () => noCrypto.subtle]) {
  assert.throws(call, { code: 'ERR_INVALID_THIS' });
}

// What a program puts in their place stays, and the library does not mind.
web.subtle.importKey = () => assert.fail();
const { subtle } = web;
(async () => {
  const { privateKey, publicKey } = await subtle.generateKey('X25519', false, ['deriveKey']);
  await subtle.deriveKey({ name: 'X25519', public: publicKey }, privateKey, { name: 'AES-GCM', length: 128 }, false, ['encrypt']);
})().then(mustCall());
globalThis.crypto = 1;
assert.deepStrictEqual(Object.getOwnPropertyDescriptor(globalThis, 'crypto'), { value: 1, configurable: true, enumerable: false, writable: true });
