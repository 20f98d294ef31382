// X509Certificate: what a certificate says, and checks of names, keys and issuers against it.
'use strict';

const binding = internalBinding('crypto_x509');
const { isStringOrBytes } = require('internal/crypto/key_encoding');
const { handleOf, isKeyObject, keyObjectOf } = require('internal/crypto/keys');
const { toBytes } = require('internal/crypto/util');
const { customInspectSymbol, kClone, kPack } = require('internal/util');
const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');

// X509_check_host(3)
const kFlags = {
  always: 0x1, noWildcards: 0x2, noPartialWildcards: 0x4, multiLabelWildcards: 0x8, singleLabelSubdomains: 0x10, never: 0x20,
};

function hostFlags(options = {}) {
  validateObject(options, 'options');
  const {
    subject = 'default', wildcards = true, partialWildcards = true, multiLabelWildcards = false, singleLabelSubdomains = false,
  } = options;
  validateString(subject, 'options.subject');
  for (const [name, value] of Object.entries({ wildcards, partialWildcards, multiLabelWildcards, singleLabelSubdomains })) {
    validateBoolean(value, `options.${name}`);
  }
  let flags = subjectFlag(subject);
  if (!wildcards) flags |= kFlags.noWildcards;
  if (!partialWildcards) flags |= kFlags.noPartialWildcards;
  if (multiLabelWildcards) flags |= kFlags.multiLabelWildcards;
  if (singleLabelSubdomains) flags |= kFlags.singleLabelSubdomains;
  return flags;
}

function subjectFlag(subject) {
  if (subject === 'default') return 0;
  if (subject !== 'always' && subject !== 'never') throw new ERR_INVALID_ARG_VALUE('options.subject', subject);
  return kFlags[subject];
}

// { CN: 'a', OU: ['b', 'c'] } out of a flat list of names and values.
function nameObject(parts) {
  const object = Object.create(null);
  for (let i = 0; i < parts.length; i += 2) {
    const [key, value] = [parts[i], parts[i + 1]];
    if (!(key in object)) object[key] = value;
    else if (Array.isArray(object[key])) object[key].push(value);
    else object[key] = [object[key], value];
  }
  return object;
}

// { 'OCSP - URI': ['http://...'] } out of lines.
function infoAccessObject(text) {
  if (text === undefined) return undefined;
  const object = Object.create(null);
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    const key = line.slice(0, colon);
    const value = line.slice(colon + 1);
    (object[key] ??= []).push(value.startsWith('"') ? JSON.parse(value) : value);
  }
  return object;
}

function keyFactsObject(handle) {
  const facts = handle.keyFacts();
  if (facts === undefined) return {};
  const isRsa = typeof facts[1] === 'string' && facts[1].startsWith('0x');
  if (isRsa) return { modulus: facts[0], bits: facts[2], exponent: facts[1], pubkey: facts[3] };
  return { bits: facts[2], pubkey: facts[3], asn1Curve: facts[0], nistCurve: facts[1] };
}

// The object that tls has for certificates.
function legacyObject(handle) {
  const object = {
    subject: nameObject(handle.subjectParts()),
    issuer: nameObject(handle.issuerParts()),
    subjectaltname: handle.subjectAltName(),
    infoAccess: infoAccessObject(handle.infoAccess()),
    ca: handle.isCa(),
    ...keyFactsObject(handle),
    valid_from: handle.validFrom(),
    valid_to: handle.validTo(),
    fingerprint: handle.fingerprint('sha1'),
    fingerprint256: handle.fingerprint('sha256'),
    fingerprint512: handle.fingerprint('sha512'),
    ext_key_usage: handle.keyUsage(),
    serialNumber: handle.serialNumber(),
    raw: handle.raw(),
  };
  for (const key of Object.keys(object)) if (object[key] === undefined) delete object[key];
  return object;
}

const isX509Certificate = (value) => value instanceof X509Certificate;

class X509Certificate {
  #handle;
  #facts = new Map();

  constructor(buffer) {
    if (buffer instanceof binding.X509) {
      this.#handle = buffer;
      return;
    }
    if (!isStringOrBytes(buffer)) throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    this.#handle = new binding.X509(toBytes(buffer, 'buffer'));
  }

  // Certificates never change: what has been asked once is known.
  #fact(name, compute) {
    if (!this.#facts.has(name)) this.#facts.set(name, compute(this.#handle));
    return this.#facts.get(name);
  }

  [kClone]() {
    return new X509Certificate(this.#handle);
  }

  [kPack]() {
    return [Buffer.from(this.raw), 'internal/crypto/x509'];
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const inner = { ...options, depth: options.depth === null || options.depth === undefined ? null : options.depth - 1 };
    const {
      subject, subjectAltName, issuer, infoAccess, validFrom, validTo, fingerprint, fingerprint256, fingerprint512, keyUsage,
      serialNumber,
    } = this;
    return `X509Certificate ${require('util').inspect({
      subject, subjectAltName, issuer, infoAccess, validFrom, validTo, fingerprint, fingerprint256, fingerprint512, keyUsage,
      serialNumber,
    }, inner)}`;
  }

  get subject() { return this.#fact('subject', (handle) => handle.subject()); }
  get subjectAltName() { return this.#fact('subjectAltName', (handle) => handle.subjectAltName()); }
  get issuer() { return this.#fact('issuer', (handle) => handle.issuer()); }
  get issuerCertificate() { return undefined; }
  get infoAccess() { return this.#fact('infoAccess', (handle) => handle.infoAccess()); }
  get validFrom() { return this.#fact('validFrom', (handle) => handle.validFrom()); }
  get validTo() { return this.#fact('validTo', (handle) => handle.validTo()); }
  get fingerprint() { return this.#fact('fingerprint', (handle) => handle.fingerprint('sha1')); }
  get fingerprint256() { return this.#fact('fingerprint256', (handle) => handle.fingerprint('sha256')); }
  get fingerprint512() { return this.#fact('fingerprint512', (handle) => handle.fingerprint('sha512')); }
  get keyUsage() { return this.#fact('keyUsage', (handle) => handle.keyUsage()); }
  get serialNumber() { return this.#fact('serialNumber', (handle) => handle.serialNumber()); }
  get raw() { return this.#fact('raw', (handle) => handle.raw()); }
  get publicKey() { return this.#fact('publicKey', (handle) => keyObjectOf(handle.publicKey())); }
  get ca() { return this.#fact('ca', (handle) => handle.isCa()); }

  toString() {
    return this.#fact('pem', (handle) => handle.pem());
  }

  // There is no JSON form of certificates; this is the one that everybody reads.
  toJSON() {
    return this.toString();
  }

  checkHost(name, options = undefined) {
    validateString(name, 'name');
    const flags = hostFlags(options);
    if (name.includes('\0')) throw new ERR_INVALID_ARG_VALUE('name', name);
    return this.#handle.checkHost(name, flags);
  }

  checkEmail(email, options = undefined) {
    validateString(email, 'email');
    const flags = hostFlags(options);
    if (email.includes('\0')) throw new ERR_INVALID_ARG_VALUE('email', email);
    return this.#handle.checkEmail(email, flags);
  }

  checkIP(ip, options = undefined) {
    validateString(ip, 'ip');
    if (options !== undefined) hostFlags(options);
    if (ip.includes('\0')) throw new ERR_INVALID_ARG_VALUE('ip', ip);
    return this.#handle.checkIP(ip);
  }

  checkIssued(otherCert) {
    if (!isX509Certificate(otherCert)) throw new ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    return this.#handle.checkIssued(otherCert.#handle);
  }

  checkPrivateKey(pkey) {
    if (!isKeyObject(pkey)) throw new ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'private') throw new ERR_INVALID_ARG_VALUE('pkey', pkey);
    return this.#handle.checkPrivateKey(handleOf(pkey));
  }

  verify(pkey) {
    if (!isKeyObject(pkey)) throw new ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'public') throw new ERR_INVALID_ARG_VALUE('pkey', pkey);
    return this.#handle.verify(handleOf(pkey));
  }

  toLegacyObject() {
    return legacyObject(this.#handle);
  }
}

module.exports = { X509Certificate, isX509Certificate, unpack: (packed) => new X509Certificate(packed) };
