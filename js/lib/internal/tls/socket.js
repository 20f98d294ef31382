// tls: TLSSocket, a net.Socket whose bytes are encrypted on their way over another socket or any Duplex.
'use strict';

const net = require('net');
const { codes } = require('internal/errors');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { chainToObject, chainToX509, toObject, toX509 } = require('internal/tls/certificate');
const { SecureContext, createSecureContext } = require('internal/tls/context');
const { isCarried, kEvents, makeHandle } = require('internal/tls/handle');
const { events, kState } = require('internal/tls/handshake');
const keylog = require('internal/tls/keylog');
const { kMakeHandle, kOwner } = require('internal/net');
const { validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUint32 } = require('internal/validators');

const kEmpty = Object.freeze({});
// What handshakes keep, beside what programs see.
class State {
  started = false;
  verified = false;          // of a client: the server is the one that was asked for
  session = undefined;       // what came before it was
  sessionPending = false;    // of a server: the program stores one
  securePending = false;
  renegotiations = 0;
  renegotiatedSince = -Infinity;
  noRenegotiation = false;
  errorEmitted = false;
}

function TLSSocket(socket, opts) {
  const options = { ...opts };
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, options);
  const { enableTrace } = options;
  if (enableTrace !== undefined && enableTrace !== null) validateBoolean(enableTrace, 'options.enableTrace');
  this._tlsOptions = options;
  this._secureEstablished = false;
  this._controlReleased = false;
  this.secureConnecting = true;
  this._SNICallback = null;
  this.servername = null;
  this.alpnProtocol = null;
  this.authorized = false;
  this.authorizationError = null;
  this[kState] = new State();
  this.encrypted = true;
  // An accepted connection that nobody knows but its handle, or a stream that somebody has.
  const below = options.handle;
  const parent = socket ?? undefined;
  const context = contextOf(options);
  const make = () => {
    const handle = makeHandle(context, Boolean(options.isServer), below === undefined ? parent : { _handle: below });
    handle[kOwner] = this;
    handle.handshakes = 0;
    return handle;
  };
  Reflect.apply(net.Socket, this, [{
    handle: make(),
    allowHalfOpen: parent ? parent.allowHalfOpen : options.allowHalfOpen,
    pauseOnCreate: options.pauseOnConnect,
    manualStart: true,
    highWaterMark: options.highWaterMark,
    onread: parent ? undefined : options.onread,
    signal: options.signal,
  }]);
  this[kMakeHandle] = () => {
    const handle = make();
    prepare(this, handle, options, context);
    return handle;
  };
  this.ssl = this._handle;
  if (!options.isServer) this.on('newListener', askKeylog);
  init(this, parent, options, context);
  if (enableTrace) this.enableTrace();
  process.nextTick(startReading, this, parent, below !== undefined);
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);
TLSSocket.prototype[kEvents] = events;

// OpenSSL is asked for the keys only when somebody listens.
function askKeylog(event) {
  if (event === 'keylog' && this._handle) this._handle.askKeylog();
}

function contextOf(options) {
  const context = options.secureContext ?? options.credentials ?? createSecureContext(options);
  if (!(context instanceof SecureContext) && typeof context.context !== 'object') {
    throw new codes.ERR_TLS_INVALID_CONTEXT('context');
  }
  options.secureContext = context;
  return context.context;
}

// ---- Setting up -----------------------------------------------------------------------------------

function init(socket, parent, options, context) {
  const { server, isServer } = options;
  socket.server = server;
  socket._requestCert = Boolean(options.requestCert) || !isServer;
  socket._rejectUnauthorized = Boolean(options.rejectUnauthorized);
  if (options.SNICallback && !isServer) throw new codes.ERR_INVALID_ARG_VALUE('options.SNICallback', options.SNICallback);
  if (isServer) socket.on('error', tellTlsError);
  prepare(socket, socket._handle, options, context);
  if (options.pauseOnConnect) socket.pause();
  if (options.handshakeTimeout > 0) socket.setTimeout(options.handshakeTimeout, socket._handleTimeout);
  if (parent === undefined) {
    // connect() is still to come.
    socket.connecting = false;
    return;
  }
  follow(socket, parent);
}

// While a server makes the connection its errors are not the program's.
function tellTlsError(error) {
  this.emit('_tlsError', error);
}

// What becomes of the socket below becomes of this one.
function follow(socket, parent) {
  socket._parent = parent;
  if (parent instanceof net.Socket && parent.connecting) {
    socket.connecting = false;
    parent.once('connect', () => {
      socket.emit('connect');
    });
  }
  const carried = isCarried(socket._handle);
  if (carried) parent.on('error', (error) => socket.destroy(error));
  parent.on('close', () => socket.destroy());
  socket.once('close', () => {
    if (socket.resetAndClosing && parent instanceof net.Socket && !parent.destroyed) parent.resetAndDestroy();
    else parent.destroy();
  });
}

function prepare(socket, handle, options, context) {
  if (options.isServer) prepareServer(socket, handle, options, context);
  else prepareClient(socket, handle, options);
  if (options.ALPNProtocols) handle.setAlpn(options.ALPNProtocols);
  if (keylog.isWanted()) handle.askKeylog();
}

function prepareServer(socket, handle, options, context) {
  const { server } = options;
  if (options.requestCert) handle.verifyPeer(context, socket._rejectUnauthorized);
  const listens = (event) => server !== undefined && server !== null && server.listenerCount(event) > 0;
  if (listens('resumeSession')) handle.askHello();
  if (listens('newSession')) handle.tellSessions();
  if (listens('keylog')) handle.askKeylog();
  const { SNICallback } = options;
  if (SNICallback) validateFunction(SNICallback, 'options.SNICallback');
  const choosesByName = SNICallback && (SNICallback !== server?._defaultSNICallback || server._contexts.length > 0);
  if (choosesByName) socket._SNICallback = SNICallback;
  if (choosesByName || listens('OCSPRequest')) handle.askCertificate();
  if (options.ALPNCallback) {
    validateFunction(options.ALPNCallback, 'options.ALPNCallback');
    handle.askAlpn();
  }
  if (options.pskCallback) {
    validateFunction(options.pskCallback, 'pskCallback');
    handle.askPskServer();
    const { pskIdentityHint } = options;
    if (pskIdentityHint && !handle.setPskIdentityHint(pskIdentityHint)) {
      process.nextTick(() => socket.destroy(new codes.ERR_TLS_PSK_SET_IDENTIY_HINT_FAILED()));
    }
  }
}

function prepareClient(socket, handle, options) {
  handle.tellSessions();
  if (options.requestOCSP) handle.askOcsp();
  if (options.pskCallback) {
    validateFunction(options.pskCallback, 'pskCallback');
    handle.askPskClient();
  }
  if (options.session) handle.setSession(bytesOf(options.session));
  if (options.servername) handle.setServername(options.servername);
  if (socket.listenerCount('keylog') > 0) handle.askKeylog();
}

const bytesOf = (value) => (typeof value === 'string' ? Buffer.from(value, 'latin1') : value);

// After the tick in which the socket was made: its maker may have had something to add.
function startReading(socket, parent, isAccepted) {
  if (socket._handle === null) return;
  // What the socket below has read before belongs to the handshake.
  if (parent !== undefined && parent.readableLength > 0 && !isCarried(socket._handle)) {
    for (let chunk; (chunk = parent.read()) !== null;) socket._handle.receive(chunk);
  }
  if (socket._tlsOptions.isServer) begin(socket);
  if (!socket.connecting && (parent !== undefined || isAccepted)) socket.read(0);
}

function begin(socket) {
  if (socket[kState].started || socket._handle === null) return;
  socket[kState].started = true;
  socket._handle.start();
}

// ---- The handshake ---------------------------------------------------------------------------------

TLSSocket.prototype._start = function() {
  if (this.connecting) this.once('connect', this._start);
  else if (this._handle !== null) begin(this);
};

TLSSocket.prototype._finishInit = function() {
  if (this._handle === null) return;
  this.alpnProtocol = this._handle.alpn();
  // A server knows the name from the client, a client has said it.
  if (this.servername === null) this.servername = this._handle.serverName();
  this._secureEstablished = true;
  if (this._tlsOptions.handshakeTimeout > 0) this.setTimeout(0, this._handleTimeout);
  this.emit('secure');
};

TLSSocket.prototype._handleTimeout = function() {
  this._emitTLSError(new codes.ERR_TLS_HANDSHAKE_TIMEOUT());
};

TLSSocket.prototype._emitTLSError = function(error) {
  const told = this._tlsError(error);
  if (told) this.destroy(told);
};

// Null while the connection is the server's: it says 'tlsClientError'.
TLSSocket.prototype._tlsError = function(error) {
  this.emit('_tlsError', error);
  return this._controlReleased ? error : null;
};

// From now on the socket's errors are its user's.
TLSSocket.prototype._releaseControl = function() {
  if (this._controlReleased) return false;
  this._controlReleased = true;
  this.removeListener('error', tellTlsError);
  return true;
};

TLSSocket.prototype._destroy = function(error, callback) {
  this.ssl = null;
  Reflect.apply(net.Socket.prototype._destroy, this, [error, callback]);
};

// Names that others know.
TLSSocket.prototype._init = function() {};
TLSSocket.prototype._destroySSL = function() {
  this.destroy();
};

// ---- Before it ----------------------------------------------------------------------------------------

TLSSocket.prototype.setServername = function(name) {
  validateString(name, 'name');
  if (this._tlsOptions.isServer) throw new codes.ERR_TLS_SNI_FROM_SERVER();
  this._tlsOptions.servername = name;
  this._handle.setServername(name);
};

TLSSocket.prototype.setSession = function(session) {
  this._tlsOptions.session = session;
  if (!ArrayBuffer.isView(session) && typeof session !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('session', ['Buffer', 'TypedArray', 'DataView'], session);
  }
  this._handle?.setSession(bytesOf(session));
};

TLSSocket.prototype.enableTrace = function() {
  this._handle?.askTrace();
};

TLSSocket.prototype.disableRenegotiation = function() {
  this[kState].noRenegotiation = true;
};

TLSSocket.prototype.renegotiate = function(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (this.destroyed || this._handle === null) return undefined;
  const { requestCert = this._requestCert, rejectUnauthorized = this._rejectUnauthorized } = options;
  const { isServer, secureContext } = this._tlsOptions;
  if (isServer && requestCert) this._handle.verifyPeer(secureContext.context, Boolean(rejectUnauthorized));
  this._requestCert = Boolean(requestCert);
  this._rejectUnauthorized = Boolean(rejectUnauthorized);
  const error = this[kState].noRenegotiation ? new codes.ERR_TLS_RENEGOTIATION_DISABLED() : this._handle.renegotiate();
  if (error !== undefined) {
    if (callback !== undefined) process.nextTick(callback, error);
    return false;
  }
  if (callback !== undefined) this.once('secure', () => callback(null));
  return true;
};

TLSSocket.prototype.setMaxSendFragment = function(size) {
  validateInt32(size, 'size');
  return this._handle !== null && this._handle.setMaxSendFragment(size);
};

// ---- What it tells of itself ----------------------------------------------------------------------------

TLSSocket.prototype.getPeerCertificate = function(detailed) {
  if (this._handle === null) return null;
  const chain = this._handle.peerChain(Boolean(detailed));
  if (chain.length === 0) return {};
  return detailed ? chainToObject(chain) : toObject(chain[0]);
};

TLSSocket.prototype.getCertificate = function() {
  if (this._handle === null) return null;
  const der = this._handle.ownCertificate();
  return der === undefined ? {} : toObject(der);
};

TLSSocket.prototype.getPeerX509Certificate = function() {
  const chain = this._handle === null ? [] : this._handle.peerChain(true);
  return chain.length === 0 ? undefined : chainToX509(chain);
};

TLSSocket.prototype.getX509Certificate = function() {
  const der = this._handle?.ownCertificate();
  return der === undefined ? undefined : toX509(der);
};

TLSSocket.prototype.getCipher = function() {
  const cipher = this._handle?.cipher();
  return cipher === undefined ? kEmpty : { name: cipher[0], standardName: cipher[1], version: cipher[2] };
};

TLSSocket.prototype.getEphemeralKeyInfo = function() {
  if (this._handle === null || this._tlsOptions.isServer) return null;
  const [type, size, name] = this._handle.keyExchange();
  if (type === '') return {};
  return name === '' ? { type, size } : { type, name, size };
};

TLSSocket.prototype.getProtocol = function() {
  return this._handle === null ? null : this._handle.version();
};
TLSSocket.prototype.getSession = function() {
  return this._handle?.session();
};
TLSSocket.prototype.getTLSTicket = function() {
  return this._handle?.sessionTicket();
};
TLSSocket.prototype.getFinished = function() {
  return this._handle?.finished(false);
};
TLSSocket.prototype.getPeerFinished = function() {
  return this._handle?.finished(true);
};
TLSSocket.prototype.getSharedSigalgs = function() {
  return this._handle === null ? null : this._handle.sharedSigalgs();
};
TLSSocket.prototype.isSessionReused = function() {
  return this._handle === null ? null : this._handle.sessionReused();
};

TLSSocket.prototype.exportKeyingMaterial = function(length, label, context) {
  validateUint32(length, 'length', true);
  validateString(label, 'label');
  if (context !== undefined && !ArrayBuffer.isView(context)) {
    throw new codes.ERR_INVALID_ARG_TYPE('context', ['Buffer', 'TypedArray', 'DataView'], context);
  }
  if (!this._secureEstablished || this._handle === null) throw new codes.ERR_TLS_INVALID_STATE();
  return this._handle.exportKeys(length, label, context);
};

module.exports = { TLSSocket, kState };
