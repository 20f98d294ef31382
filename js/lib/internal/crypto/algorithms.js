// The algorithms of web cryptography: what each can do, with which parameters, and the module that does it
// (https://w3c.github.io/webcrypto/#algorithm-normalization).
'use strict';

const { algorithmIdentifier, dictionaries } = require('internal/crypto/webidl');
const { DOMException } = require('internal/dom_exception');

const kDigest = { module: 'digest', digest: 'Algorithm' };
const kAes = {
  module: 'aes', generateKey: 'AesKeyGenParams', importKey: 'Algorithm', exportKey: 'Algorithm', getKeyLength: 'AesDerivedKeyParams',
};
const kRsa = { module: 'rsa', generateKey: 'RsaHashedKeyGenParams', importKey: 'RsaHashedImportParams', exportKey: 'Algorithm' };
const kEc = { module: 'ec', generateKey: 'EcKeyGenParams', importKey: 'EcKeyImportParams', exportKey: 'Algorithm' };
const kOkp = { module: 'okp', generateKey: 'Algorithm', importKey: 'Algorithm', exportKey: 'Algorithm' };
const kKdf = { module: 'kdf', importKey: 'Algorithm', getKeyLength: 'Algorithm' };

// { name: { module, and for each operation the dictionary of its parameters } }
const algorithms = {
  'SHA-1': kDigest,
  'SHA-256': kDigest,
  'SHA-384': kDigest,
  'SHA-512': kDigest,
  'AES-CTR': { ...kAes, encrypt: 'AesCtrParams', decrypt: 'AesCtrParams' },
  'AES-CBC': { ...kAes, encrypt: 'AesCbcParams', decrypt: 'AesCbcParams' },
  'AES-GCM': { ...kAes, encrypt: 'AesGcmParams', decrypt: 'AesGcmParams' },
  'AES-KW': { ...kAes, wrapKey: 'Algorithm', unwrapKey: 'Algorithm' },
  'HMAC': {
    module: 'hmac', generateKey: 'HmacKeyGenParams', importKey: 'HmacImportParams', exportKey: 'Algorithm',
    getKeyLength: 'HmacImportParams', sign: 'Algorithm', verify: 'Algorithm',
  },
  'RSASSA-PKCS1-v1_5': { ...kRsa, sign: 'Algorithm', verify: 'Algorithm' },
  'RSA-PSS': { ...kRsa, sign: 'RsaPssParams', verify: 'RsaPssParams' },
  'RSA-OAEP': { ...kRsa, encrypt: 'RsaOaepParams', decrypt: 'RsaOaepParams' },
  'ECDSA': { ...kEc, sign: 'EcdsaParams', verify: 'EcdsaParams' },
  'ECDH': { ...kEc, deriveBits: 'EcdhKeyDeriveParams' },
  'Ed25519': { ...kOkp, sign: 'Algorithm', verify: 'Algorithm' },
  'Ed448': { ...kOkp, sign: 'Ed448Params', verify: 'Ed448Params' },
  'X25519': { ...kOkp, deriveBits: 'EcdhKeyDeriveParams' },
  'X448': { ...kOkp, deriveBits: 'EcdhKeyDeriveParams' },
  'HKDF': { ...kKdf, deriveBits: 'HkdfParams' },
  'PBKDF2': { ...kKdf, deriveBits: 'Pbkdf2Params' },
};
const names = new Map(Object.keys(algorithms).map((name) => [name.toLowerCase(), name]));

const where = { prefix: 'Failed to normalize algorithm', context: 'passed algorithm' };

// What a program gave as an algorithm for `operation`: its parameters, under its proper name. Throws if it cannot do that.
function normalize(algorithm, operation) {
  const given = typeof algorithm === 'string' ? { name: algorithm } : algorithm;
  const name = names.get(dictionaries.Algorithm(given, where).name.toLowerCase());
  if (name === undefined || !Object.hasOwn(algorithms[name], operation)) {
    throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
  }
  const params = dictionaries[algorithms[name][operation]](given, where);
  params.name = name;
  if (params.hash !== undefined) params.hash = normalize(algorithmIdentifier(params.hash, where), 'digest');
  return params;
}

// The functions of the algorithm of that name.
function implementationOf(name) {
  return require(`internal/crypto/subtle/${algorithms[name].module}`);
}

module.exports = { implementationOf, normalize };
