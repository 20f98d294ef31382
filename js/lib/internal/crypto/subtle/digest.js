// Digests of web cryptography.
'use strict';

const binding = internalBinding('crypto_digest');
const { digestName, run } = require('internal/crypto/subtle/common');

function digest(algorithm, data) {
  return run('HASHREQUEST', (done) => binding.digest(digestName(algorithm), data, done), data.byteLength);
}

module.exports = { digest };
