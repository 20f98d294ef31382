// Diffie-Hellman: the primes of RFC 2409 and RFC 3526 by their formulas, agreement of two ends, keys that are set, what cannot be a key.
'use strict';
require('../common');
const assert = require('assert');
const crypto = require('crypto');

// floor(2^bits * pi), after Machin.
function pi(bits) {
  const one = 1n << BigInt(bits + 32);
  const arctan = (x) => {
    let sum = 0n;
    let sign = 1n;
    for (let term = one / x, n = 1n; term > 0n; term /= x * x, n += 2n, sign = -sign) sum += sign * term / n;
    return sum;
  };
  return (16n * arctan(5n) - 4n * arctan(239n)) >> 32n;
}
const groups = [['modp1', 768, 149686n], ['modp2', 1024, 129093n], ['modp5', 1536, 741804n], ['modp14', 2048, 124476n],
  ['modp15', 3072, 1690314n], ['modp16', 4096, 240904n], ['modp17', 6144, 929484n], ['modp18', 8192, 4743158n]];
for (const [name, bits, addend] of groups) {
  const prime = (1n << BigInt(bits)) - (1n << BigInt(bits - 64)) - 1n + (1n << 64n) * (pi(bits - 130) + addend);
  const group = crypto.getDiffieHellman(name);
  assert.strictEqual(group.getPrime('hex'), prime.toString(16));
  assert.strictEqual(group.getGenerator('hex'), '02');
  assert.ok(group instanceof crypto.DiffieHellmanGroup);
  assert.strictEqual(group.setPublicKey, undefined);
}

const alice = crypto.getDiffieHellman('MODP5');
const bob = crypto.createDiffieHellman(alice.getPrime('base64'), 'base64', alice.getGenerator());
const publicKey = alice.generateKeys();
bob.generateKeys();
assert.strictEqual(alice.verifyError, 0);
const secret = alice.computeSecret(bob.getPublicKey('hex'), 'hex');
assert.deepStrictEqual(bob.computeSecret(publicKey), secret);
assert.strictEqual(secret.length, 192);

// Keys that come from elsewhere; what there is already is not made anew.
const carol = crypto.createDiffieHellman(alice.getPrime());
assert.throws(() => carol.getPublicKey(), { code: 'ERR_CRYPTO_INVALID_STATE' });
assert.throws(() => carol.getPrivateKey(), { code: 'ERR_CRYPTO_INVALID_STATE' });
assert.strictEqual(carol.setPrivateKey(alice.getPrivateKey()), carol);
assert.deepStrictEqual(carol.generateKeys(), publicKey);
assert.deepStrictEqual(carol.computeSecret(bob.getPublicKey()), secret);
carol.setPublicKey(bob.getPublicKey('latin1'), 'latin1');
assert.deepStrictEqual(carol.getPublicKey(), bob.getPublicKey());

// Keys of one's own size.
const small = crypto.createDiffieHellman(512);
assert.strictEqual(small.verifyError, 0);
assert.strictEqual(small.getPrime().length, 64);
assert.notStrictEqual(crypto.createDiffieHellman('02', 'hex').verifyError, 0);

for (const bad of ['00', '01']) {
  assert.throws(() => alice.computeSecret(bad, 'hex'), { code: 'ERR_CRYPTO_INVALID_KEYLEN', message: 'Supplied key is too small' });
}
assert.throws(() => alice.computeSecret(Buffer.alloc(192, 255)), { message: 'Supplied key is too large' });
assert.throws(() => alice.computeSecret(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.getDiffieHellman('modp3'), { code: 'ERR_CRYPTO_UNKNOWN_DH_GROUP' });
assert.throws(() => crypto.createDiffieHellman({}), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => crypto.createDiffieHellman(1.5), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => crypto.createDiffieHellman(0), { code: 'ERR_OSSL_DH_MODULUS_TOO_SMALL' });
for (const generator of [1, -1, Buffer.alloc(1)]) {
  assert.throws(() => crypto.createDiffieHellman('abcd', 'hex', generator), { code: 'ERR_OSSL_DH_BAD_GENERATOR' });
}
