// What crypto has of keys and of what is done with them, under the public names.
'use strict';

const { Certificate } = require('internal/crypto/certificate');
const { DiffieHellman, DiffieHellmanGroup, diffieHellman } = require('internal/crypto/diffie_hellman');
const { ECDH } = require('internal/crypto/ecdh');
const { KeyObject, createPrivateKey, createPublicKey, createSecretKey } = require('internal/crypto/keys');
const { Sign, Verify, signOnce, verifyOnce } = require('internal/crypto/sign');
const { X509Certificate } = require('internal/crypto/x509');

function createDiffieHellman(sizeOrKey, keyEncoding, generator, generatorEncoding) {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, generatorEncoding);
}

function getDiffieHellman(name) {
  return new DiffieHellmanGroup(name);
}

function createECDH(curve) {
  return new ECDH(curve);
}

function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

module.exports = {
  Certificate,
  DiffieHellman,
  DiffieHellmanGroup,
  ECDH,
  KeyObject,
  Sign,
  Verify,
  X509Certificate,
  createDiffieHellman,
  createDiffieHellmanGroup: getDiffieHellman,
  createECDH,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign,
  createVerify,
  diffieHellman,
  getDiffieHellman,
  sign: signOnce,
  verify: verifyOnce,
  ...require('internal/crypto/keygen'),
  ...require('internal/crypto/rsa'),
};
