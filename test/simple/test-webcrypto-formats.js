// Keys of web cryptography in all their formats and back; wrapped by every algorithm that can; RFC 7517 A; JSON Web Keys that are none.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { webcrypto: { subtle } } = require('crypto');

const rsa = (name, usages) => [{ name, hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }, usages];
const kAlgorithms = [
  [{ name: 'AES-CBC', length: 192 }, ['encrypt']], [{ name: 'AES-KW', length: 256 }, ['wrapKey']],
  [{ name: 'HMAC', hash: 'SHA-512' }, ['sign']],
  rsa('RSA-OAEP', ['decrypt', 'encrypt']), rsa('RSASSA-PKCS1-v1_5', ['sign', 'verify']),
  [{ name: 'ECDSA', namedCurve: 'P-384' }, ['sign', 'verify']], [{ name: 'ECDH', namedCurve: 'P-521' }, ['deriveKey']],
  [{ name: 'Ed25519' }, ['sign', 'verify']], [{ name: 'Ed448' }, ['sign', 'verify']],
  [{ name: 'X25519' }, ['deriveBits']], [{ name: 'X448' }, ['deriveBits']],
];
const kFormats = { secret: ['raw', 'jwk'], public: ['spki', 'jwk', 'raw'], private: ['pkcs8', 'jwk'] };
// The names for `alg` (RFC 7518, RFC 8037) where there is one.
const kJwkNames = {
  'AES-CBC': 'A192CBC', 'AES-KW': 'A256KW', 'HMAC': 'HS512', 'RSA-OAEP': 'RSA-OAEP-256',
  'RSASSA-PKCS1-v1_5': 'RS256', 'Ed25519': 'EdDSA', 'Ed448': 'EdDSA',
};

async function roundTrip(key, generated) {
  for (const format of kFormats[key.type]) {
    if (format === 'raw' && generated.name.startsWith('RSA')) continue;
    const exported = await subtle.exportKey(format, key);
    const again = await subtle.importKey(format, exported, generated, true, key.usages);
    assert.deepStrictEqual([again.type, again.algorithm, again.usages], [key.type, key.algorithm, key.usages]);
    assert.deepStrictEqual(await subtle.exportKey(format, again), exported);
    if (format === 'jwk') {
      assert.deepStrictEqual([exported.alg, exported.ext, exported.key_ops], [kJwkNames[generated.name], true, key.usages]);
    } else {
      assert.ok(exported instanceof ArrayBuffer);
    }
  }
}

async function wrap(key, generated) {
  const wrappers = [[{ name: 'AES-GCM', length: 256 }, { iv: Buffer.alloc(12) }], [{ name: 'AES-CBC', length: 128 }, { iv: Buffer.alloc(16) }],
    [{ name: 'AES-CTR', length: 192 }, { counter: Buffer.alloc(16), length: 64 }], [{ name: 'AES-KW', length: 256 }, {}]];
  for (const [how, parameters] of wrappers) {
    const wrapping = await subtle.generateKey(how, false, ['wrapKey', 'unwrapKey']);
    const algorithm = { name: how.name, ...parameters };
    for (const format of kFormats[key.type]) {
      if (format === 'raw' && key.type === 'public') continue;
      const exported = await subtle.exportKey(format, key);
      // Eight bytes at a time is all that AES-KW takes.
      if (how.name === 'AES-KW' && format !== 'jwk' && exported.byteLength % 8 !== 0) continue;
      const wrapped = await subtle.wrapKey(format, key, wrapping, algorithm);
      const unwrapped = await subtle.unwrapKey(format, wrapped, wrapping, algorithm, generated, true, key.usages);
      assert.deepStrictEqual(await subtle.exportKey(format, unwrapped), exported);
    }
  }
}

async function wrapInRsa() {
  const [algorithm] = rsa('RSA-OAEP');
  const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, ['wrapKey', 'unwrapKey']);
  const key = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  const how = { name: 'RSA-OAEP', label: Buffer.from('label') };
  const wrapped = await subtle.wrapKey('raw', key, publicKey, how);
  const unwrapped = await subtle.unwrapKey('raw', wrapped, privateKey, how, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  assert.deepStrictEqual(await subtle.exportKey('raw', unwrapped), await subtle.exportKey('raw', key));
  const other = { ...how, label: Buffer.from('other') };
  const unwrapping = subtle.unwrapKey('raw', wrapped, privateKey, other, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  await assert.rejects(unwrapping, { name: 'OperationError' });
}

// ---- RFC 7517 A --------------------------------------------------------------------------------

const kEc = { kty: 'EC', crv: 'P-256', x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM' };
const kEcPrivate = { ...kEc, d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE', use: 'enc', kid: '1' };
const kOct = { kty: 'oct', alg: 'A128KW', k: 'GawgguFyGrWKav7AX4VKUg' };

async function testKnown() {
  const ecdh = { name: 'ECDH', namedCurve: 'P-256' };
  const key = await subtle.importKey('jwk', kEcPrivate, ecdh, true, ['deriveBits']);
  const { d, x, y } = await subtle.exportKey('jwk', key);
  assert.deepStrictEqual({ d, x, y }, { d: kEcPrivate.d, x: kEc.x, y: kEc.y });
  const kw = await subtle.importKey('jwk', kOct, 'AES-KW', true, ['wrapKey']);
  assert.deepStrictEqual(await subtle.exportKey('jwk', kw), { ...kOct, ext: true, key_ops: ['wrapKey'] });

  const refuse = (jwk, algorithm, usages, message, extractable = true) =>
    assert.rejects(subtle.importKey('jwk', jwk, algorithm, extractable, usages), { name: 'DataError', message });
  const badData = 'Invalid keyData';
  await refuse({ ...kEcPrivate, x: kEc.y }, ecdh, ['deriveBits'], badData);
  await refuse({ ...kEcPrivate, d: 'AAAA' }, ecdh, ['deriveBits'], badData);
  await refuse({ ...kEcPrivate, y: undefined }, ecdh, ['deriveBits'], badData);
  await refuse({ ...kEcPrivate, kty: 'oct' }, ecdh, ['deriveBits'], 'Invalid JWK "kty" Parameter');
  await refuse({ ...kEcPrivate, use: 'sig' }, ecdh, ['deriveBits'], 'Invalid JWK "use" Parameter');
  await refuse({ ...kEcPrivate, crv: 'P-384' }, ecdh, ['deriveBits'], 'JWK "crv" does not match the requested algorithm');
  await refuse({ ...kEcPrivate, key_ops: ['deriveKey'] }, ecdh, ['deriveBits'], 'Key operations and usage mismatch');
  await refuse({ ...kEcPrivate, key_ops: ['deriveBits', 'deriveBits'] }, ecdh, ['deriveBits'], 'Duplicate key operation');
  await refuse({ ...kEcPrivate, ext: false }, ecdh, ['deriveBits'], 'JWK "ext" Parameter and extractable mismatch');
  assert.strictEqual((await subtle.importKey('jwk', { ...kEcPrivate, ext: false }, ecdh, false, ['deriveBits'])).extractable, false);
  await refuse({ ...kOct, alg: 'A256KW' }, 'AES-KW', ['wrapKey'], 'JWK "alg" does not match the requested algorithm');
  await refuse({ ...kOct, k: 'AAAA', alg: undefined }, 'AES-KW', ['wrapKey'], 'Invalid key length');
  for (const k of [undefined, 'no base64url!']) await refuse({ ...kOct, k }, 'AES-KW', ['wrapKey'], badData);
  await refuse(null, 'AES-KW', ['wrapKey'], badData);
  // The public half of another key.
  const okp = await subtle.exportKey('jwk', (await subtle.generateKey('Ed25519', true, ['sign', 'verify'])).privateKey);
  const other = await subtle.exportKey('jwk', (await subtle.generateKey('Ed25519', true, ['sign', 'verify'])).publicKey);
  await refuse({ ...okp, x: other.x }, 'Ed25519', ['sign'], badData);
}

// Points that come compressed are the same keys.
async function testCompressed() {
  const raw = Buffer.concat([Buffer.from([3]), Buffer.from(kEc.x, 'base64url')]);
  const key = await subtle.importKey('raw', raw, { name: 'ECDH', namedCurve: 'P-256' }, true, []);
  assert.strictEqual((await subtle.exportKey('jwk', key)).y, kEc.y);
  assert.strictEqual((await subtle.exportKey('raw', key)).byteLength, 65);
}

async function testUnwrapping() {
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt', 'unwrapKey']);
  const algorithm = { name: 'AES-GCM', iv: Buffer.alloc(12) };
  for (const text of ['{', '"text"', '{}', '{"kty":"oct","k":1}']) {
    const sealed = await subtle.encrypt(algorithm, key, Buffer.from(text));
    await assert.rejects(subtle.unwrapKey('jwk', sealed, key, algorithm, 'AES-CBC', true, ['encrypt']), { name: 'DataError' });
  }
}

(async () => {
  for (const [generated, usages] of kAlgorithms) {
    const made = await subtle.generateKey(generated, true, usages);
    for (const key of made.privateKey === undefined ? [made] : [made.publicKey, made.privateKey]) {
      await roundTrip(key, generated);
      await wrap(key, generated);
    }
  }
  await wrapInRsa();
  await testKnown();
  await testCompressed();
  await testUnwrapping();
})().then(mustCall());
