// ECDH over named curves, its keys as bytes.
'use strict';

const binding = internalBinding('crypto_ecdh');
const { encode, toBytes } = require('internal/crypto/util');
const { validateString } = require('internal/validators');
const { codes: { ERR_CRYPTO_ECDH_INVALID_FORMAT } } = require('internal/errors');

const kHandle = Symbol('kHandle');
const kForms = { compressed: 2, uncompressed: 4, hybrid: 6 };

// The first byte of points in that form.
function formOf(format) {
  if (!format) return kForms.uncompressed;
  if (typeof format !== 'string' || !Object.hasOwn(kForms, format)) throw new ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  return kForms[format];
}

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  validateString(curve, 'curve');
  Object.defineProperty(this, kHandle, { value: new binding.ECDH(curve) });
}

ECDH.convertKey = function convertKey(key, curve, inputEncoding = undefined, outputEncoding = undefined, format = undefined) {
  validateString(curve, 'curve');
  const bytes = toBytes(key, 'key', inputEncoding);
  return encode(binding.convertPoint(curve, bytes, formOf(format)), outputEncoding);
};

ECDH.prototype.generateKeys = function generateKeys(encoding = undefined, format = undefined) {
  this[kHandle].generateKeys();
  return this.getPublicKey(encoding, format);
};

ECDH.prototype.computeSecret = function computeSecret(otherPublicKey, inputEncoding = undefined, outputEncoding = undefined) {
  return encode(this[kHandle].computeSecret(toBytes(otherPublicKey, 'otherPublicKey', inputEncoding)), outputEncoding);
};

ECDH.prototype.getPublicKey = function getPublicKey(encoding = undefined, format = undefined) {
  return encode(this[kHandle].getPublicKey(formOf(format)), encoding);
};

ECDH.prototype.getPrivateKey = function getPrivateKey(encoding = undefined) {
  return encode(this[kHandle].getPrivateKey(), encoding);
};

ECDH.prototype.setPublicKey = function setPublicKey(key, encoding = undefined) {
  this[kHandle].setPublicKey(toBytes(key, 'key', encoding));
  return this;
};

ECDH.prototype.setPrivateKey = function setPrivateKey(key, encoding = undefined) {
  this[kHandle].setPrivateKey(toBytes(key, 'key', encoding));
  return this;
};

module.exports = { ECDH };
