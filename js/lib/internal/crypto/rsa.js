// RSA's encryption with one key of a pair, to be undone with the other.
'use strict';

const binding = internalBinding('crypto_rsa');
const { privateHandle, publicHandle } = require('internal/crypto/keys');
const { toBytes } = require('internal/crypto/util');
const { validateString } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OSSL_EVP_INVALID_DIGEST } } = require('internal/errors');

const RSA_PKCS1_PADDING = 1;
const RSA_PKCS1_OAEP_PADDING = 4;

// Who starts the program may allow what tells attackers too much.
const isReverted = () => process.execArgv.includes('--security-revert=CVE-2023-46809');

function makeCipher(name, operation, handleOf, defaultPadding) {
  return { [name](key, buffer) {
    const { padding, encoding, oaepHash, oaepLabel } = key ?? {};
    if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
    let label;
    if (oaepLabel !== undefined) label = toBytes(oaepLabel, 'key.oaepLabel', encoding);
    if (oaepHash !== undefined && !binding.isDigest(oaepHash)) throw new ERR_OSSL_EVP_INVALID_DIGEST();
    const handle = handleOf(key);
    const bytes = toBytes(buffer, 'buffer', encoding);
    if (padding && typeof padding !== 'number') {
      throw new ERR_INVALID_ARG_TYPE('key.padding', 'number', padding);
    }
    return binding.rsaCipher(operation, handle, bytes, padding || defaultPadding, oaepHash, label, isReverted());
  } }[name];
}

module.exports = {
  publicEncrypt: makeCipher('publicEncrypt', 0, publicHandle, RSA_PKCS1_OAEP_PADDING),
  privateDecrypt: makeCipher('privateDecrypt', 1, privateHandle, RSA_PKCS1_OAEP_PADDING),
  privateEncrypt: makeCipher('privateEncrypt', 2, privateHandle, RSA_PKCS1_PADDING),
  publicDecrypt: makeCipher('publicDecrypt', 3, publicHandle, RSA_PKCS1_PADDING),
};
