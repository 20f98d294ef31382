// Encrypted server connections that live in C++: the server as they see it, and their socket objects. Such a socket is
// made when somebody asks for it, and shows of TLS what a TLSSocket shows.
'use strict';

const binding = internalBinding('https');
const native = require('internal/http/native');
const { NativeSide } = require('internal/http/server');
const { ConnectionSocket } = require('internal/http/socket');
const { codes, connResetException } = require('internal/errors');
const { TLSSocket } = require('internal/tls/socket');

const kNothing = Buffer.alloc(0);
const kView = Symbol('kView');

class SecureSide extends NativeSide {
  #server;
  #tls = new binding.ServerTls();
  #context = undefined;
  #alpn = undefined;

  constructor(server) {
    super(server);
    this.#server = server;
    this.Socket = SecureConnectionSocket;
  }

  // New connections are encrypted by this.
  use(context, alpn = kNothing) {
    if (context === this.#context && alpn === this.#alpn) return;
    this.#context = context;
    this.#alpn = alpn;
    this.#tls.use(native.getHub(), this.id, context, alpn);
  }

  // There is no connection after all.
  insecure(conn, error = binding.failure(native.getHub(), conn)) {
    this.#server.emit('tlsClientError', error ?? connResetException('socket hang up'), native.socketOf(conn));
    native.getHub().destroy(conn);
  }

  tooSlow(conn, headSent) {
    if (binding.isSecure(native.getHub(), conn)) super.tooSlow(conn, headSent);
    else this.insecure(conn, new codes.ERR_TLS_HANDSHAKE_TIMEOUT());
  }
}

// What TLSSocket's methods ask of their handle.
class Facts {
  #number;
  #list = undefined;

  constructor(number) {
    this.#number = number;
  }

  // Kept, for those who ask when the connection has gone.
  get list() {
    return this.#list ??= binding.facts(native.getHub(), this.#number);
  }
  #bytes(what) {
    return binding.bytes(native.getHub(), this.#number, what);
  }
  version() { return this.list?.[0] ?? null; }
  cipher() { return this.list?.slice(1, 4); }
  alpn() { return this.list?.[4] ?? false; }
  serverName() { return this.list?.[5] ?? false; }
  sessionReused() { return this.list?.[6] ?? false; }
  // Clients are asked for no certificate here.
  peerChain() { return []; }
  ownCertificate() { return this.#bytes(0); }
  session() { return this.#bytes(1); }
  sessionTicket() { return this.#bytes(2); }
  finished(ofPeer) { return this.#bytes(ofPeer ? 4 : 3); }
  sharedSigalgs() { return binding.sharedSigalgs(native.getHub(), this.#number); }
  exportKeys(...args) { return binding.exportKeys(native.getHub(), this.#number, ...args); }
}

class SecureConnectionSocket extends ConnectionSocket {
  constructor(number, drain, close) {
    super(number, drain, close);
    this.encrypted = true;
    this.authorized = false;
    this.authorizationError = null;
    this.secureConnecting = false;
    const facts = new Facts(number);
    this[kView] = { _handle: facts, _tlsOptions: { isServer: true }, _secureEstablished: true };
    void facts.list;
  }

  get alpnProtocol() { return this[kView]._handle.alpn(); }
  get servername() { return this[kView]._handle.serverName(); }
}

for (const name of [
  'exportKeyingMaterial', 'getCertificate', 'getCipher', 'getEphemeralKeyInfo', 'getFinished', 'getPeerCertificate', 'getPeerFinished',
  'getPeerX509Certificate', 'getProtocol', 'getSession', 'getSharedSigalgs', 'getTLSTicket', 'getX509Certificate', 'isSessionReused',
]) {
  SecureConnectionSocket.prototype[name] = function(...args) {
    return Reflect.apply(TLSSocket.prototype[name], this[kView], args);
  };
}
// It is what C++ does anyway.
SecureConnectionSocket.prototype.disableRenegotiation = () => {};

module.exports = { SecureSide };
