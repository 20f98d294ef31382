// Key agreement of web cryptography: ECDH, X25519 and X448.
'use strict';

const binding = internalBinding('crypto_dh');
const { slotsOf } = require('internal/crypto/crypto_key');
const { handleOf } = require('internal/crypto/keys');
const { fail, memoryOf, run } = require('internal/crypto/subtle/common');

const kNames = ['ECDH', 'X25519', 'X448'];

function checkKeys(own, peer) {
  if (own.keyObject.type !== 'private') fail('baseKey must be a private key', 'InvalidAccessError');
  if (peer.keyObject.type !== 'public') fail('algorithm.public must be a public key', 'InvalidAccessError');
  if (!kNames.includes(peer.algorithm.name)) fail('Keys must be ECDH, X25519, or X448 keys', 'InvalidAccessError');
  if (own.algorithm.name !== peer.algorithm.name) fail('The public and private keys must be of the same type', 'InvalidAccessError');
  if (own.algorithm.namedCurve !== peer.algorithm.namedCurve) fail('Named curve mismatch', 'InvalidAccessError');
}

// The first `length` bits of the secret of both; null: all of them.
async function deriveBits(algorithm, baseKey, length) {
  const own = slotsOf(baseKey);
  const peer = slotsOf(algorithm.public);
  checkKeys(own, peer);
  const secret = await run('DERIVEBITSREQUEST', (done) => binding.derive(handleOf(own.keyObject), handleOf(peer.keyObject), done));
  if (length === null || length === secret.length * 8) return memoryOf(secret);
  const size = Math.ceil(length / 8);
  if (size > secret.length) {
    secret.fill(0);
    fail('derived bit length is too small', 'OperationError');
  }
  const bits = memoryOf(secret).slice(0, size);
  secret.fill(0);
  return bits;
}

module.exports = { deriveBits };
