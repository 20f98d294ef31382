// Certificate: signed public keys and challenges, as <keygen> made them.
'use strict';

const binding = internalBinding('crypto_spkac');
const { toBytes } = require('internal/crypto/util');
const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');

function spkacBytes(spkac, encoding) {
  const bytes = toBytes(spkac, 'spkac', encoding);
  if (bytes.byteLength > 0x7FFFFFFF) throw new ERR_OUT_OF_RANGE('spkac', '<= 2147483647', bytes.byteLength);
  return bytes;
}

function verifySpkac(spkac, encoding = undefined) {
  return binding.verifySpkac(spkacBytes(spkac, encoding));
}

function exportPublicKey(spkac, encoding = undefined) {
  return binding.exportPublicKey(spkacBytes(spkac, encoding)) ?? '';
}

function exportChallenge(spkac, encoding = undefined) {
  return binding.exportChallenge(spkacBytes(spkac, encoding)) ?? '';
}

function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}
for (const target of [Certificate, Certificate.prototype]) Object.assign(target, { verifySpkac, exportPublicKey, exportChallenge });

module.exports = { Certificate };
