// tls: SecureContext, what connections have in common, made from a program's options.
'use strict';

// OpenSSL is set up as the options say before it is first used.
require('internal/crypto/util');
const binding = internalBinding('tls');
const { codes } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } = codes;
const { validateInteger, validateObject, validateString } = require('internal/validators');
const { numberOf, readMethod } = require('internal/tls/defaults');

// SSL_OP_CIPHER_SERVER_PREFERENCE
const kServerPreference = 0x00400000;

let roots;
function trustedRoots() {
  return roots ??= new binding.TrustedRoots();
}

function warnOfExtraRoots() {
  if (process.env.NODE_EXTRA_CA_CERTS === undefined) return;
  const warning = trustedRoots().warning();
  if (warning !== '') process.emitWarning(warning);
}

const toPem = (der) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----`;
let rootTexts;
function rootCertificates() {
  return rootTexts ??= Object.freeze(trustedRoots().list().map(toPem));
}

function SecureContext(secureProtocol, secureOptions, minVersion, maxVersion) {
  if (!(this instanceof SecureContext)) return new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  const tls = require('tls');
  this.context = new binding.SecureContext();
  if (secureProtocol) {
    if (minVersion !== undefined && minVersion !== null) throw new codes.ERR_TLS_PROTOCOL_VERSION_CONFLICT(minVersion, secureProtocol);
    if (maxVersion !== undefined && maxVersion !== null) throw new codes.ERR_TLS_PROTOCOL_VERSION_CONFLICT(maxVersion, secureProtocol);
    this.context.init(...readMethod(`${secureProtocol}`, numberOf(tls.DEFAULT_MIN_VERSION, 'minimum')));
  } else {
    this.context.init(0, numberOf(minVersion, 'minimum', tls.DEFAULT_MIN_VERSION), numberOf(maxVersion, 'maximum', tls.DEFAULT_MAX_VERSION));
  }
  if (secureOptions) {
    validateInteger(secureOptions, 'secureOptions');
    this.context.setOptions(secureOptions);
  }
}

// ---- Checks ------------------------------------------------------------------------------------

const given = (value) => value !== undefined && value !== null;
const isText = (value) => typeof value === 'string' || ArrayBuffer.isView(value);

function checkText(name, value) {
  if (isText(value)) return;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

function checkSecret(name, value) {
  if (given(value)) validateString(value, name);
}

const listOf = (value) => (Array.isArray(value) ? value : [value]);

// What may be one or several, each to be checked. Nothing is as good as none.
function each(name, value, use) {
  if (!value) return;
  for (const one of listOf(value)) {
    checkText(name, one);
    use(one);
  }
}

function splitCiphers(list) {
  const names = list.split(':').filter((name) => name !== '');
  const isSuite = (name) => name.startsWith('TLS_');
  return [names.filter((name) => !isSuite(name)).join(':'), names.filter(isSuite).join(':')];
}

// ---- Options -----------------------------------------------------------------------------------

function setKeys(context, options) {
  const { key, passphrase } = options;
  if (!key) return;
  for (const one of listOf(key)) {
    const pem = Array.isArray(key) && one !== null && typeof one === 'object' && given(one.pem) ? one.pem : one;
    const secret = one?.passphrase ?? passphrase;
    checkText('options.key', pem);
    checkSecret(one?.passphrase === undefined ? 'options.passphrase' : 'options.key[].passphrase', secret);
    context.setKey(pem, secret);
  }
}

function setPfx(context, options) {
  const { pfx, passphrase } = options;
  if (!given(pfx)) return;
  for (const one of listOf(pfx)) {
    const hasOwn = one !== null && typeof one === 'object' && given(one.buf);
    const bytes = hasOwn ? one.buf : one;
    checkText('options.pfx', bytes);
    const secret = (hasOwn ? one.passphrase : undefined) || passphrase;
    if (given(secret)) context.loadPKCS12(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, `${secret}`);
    else context.loadPKCS12(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }
}

function setCiphers(context, ciphers) {
  if (given(ciphers)) validateString(ciphers, 'options.ciphers');
  const [list, suites] = splitCiphers(ciphers || require('tls').DEFAULT_CIPHERS);
  if (list === '' && suites === '') throw new ERR_INVALID_ARG_VALUE('options.ciphers', ciphers);
  // A list that names suites of TLS 1.3 only means no other version.
  if (suites !== '') context.setCipherSuites(suites);
  context.setCiphers(list);
  if (list === '' && context.getMinProto() < 0x304 && context.getMaxProto() > 0x303) context.setMinProto(0x304);
}

function setDhParams(context, dhparam) {
  if (!given(dhparam)) return;
  checkText('options.dhparam', dhparam);
  const bits = context.setDHParam(dhparam);
  if (bits < 1024) throw new ERR_INVALID_ARG_VALUE('options.dhparam', dhparam, 'DH parameter is less than 1024 bits');
  if (bits < 2048) process.emitWarning('DH parameter is less than 2048 bits', 'SecurityWarning');
}

function setTrust(context, options) {
  // Not given and an empty list differ: the latter trusts nobody.
  if (options.ca) {
    each('options.ca', options.ca, (ca) => context.addCACert(ca));
  } else {
    context.addRootCerts(trustedRoots());
    warnOfExtraRoots();
  }
  each('options.crl', options.crl, (crl) => context.addCRL(crl));
  if (options.allowPartialTrustChain) context.setAllowPartialTrustChain();
}

function setSessions(context, options) {
  const { sessionIdContext, sessionTimeout, ticketKeys } = options;
  if (given(sessionIdContext)) {
    validateString(sessionIdContext, 'options.sessionIdContext');
    context.setSessionIdContext(sessionIdContext);
  }
  if (given(ticketKeys)) {
    if (!ArrayBuffer.isView(ticketKeys)) {
      throw new ERR_INVALID_ARG_TYPE('options.ticketKeys', ['Buffer', 'TypedArray', 'DataView'], ticketKeys);
    }
    if (ticketKeys.byteLength !== 48) {
      throw new ERR_INVALID_ARG_VALUE('options.ticketKeys', ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
    context.setTicketKeys(ticketKeys);
  }
  if (given(sessionTimeout)) {
    validateInteger(sessionTimeout, 'options.sessionTimeout', 0, 2 ** 31 - 1);
    context.setSessionTimeout(sessionTimeout);
  }
}

function checkEngines(options) {
  const names = ['privateKeyIdentifier', 'privateKeyEngine', 'clientCertEngine'].filter((name) => given(options[name]));
  for (const name of names) {
    if (typeof options[name] === 'string') continue;
    throw new ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'null', 'undefined'], options[name]);
  }
  if (names.length > 0) throw new codes.ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
}

function configure(context, options) {
  validateObject(options, 'options');
  // First: the list may say how weak a key may be.
  setCiphers(context, options.ciphers);
  setTrust(context, options);
  each('options.cert', options.cert, (cert) => context.setCert(cert));
  setKeys(context, options);
  if (given(options.sigalgs)) {
    validateString(options.sigalgs, 'options.sigalgs');
    if (options.sigalgs === '') throw new ERR_INVALID_ARG_VALUE('options.sigalgs', options.sigalgs);
    context.setSigalgs(options.sigalgs);
  }
  checkEngines(options);
  const curve = options.ecdhCurve ?? require('tls').DEFAULT_ECDH_CURVE;
  validateString(curve, 'options.ecdhCurve');
  context.setECDHCurve(curve);
  setDhParams(context, options.dhparam);
  setPfx(context, options);
  setSessions(context, options);
}

function createSecureContext(options) {
  options ??= {};
  if (typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  let { secureOptions } = options;
  if (options.honorCipherOrder) secureOptions |= kServerPreference;
  const made = new SecureContext(options.secureProtocol, secureOptions, options.minVersion, options.maxVersion);
  configure(made.context, options);
  return made;
}

module.exports = { SecureContext, createSecureContext, rootCertificates, trustedRoots };
