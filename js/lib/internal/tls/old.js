// tls: what 2010's programs say: credentials, streams that turn secure, pairs of streams.
'use strict';

const EventEmitter = require('events');
const { Duplex } = require('stream');
const { codes } = require('internal/errors');
const { kOwner } = require('internal/net');
const { toObject } = require('internal/tls/certificate');
const { createSecureContext } = require('internal/tls/context');
const { kEvents, makeHandle } = require('internal/tls/handle');
const { TLSSocket } = require('internal/tls/socket');

// ---- Credentials -----------------------------------------------------------------------------------

// Keys of those days are short: level 0 takes them (SSL_CTX_set_security_level(3)).
function Credentials(details = {}) {
  if (!(this instanceof Credentials)) return new Credentials(details);
  const { key, cert, ca, method } = details ?? {};
  const ciphers = `${require('tls').DEFAULT_CIPHERS}:@SECLEVEL=0`;
  this.context = createSecureContext({ key, cert, ca, ciphers, secureProtocol: method }).context;
  this.shouldVerify = Boolean(ca);
}

function contextOf(credentials) {
  if (typeof credentials?.context !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('credentials', 'Credentials', credentials);
  return credentials.context;
}

// ---- Streams that turn secure ------------------------------------------------------------------------

// "/C=UK/CN=ca1": the parts in the certificate's order.
const toPath = (name) => Object.entries(name ?? {}).flatMap(([key, value]) => [value].flat().map((one) => `/${key}=${one}`)).join('');

function describe(der) {
  const { subject, issuer, valid_from, valid_to, fingerprint } = toObject(der);
  return { subject: toPath(subject), issuer: toPath(issuer), valid_from, valid_to, fingerprint };
}

const streamEvents = {
  secure(stream) {
    stream.secureEstablished = true;
    stream.emit('secure');
  },
  failure(stream, error) {
    stream.destroy(error);
  },
};
for (const name of ['renegotiation', 'session', 'keylog']) streamEvents[name] = () => {};

// What the connected stream reads and writes is encrypted from now on; 'secure' tells when the handshake is over. Nobody is refused
// for a certificate: the program asks verifyPeer().
function setSecure(stream, credentials) {
  const context = contextOf(credentials ?? new Credentials());
  if (stream._handle === null || stream.connecting) {
    stream.once('connect', () => setSecure(stream, credentials));
    return;
  }
  const isServer = Boolean(stream.server);
  const below = stream._handle;
  const handle = makeHandle(context, isServer, stream);
  if (isServer && credentials?.shouldVerify) handle.verifyPeer(context, false);
  below[kOwner] = undefined;
  handle[kOwner] = stream;
  stream._handle = handle;
  stream[kEvents] = streamEvents;
  stream.secure = true;
  stream.secureEstablished = false;
  handle.start();
  handle.readStart();
}

function secureHandleOf(stream) {
  if ((stream.secure || stream.encrypted) && stream._handle !== null) return stream._handle;
  throw Object.assign(new Error('Stream is not a secure stream.'), { code: 'ERR_INVALID_STATE' });
}

function verifyPeer(stream) {
  return secureHandleOf(stream).verifyError() === null;
}

function getPeerCertificate(stream) {
  const chain = secureHandleOf(stream).peerChain(false);
  return chain.length === 0 ? undefined : describe(chain[0]);
}

// ---- Pairs -------------------------------------------------------------------------------------------

const kOther = Symbol('kOther');
const kTaken = Symbol('kTaken');

// One end of a pair: what is written to it comes out of the other.
class PairEnd extends Duplex {
  constructor() {
    super();
    this[kOther] = null;
    this[kTaken] = null;
  }
  _read() {
    const taken = this[kTaken];
    this[kTaken] = null;
    taken?.();
  }
  _write(chunk, encoding, callback) {
    if (chunk.length === 0) return process.nextTick(callback);
    this[kOther][kTaken] = callback;
    this[kOther].push(chunk);
  }
  _final(callback) {
    this[kOther].on('end', callback);
    this[kOther].push(null);
  }
}

function makePair() {
  const ends = [new PairEnd(), new PairEnd()];
  [ends[1][kOther], ends[0][kOther]] = ends;
  return ends;
}

// TLS without a socket: cipher text on one stream, plain text on the other.
class SecurePair extends EventEmitter {
  constructor(secureContext = createSecureContext(), isServer = false, requestCert = !isServer, rejectUnauthorized = false, options = {}) {
    super();
    const [outside, inside] = makePair();
    this.server = options.server;
    this.credentials = secureContext;
    this.encrypted = outside;
    this.cleartext = new TLSSocket(inside, { secureContext, isServer, requestCert, rejectUnauthorized, ...options });
    this.cleartext.once('secure', () => this.emit('secure'));
    this.cleartext.once('end', () => this.emit('end'));
    this.cleartext.once('close', () => this.emit('close'));
    this.cleartext.on('error', (error) => {
      if (this.listenerCount('error') > 0) this.emit('error', error);
    });
    // A client has the first word.
    if (!isServer) process.nextTick(() => this.cleartext._start());
  }
  getPeerCertificate() {
    const chain = this.cleartext._handle?.peerChain(false) ?? [];
    return chain.length === 0 ? undefined : describe(chain[0]);
  }
  getCipher() {
    const { name, version } = this.cleartext.getCipher();
    return { name, version };
  }
  destroy() {
    this.cleartext.destroy();
    this.encrypted.destroy();
  }
}

function createSecurePair(secureContext, ...rest) {
  if (secureContext !== undefined && secureContext !== null && typeof secureContext.context !== 'object') {
    throw new codes.ERR_TLS_INVALID_CONTEXT('context');
  }
  return new SecurePair(secureContext ?? undefined, ...rest);
}

module.exports = {
  Credentials,
  SecurePair,
  createCredentials: (details) => new Credentials(details),
  createSecurePair,
  getPeerCertificate,
  setSecure,
  verifyPeer,
};
