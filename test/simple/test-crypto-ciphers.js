// Ciphers: states and refusals, padding, streams, passwords as in 2010, what a cipher is.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const crypto = require('crypto');

const key = Buffer.alloc(16, 1);
const iv = Buffer.alloc(16, 2);
const seal = (text, name = 'aes-128-cbc') => {
  const cipher = crypto.createCipheriv(name, key, iv);
  return Buffer.concat([cipher.update(text), cipher.final()]);
};

// ---- Arguments --------------------------------------------------------------------------------

assert.throws(() => crypto.createCipheriv('no-such', key, iv), { code: 'ERR_CRYPTO_UNKNOWN_CIPHER' });
assert.throws(() => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(5), iv), { code: 'ERR_CRYPTO_INVALID_KEYLEN', name: 'RangeError' });
assert.throws(() => crypto.createCipheriv('aes-128-cbc', key, Buffer.alloc(5)), { code: 'ERR_CRYPTO_INVALID_IV', name: 'TypeError' });
assert.throws(() => crypto.createCipheriv('aes-128-cbc', key, null), { code: 'ERR_CRYPTO_INVALID_IV' });
assert.throws(() => crypto.createCipheriv('aes-128-cbc', 1, iv), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createCipheriv('aes-128-ccm', key, Buffer.alloc(12)), { message: 'authTagLength required for aes-128-ccm' });
assert.throws(() => crypto.createCipheriv('aes-128-gcm', key, iv, { authTagLength: 5 }), { code: 'ERR_CRYPTO_INVALID_AUTH_TAG' });
assert.throws(() => crypto.createCipheriv('aes-128-cbc', key, iv).update(5), { code: 'ERR_INVALID_ARG_TYPE' });

// ---- OpenSSL's errors are told whole ----------------------------------------------------------

const decipher = crypto.createDecipheriv('aes-128-cbc', key, iv);
decipher.update(seal('secret text').subarray(0, 15));
assert.throws(() => decipher.final(), (error) => {
  assert.match(error.code, /^ERR_OSSL_(EVP_)?WRONG_FINAL_BLOCK_LENGTH$/);
  assert.strictEqual(error.reason, 'wrong final block length');
  assert.ok(error.library.length > 0);
  return true;
});
assert.throws(() => decipher.update('more'), { code: 'ERR_CRYPTO_INVALID_STATE' });
assert.throws(() => decipher.setAutoPadding(false), { code: 'ERR_CRYPTO_INVALID_STATE' });
assert.throws(() => decipher.setAuthTag(iv), { code: 'ERR_CRYPTO_INVALID_STATE' });

// A wrong key shows as bad padding, most of the time: here by choice.
const garbled = seal('secret text');
garbled[garbled.length - 1] ^= 255;
const wrong = crypto.createDecipheriv('aes-128-cbc', key, iv);
wrong.update(garbled);
assert.throws(() => wrong.final(), { reason: 'bad decrypt' });

// ---- Padding ----------------------------------------------------------------------------------

const unpadded = crypto.createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
assert.strictEqual(Buffer.concat([unpadded.update(seal('0123456789')), unpadded.final()]).toString(), `0123456789${'\x06'.repeat(6)}`);
const tolerant = crypto.createDecipheriv('aes-128-cbc', key, iv);
tolerant.update(garbled);
assert.strictEqual(tolerant.finaltol('hex').length, 32);
const right = crypto.createDecipheriv('aes-128-cbc', key, iv);
assert.strictEqual(right.update(seal('abc'), undefined, 'latin1') + right.finaltol('latin1'), 'abc');

// ---- Text -------------------------------------------------------------------------------------

// A character in two pieces comes out whole.
const text = 'caf\u00e9 '.repeat(10);
const reader = crypto.createDecipheriv('aes-128-ctr', key, iv);
let read = '';
for (const byte of seal(text, 'aes-128-ctr')) read += reader.update(Buffer.from([byte]), undefined, 'utf8');
assert.strictEqual(read + reader.final('utf8'), text);
assert.throws(() => crypto.createDecipheriv('aes-128-ctr', key, iv).update('00', 'hex', 'no-such'), { code: 'ERR_UNKNOWN_ENCODING' });
assert.throws(() => crypto.createCipheriv('aes-128-ctr', key, iv).update('abc', 'hex'), { code: 'ERR_INVALID_ARG_VALUE' });

// 2010's binary strings, concatenated and given back.
const old = crypto.createCipheriv('aes-128-cbc', key, iv);
let binary = old.update('binary text');
binary += old.final();
assert.strictEqual(binary, seal('binary text').toString('latin1'));
const back = crypto.createDecipheriv('aes-128-cbc', key, iv);
assert.strictEqual(back.update(binary) + back.final(), 'binary text');

// ---- Passwords: one round of MD5, as `openssl enc -md md5 -nosalt` has it ---------------------

process.once('warning', mustCall((warning) => assert.strictEqual(warning.code, 'DEP0106')));
const byPassword = crypto.createCipher('aes-128-cbc', 'password');
const derived = crypto.createCipheriv('aes-128-cbc', Buffer.from('5f4dcc3b5aa765d61d8327deb882cf99', 'hex'),
  Buffer.from('2b95990a9151374abd8ff8c5a7a0fe08', 'hex'));
const sealed = byPassword.update('text', 'utf8', 'hex') + byPassword.final('hex');
assert.strictEqual(sealed, derived.update('text', 'utf8', 'hex') + derived.final('hex'));
const opened = crypto.createDecipher('aes-128-cbc', 'password');
assert.strictEqual(opened.update(sealed, 'hex', 'utf8') + opened.final('utf8'), 'text');

// ---- Tags -------------------------------------------------------------------------------------

const gcm = crypto.createCipheriv('aes-128-gcm', key, iv);
assert.throws(() => gcm.getAuthTag(), { code: 'ERR_CRYPTO_INVALID_STATE' });
const body = gcm.update('text');
gcm.final();
const tagless = crypto.createDecipheriv('aes-128-gcm', key, iv);
tagless.update(body);
assert.throws(() => tagless.final(), /Unsupported state or unable to authenticate data/);
assert.throws(() => crypto.createDecipheriv('aes-128-gcm', key, iv).setAuthTag(Buffer.alloc(5)), { code: 'ERR_CRYPTO_INVALID_AUTH_TAG' });
// CCM looks at its tag in update(): a message that is never fed must not pass.
const ccm = crypto.createDecipheriv('aes-128-ccm', key, Buffer.alloc(12), { authTagLength: 16 }).setAuthTag(Buffer.alloc(16));
assert.throws(() => ccm.final(), /unable to authenticate data/);
assert.throws(() => crypto.createCipheriv('aes-128-ccm', key, Buffer.alloc(12), { authTagLength: 16 }).setAAD(key),
  { code: 'ERR_MISSING_ARGS' });
assert.throws(() => crypto.createCipheriv('aes-128-ccm', key, Buffer.alloc(13), { authTagLength: 16 }).update(Buffer.alloc(65536)),
  { code: 'ERR_CRYPTO_INVALID_MESSAGELEN' });

// ---- Streams ----------------------------------------------------------------------------------

const big = crypto.randomBytes(300000);
const pieces = [];
const source = crypto.createCipheriv('aes-128-cbc', key, iv);
const sink = crypto.createDecipheriv('aes-128-cbc', key, iv);
source.pipe(sink).on('data', (piece) => pieces.push(piece)).on('end', mustCall(() => assert.ok(Buffer.concat(pieces).equals(big))));
source.end(big);
crypto.createDecipheriv('aes-128-cbc', key, iv).on('error', mustCall((error) => assert.ok(error.reason))).end(Buffer.alloc(15));

// ---- What a cipher is -------------------------------------------------------------------------

assert.deepStrictEqual(crypto.getCipherInfo('AES-128-CBC'),
  { mode: 'cbc', name: 'aes-128-cbc', nid: 419, blockSize: 16, ivLength: 16, keyLength: 16 });
assert.strictEqual(crypto.getCipherInfo(419).name, 'aes-128-cbc');
assert.strictEqual(crypto.getCipherInfo('aes-128-gcm', { ivLength: 16 }).ivLength, 16);
assert.strictEqual(crypto.getCipherInfo('aes-128-cbc', { keyLength: 12 }), undefined);
assert.strictEqual(crypto.getCipherInfo('no-such'), undefined);
assert.throws(() => crypto.getCipherInfo(null), { code: 'ERR_INVALID_ARG_TYPE' });
