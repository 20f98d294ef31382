// Cipher, Decipher, Cipheriv and Decipheriv.
'use strict';

const { Buffer } = require('buffer');
const { StringDecoder } = require('string_decoder');
const binding = internalBinding('crypto_cipher');
const {
  codes: { ERR_CRYPTO_INVALID_STATE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const { validateEncoding, validateInt32, validateObject, validateString } = require('internal/validators');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const {
  getDefaultEncoding, getOptionString, likeBinary, toBytes, toSecret,
} = require('internal/crypto/util');

const kCipher = Symbol('kCipher');
const kEncrypts = Symbol('kEncrypts');

// A whole number of an option, or -1 for none.
function getOptionUint(options, name) {
  const value = options?.[name];
  if (value === undefined || value === null) return -1;
  if (value >>> 0 !== value) throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  return value;
}

// `iv` undefined: key and iv come from a password.
function init(self, encrypts, algorithm, key, iv, tagLength, options) {
  self[kCipher] = new binding.Cipher(encrypts, algorithm, key, iv, tagLength | 0);
  self[kEncrypts] = encrypts;
  self._decoder = null;
  Reflect.apply(LazyTransform, self, [options]);
}

function initWithPassword(self, encrypts, algorithm, password, options) {
  validateString(algorithm, 'cipher');
  password = toBytes(password, 'password');
  const tagLength = getOptionUint(options, 'authTagLength');
  // With these the same password means the same stream of bytes: whoever sees two messages sees how they differ.
  if (encrypts && ['ctr', 'gcm', 'ccm'].includes(binding.info(algorithm, -1, -1)?.[0])) {
    process.emitWarning(`Use Cipheriv for counter mode of ${algorithm}`);
  }
  init(self, encrypts, algorithm, password, undefined, tagLength, options);
}

function initWithIv(self, encrypts, algorithm, key, iv, options) {
  validateString(algorithm, 'cipher');
  const encoding = getOptionString(options, 'encoding');
  key = toSecret(key, 'key', encoding);
  iv = iv === null ? null : toBytes(iv, 'iv');
  init(self, encrypts, algorithm, key, iv, getOptionUint(options, 'authTagLength'), options);
}

function Cipher(cipher, password, options) {
  if (!new.target) return new Cipher(cipher, password, options);
  initWithPassword(this, true, cipher, password, options);
}

function Decipher(cipher, password, options) {
  if (!new.target) return new Decipher(cipher, password, options);
  initWithPassword(this, false, cipher, password, options);
}

function Cipheriv(cipher, key, iv, options) {
  if (!new.target) return new Cipheriv(cipher, key, iv, options);
  initWithIv(this, true, cipher, key, iv, options);
}

function Decipheriv(cipher, key, iv, options) {
  if (!new.target) return new Decipheriv(cipher, key, iv, options);
  initWithIv(this, false, cipher, key, iv, options);
}

// ---- What they do ---------------------------------------------------------------------------

function checkState(ok, name) {
  if (!ok) throw new ERR_CRYPTO_INVALID_STATE(name);
}

// The decoder of all text that comes out: it keeps what belongs to a character that is not whole yet.
function decoderOf(self, encoding) {
  const name = Buffer.isEncoding(encoding) ? new StringDecoder(encoding).encoding : undefined;
  if (name === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  self._decoder ??= new StringDecoder(encoding);
  if (self._decoder.encoding !== name) {
    throw new ERR_INVALID_ARG_VALUE('outputEncoding', encoding, `is not the one before (${self._decoder.encoding}): Cannot change encoding`);
  }
  return self._decoder;
}

// Ciphertext is like the binary strings of 2010; what was deciphered may be text of any kind.
function asBuffer(self, bytes) {
  return self[kEncrypts] ? likeBinary(bytes) : bytes;
}

// A string as bytes. To a decipher, one of no encoding is what Buffers of ciphertext make of themselves.
function dataBytes(self, data, encoding) {
  if (typeof data !== 'string') {
    if (ArrayBuffer.isView(data)) return data;
    throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  encoding ||= getDefaultEncoding();
  if (encoding === 'buffer') encoding = self[kEncrypts] || /[^\0-\xff]/.test(data) ? 'utf8' : 'latin1';
  validateEncoding(data, encoding);
  return Buffer.from(data, encoding);
}

function update(data, inputEncoding, outputEncoding) {
  outputEncoding ||= getDefaultEncoding();
  const bytes = this[kCipher].update(dataBytes(this, data, inputEncoding));
  if (outputEncoding === 'buffer') return asBuffer(this, bytes);
  return decoderOf(this, outputEncoding).write(bytes);
}

function final(outputEncoding) {
  outputEncoding ||= getDefaultEncoding();
  const bytes = this[kCipher].final();
  if (outputEncoding === 'buffer') return asBuffer(this, bytes);
  return decoderOf(this, outputEncoding).end(bytes);
}

function setAutoPadding(autoPadding = true) {
  checkState(this[kCipher].setAutoPadding(Boolean(autoPadding)), 'setAutoPadding');
  return this;
}

function setAAD(buffer, options) {
  const encoding = getOptionString(options, 'encoding');
  const plaintextLength = getOptionUint(options, 'plaintextLength');
  checkState(this[kCipher].setAAD(toBytes(buffer, 'aadbuf', encoding), plaintextLength), 'setAAD');
  return this;
}

function getAuthTag() {
  const tag = this[kCipher].getAuthTag();
  checkState(tag !== undefined, 'getAuthTag');
  return tag;
}

function setAuthTag(buffer, encoding) {
  checkState(this[kCipher].setAuthTag(toBytes(buffer, 'buffer', encoding)), 'setAuthTag');
  return this;
}

function transform(chunk, encoding, callback) {
  this.push(this[kCipher].update(dataBytes(this, chunk, encoding)));
  callback();
}

function flush(callback) {
  try {
    this.push(this[kCipher].final());
  } catch (error) {
    callback(error);
    return;
  }
  callback();
}

// 2010's final() that takes padding as it is.
function finaltol(outputEncoding) {
  const bytes = this[kCipher].finalTolerant();
  outputEncoding ||= getDefaultEncoding();
  if (outputEncoding === 'buffer') return bytes;
  return decoderOf(this, outputEncoding).end(bytes);
}

for (const Class of [Cipher, Decipher, Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(Class.prototype, LazyTransform.prototype);
  Object.setPrototypeOf(Class, LazyTransform);
  Object.assign(Class.prototype, { _transform: transform, _flush: flush, update, final, setAutoPadding, setAAD });
}
for (const Class of [Cipher, Cipheriv]) Class.prototype.getAuthTag = getAuthTag;
for (const Class of [Decipher, Decipheriv]) Object.assign(Class.prototype, { setAuthTag, finaltol });

// ---- What a cipher is -----------------------------------------------------------------------

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength;
  let ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ keyLength, ivLength } = options);
    if (keyLength !== undefined) validateInt32(keyLength, 'options.keyLength');
    if (ivLength !== undefined) validateInt32(ivLength, 'options.ivLength');
    if (keyLength < 0 || ivLength < 0) return undefined;
  }
  const found = binding.info(nameOrNid, keyLength ?? -1, ivLength ?? -1);
  if (found === undefined) return undefined;
  const [mode, name, nid, blockSize, iv, key] = found;
  const info = { mode, name: name.toLowerCase(), nid };
  // Streams have no blocks, and some ciphers no iv.
  if (mode !== 'stream') info.blockSize = blockSize;
  if (iv !== 0) info.ivLength = iv;
  info.keyLength = key;
  return info;
}

module.exports = { Cipher, Cipheriv, Decipher, Decipheriv, getCipherInfo };
