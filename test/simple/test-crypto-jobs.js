// What runs on the thread pool answers as the synchronous forms do, in its caller's asynchronous context; the program ends
// by itself with jobs under way.
'use strict';

const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { AsyncLocalStorage, createHook } = require('async_hooks');
const { execFileSync } = require('child_process');
const crypto = require('crypto');

const types = new Set();
createHook({ init(id, type) { types.add(type); } }).enable();
const storage = new AsyncLocalStorage();

// `same`: whether two answers must be equal.
function compare(call, direct, same = true) {
  let later = false;
  storage.run(call, () => call(mustCall((error, value) => {
    assert.ok(!error, error);
    assert.ok(later);
    assert.strictEqual(storage.getStore(), call);
    if (same) assert.deepStrictEqual(value, direct);
    else assert.strictEqual(typeof value, typeof direct);
  })));
  later = true;
}

compare((done) => crypto.pbkdf2('p', 's', 10, 20, 'sha512', done), crypto.pbkdf2Sync('p', 's', 10, 20, 'sha512'));
compare((done) => crypto.scrypt('p', 's', 20, done), crypto.scryptSync('p', 's', 20));
compare((done) => crypto.scrypt('p', 's', 20, { cost: 16 }, done), crypto.scryptSync('p', 's', 20, { N: 16 }));
compare((done) => crypto.hkdf('sha256', 'k', 's', 'i', 20, done), crypto.hkdfSync('sha256', 'k', 's', 'i', 20));
compare((done) => crypto.randomBytes(20, done), crypto.randomBytes(20), false);
compare((done) => crypto.randomFill(new Uint16Array(4), done), crypto.randomFillSync(new Uint16Array(4)), false);
compare((done) => crypto.randomInt(1000, done), crypto.randomInt(1000), false);
compare((done) => crypto.generatePrime(32, { bigint: true }, done), crypto.generatePrimeSync(32, { bigint: true }), false);
compare((done) => crypto.checkPrime(97n, done), crypto.checkPrimeSync(97n));
compare((done) => crypto.checkPrime(Buffer.from([91]), done), false);
process.on('exit', () => {
  for (const type of ['PBKDF2REQUEST', 'SCRYPTREQUEST', 'HKDFREQUEST', 'RANDOMBYTESREQUEST', 'RANDOMPRIMEREQUEST', 'CHECKPRIMEREQUEST']) {
    assert.ok(types.has(type), type);
  }
});

// Inputs are copied when the call is made.
const password = Buffer.from('password');
crypto.pbkdf2(password, 'salt', 1, 20, 'sha1', mustCall((error, key) => {
  assert.strictEqual(key.toString('hex'), '0c60c80f961f0e71f3a9b524af6012062fe037a6');
}));
password.fill(0);

// Memory that is given away while the pool writes to it.
const filled = new Uint8Array(1 << 20);
crypto.randomFill(filled, mustCall((error, same) => assert.strictEqual(same, filled)));
structuredClone(filled.buffer, { transfer: [filled.buffer] });

// Many at a time.
let left = 200;
for (let i = 0; i < 200; i++) crypto.randomBytes(1000, mustCall(() => { left--; }));
process.on('exit', () => assert.strictEqual(left, 0));

// ---- Misuse: told at once, never through the callback -------------------------------------------

assert.throws(() => crypto.pbkdf2('p', 's', 1, 20, 'no-such', mustNotCall()), { code: 'ERR_CRYPTO_INVALID_DIGEST', name: 'TypeError' });
assert.throws(() => crypto.pbkdf2('p', 's', 0, 20, 'sha1', mustNotCall()), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.pbkdf2('p', 's', 1, 20, 'sha1'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.scrypt('p', 's', 20, { N: 2 ** 20 }, mustNotCall()), { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
assert.throws(() => crypto.scryptSync('p', 's', 20, { N: 3 }), { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', name: 'RangeError' });
assert.throws(() => crypto.scryptSync('p', 's', 20, { N: 2, cost: 2 }), { code: 'ERR_INCOMPATIBLE_OPTION_PAIR' });
assert.throws(() => crypto.hkdfSync('sha256', 'k', 's', 'i', 255 * 32 + 1), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
assert.throws(() => crypto.hkdfSync('sha256', 'k', 's', Buffer.alloc(1025), 1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.generatePrimeSync(8, { add: 2n ** 9n }), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.checkPrimeSync(-1n), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.randomFill(new Uint8Array(3), 4, mustNotCall()), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.getRandomValues(new Float64Array(1)), { name: 'TypeMismatchError' });
assert.throws(() => crypto.getRandomValues(new Uint8Array(65537)), { name: 'QuotaExceededError' });

// process.exit() does not wait for what is under way.
execFileSync(process.execPath, ['-e', `
  for (let i = 0; i < 8; i++) require('crypto').pbkdf2('p', 's', 1e5, 20, 'sha512', () => {});
  process.exit();
`]);
