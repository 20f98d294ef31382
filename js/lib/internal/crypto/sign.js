// Signatures: Sign and Verify, which are streams, and sign() and verify() over data that is there.
'use strict';

const { Writable } = require('stream');
const binding = internalBinding('crypto_sign');
const { isBytes } = require('internal/crypto/key_encoding');
const { privateHandle, publicHandle } = require('internal/crypto/keys');
const { bindJob, encode, toBytes } = require('internal/crypto/util');
const { validateEncoding, validateFunction, validateString } = require('internal/validators');
const {
  codes: { ERR_CRYPTO_SIGN_KEY_REQUIRED, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');

const kDataTypes = ['Buffer', 'TypedArray', 'DataView'];

function integerOption(options, name) {
  const value = options?.[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || value !== (value | 0)) throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  return value;
}

// [padding, salt length, whether r and s are side by side]
function schemeOf(options) {
  const encoding = typeof options === 'object' ? options?.dsaEncoding : undefined;
  if (encoding !== undefined && encoding !== 'der' && encoding !== 'ieee-p1363') {
    throw new ERR_INVALID_ARG_VALUE('options.dsaEncoding', encoding);
  }
  return [integerOption(options, 'padding'), integerOption(options, 'saltLength'), encoding === 'ieee-p1363'];
}

// ---- Streams ------------------------------------------------------------------------------------

const kState = Symbol('kState');

function initialize(self, algorithm, options) {
  validateString(algorithm, 'algorithm');
  Object.defineProperty(self, kState, { value: new binding.SignState(algorithm) });
  Reflect.apply(Writable, self, [options]);
}

function update(data, encoding = undefined) {
  if (typeof data === 'string') validateEncoding(data, encoding);
  else if (!ArrayBuffer.isView(data)) throw new ERR_INVALID_ARG_TYPE('data', ['string', ...kDataTypes], data);
  this[kState].update(toBytes(data, 'data', encoding));
  return this;
}

function _write(chunk, encoding, callback) {
  this.update(chunk, encoding);
  callback();
}

function inherit(Class) {
  Object.setPrototypeOf(Class.prototype, Writable.prototype);
  Object.setPrototypeOf(Class, Writable);
  Object.assign(Class.prototype, { _write, update });
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  initialize(this, algorithm, options);
}
inherit(Sign);

Sign.prototype.sign = function sign(options, encoding = undefined) {
  if (!options) throw new ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const handle = privateHandle(options);
  const signature = this[kState].sign(handle, ...schemeOf(options));
  return encode(signature, encoding);
};

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  initialize(this, algorithm, options);
}
inherit(Verify);

Verify.prototype.verify = function verify(options, signature, encoding = undefined) {
  const bytes = toBytes(signature, 'signature', encoding);
  const handle = publicHandle(options);
  return this[kState].verify(handle, bytes, ...schemeOf(options));
};

// ---- Data that is there -------------------------------------------------------------------------

function checkOnce(algorithm, data, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  return toBytes(data, 'data');
}

const done = (callback) => callback === undefined ? undefined : bindJob(callback, 'SIGNREQUEST');

function signOnce(algorithm, data, key, callback = undefined) {
  const bytes = checkOnce(algorithm, data, callback);
  if (!key) throw new ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const scheme = schemeOf(key);
  return binding.signOnce(privateHandle(key), algorithm ?? undefined, bytes, ...scheme, done(callback));
}

function verifyOnce(algorithm, data, key, signature, callback = undefined) {
  const bytes = checkOnce(algorithm, data, callback);
  const scheme = schemeOf(key);
  if (!isBytes(signature)) throw new ERR_INVALID_ARG_TYPE('signature', kDataTypes, signature);
  return binding.verifyOnce(publicHandle(key), algorithm ?? undefined, bytes, signature, ...scheme, done(callback));
}

module.exports = { Sign, Verify, signOnce, verifyOnce };
