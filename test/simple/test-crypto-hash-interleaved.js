// Digests under way side by side, left alone, copied, streamed and asked for late are each what they would be by themselves.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { createHash, createHmac } = require('crypto');

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const kAb = 'fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603';
const kEmpty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
assert.strictEqual(sha256('ab'), kAb);
assert.strictEqual(sha256('a', Buffer.from('b')), kAb);
assert.strictEqual(sha256(Buffer.from('a'), 'b'), kAb);
assert.strictEqual(sha256(), kEmpty);

const hashes = Array.from({ length: 5 }, () => createHash('sha256'));
for (const hash of hashes) hash.update('a');
createHash('sha256').update('nobody asks for this one');
createHash('SHA256').update('under another name');
for (const hash of hashes.slice(1)) hash.update(Buffer.from('b'));
assert.deepStrictEqual(hashes.slice(1).map((hash) => hash.digest('hex')), Array(4).fill(kAb));
assert.strictEqual(sha256('ab'), kAb);
assert.strictEqual(hashes[0].update('b').digest('base64'), Buffer.from(kAb, 'hex').toString('base64'));
for (const hash of hashes) assert.throws(() => hash.digest('hex'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });

// Strings are taken as they are at the time.
const bytes = Buffer.from('ab');
const changed = createHash('sha256').update(bytes);
bytes.fill(0);
assert.strictEqual(changed.digest('hex'), kAb);

const first = createHash('sha256').update('a');
const second = first.copy();
assert.strictEqual(second.update('b').digest('hex'), kAb);
assert.strictEqual(first.update('b').copy().digest('hex'), kAb);
assert.strictEqual(first.digest().toString('hex'), kAb);
assert.strictEqual(createHash('sha256').copy().digest('hex'), kEmpty);
assert.throws(() => first.copy(), { code: 'ERR_CRYPTO_HASH_FINALIZED' });

// A stream that has been updated, and one whose digest has been asked for.
for (const [early, encoding] of [[false], [true, 'hex'], [true, undefined]]) {
  const stream = createHash('sha256').update('a');
  stream.update('b');
  if (early) stream.digest(encoding);
  stream.on('data', mustCall((chunk) => assert.strictEqual(chunk.toString('hex'), kAb)));
  stream.end();
  createHash('sha256').update('between');
}

assert.strictEqual(createHash('shake256').update('').digest('hex').length, 64);
assert.strictEqual(createHash('shake256', { outputLength: 3 }).update('').digest('hex'), '46b9dd');
assert.strictEqual(createHmac('sha256', '').digest('hex'), 'b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad');
for (const name of ['sha25', '', 'sha256\0']) {
  assert.throws(() => createHash(name), (error) => error.message === 'Digest method not supported' || /^ERR_OSSL/.test(error.code));
  assert.throws(() => createHmac(name, 'key'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
}
assert.strictEqual(createHash('shake256', { outputLength: 300 }).digest('hex').length, 600);
// More ways to write a name than are worth keeping.
for (let i = 0; i < 600; i++) {
  const name = [...'sha256withrsaencryption'].map((letter, at) => (i >> at) & 1 ? letter.toUpperCase() : letter).join('');
  assert.strictEqual(createHash(name).update('ab').digest('hex'), kAb);
}
