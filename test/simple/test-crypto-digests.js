// Digests and HMACs: the published vectors (FIPS 180, RFC 1321, RFC 4231), streams, copies, misuse.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const crypto = require('crypto');

const digest = (name, text) => crypto.createHash(name).update(text).digest('hex');
assert.strictEqual(digest('md5', 'abc'), '900150983cd24fb0d6963f7d28e17f72');
assert.strictEqual(digest('sha1', 'abc'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
assert.strictEqual(digest('sha256', 'abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
assert.strictEqual(digest('sha512', ''),
                   'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e');
assert.strictEqual(crypto.createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'),
                   '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');

const hash = crypto.createHash('sha1').update('a').update(Buffer.from('b'));
const copy = hash.copy();
assert.strictEqual(hash.update('c').digest('base64'), 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=');
assert.strictEqual(copy.update('c').digest('hex'), digest('sha1', 'abc'));
assert.throws(() => hash.update('d'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
assert.throws(() => hash.digest(), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
assert.throws(() => crypto.createHash('no-such'), { message: 'Digest method not supported' });
assert.throws(() => crypto.createHash('md5').update(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createHash(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createHmac('no-such', 'k'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });

// 2010 compared digests with binary strings.
assert.ok(crypto.createHash('md5').update('abc').digest() == Buffer.from(digest('md5', 'abc'), 'hex').toString('latin1'));

crypto.createHash('md5').end('abc').on('data', mustCall((d) => assert.strictEqual(d.toString('hex'), digest('md5', 'abc'))));

assert.strictEqual(crypto.randomBytes(20).length, 20);
assert.notDeepStrictEqual(crypto.randomBytes(20), crypto.randomBytes(20));
crypto.randomBytes(5, mustCall((error, bytes) => assert.deepStrictEqual([error, bytes.length], [null, 5])));
assert.match(crypto.randomUUID(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
for (let i = 0; i < 50; i++) assert.ok([5, 6, 7].includes(crypto.randomInt(5, 8)));
assert.throws(() => crypto.randomBytes(-1), { code: 'ERR_OUT_OF_RANGE' });
assert.strictEqual(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), true);
assert.throws(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')), { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
assert.ok(crypto.getHashes().includes('sha256') || crypto.getHashes().includes('SHA256'));
