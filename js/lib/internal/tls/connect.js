// tls: connect(), a client's connection whose server must be the one that was asked for.
'use strict';

const net = require('net');
const { codes, connResetException } = require('internal/errors');
const { isIP } = require('internal/net');
const { allowsUnauthorized } = require('internal/tls/defaults');
const { TLSSocket, kState } = require('internal/tls/socket');
const { validateFunction, validateNumber } = require('internal/validators');

const kConnectOptions = Symbol('kConnectOptions');

// (options, callback), (port, host, options, callback), (path, options, callback): [options, callback].
function normalizeArgs(args) {
  const [found, callback] = net._normalizeArgs(args);
  const options = { ...found };
  const extra = [args[1], args[2]].find((arg) => typeof arg === 'object' && arg !== null);
  if (typeof args[0] !== 'object' && extra !== undefined) Object.assign(options, extra);
  return [options, callback];
}

let warnedOfAddress = false;
function setName(socket, servername) {
  if (!warnedOfAddress && isIP(servername)) {
    process.emitWarning('Setting the TLS ServerName to an IP address is not permitted by RFC 6066. ' +
      'This will be ignored in a future version.', 'DeprecationWarning', 'DEP0123');
    warnedOfAddress = true;
  }
  socket.setServername(servername);
}

function connect(...args) {
  const [given, callback] = normalizeArgs(args);
  const options = {
    rejectUnauthorized: !allowsUnauthorized(),
    ciphers: require('tls').DEFAULT_CIPHERS,
    checkServerIdentity: require('tls').checkServerIdentity,
    minDHSize: 1024,
    ...given,
  };
  if (!options.keepAlive) options.singleUse = true;
  validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  validateNumber(options.minDHSize, 'options.minDHSize');
  if (!(options.minDHSize > 0)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.minDHSize', options.minDHSize, 'is invalid: minDHSize is not a positive number');
  }
  const secureContext = options.secureContext || require('tls').createSecureContext(options);
  options.rejectUnauthorized = options.rejectUnauthorized !== false;
  const { socket: below, ALPNProtocols, requestOCSP, enableTrace, pskCallback, highWaterMark, onread, signal } = options;
  const socket = new TLSSocket(below, {
    allowHalfOpen: below ? below.allowHalfOpen : Boolean(options.allowHalfOpen),
    pipe: Boolean(options.path),
    secureContext,
    isServer: false,
    requestCert: true,
    rejectUnauthorized: options.rejectUnauthorized,
    ALPNProtocols, requestOCSP, enableTrace, pskCallback, highWaterMark, onread, signal,
  });
  socket[kConnectOptions] = options;
  if (callback) socket.once('secureConnect', callback);
  if (!below && !socket.destroyed) {
    if (options.timeout) socket.setTimeout(options.timeout);
    socket.connect(options, socket._start);
  }
  socket._releaseControl();
  if (options.session) socket.setSession(options.session);
  if (options.servername) setName(socket, options.servername);
  if (below) socket._start();
  socket.on('secure', onSecure);
  socket.prependListener('end', onEnd);
  return socket;
}

function onSecure() {
  const options = this[kConnectOptions];
  const key = this.getEphemeralKeyInfo();
  if (key?.type === 'DH' && key.size < options.minDHSize) {
    this.emit('error', new codes.ERR_TLS_DH_PARAM_SIZE(key.size));
    this.destroy();
    return;
  }
  const error = this._handle.verifyError() ?? checkIdentity(this, options);
  if (error) {
    this.authorized = false;
    this.authorizationError = error.code || error.message;
    if (options.rejectUnauthorized) return void this.destroy(error);
  } else {
    this.authorized = true;
  }
  this._handle.acceptPeer();
  this.secureConnecting = false;
  this.emit('secureConnect');
  const state = this[kState];
  state.verified = true;
  const { session } = state;
  state.session = undefined;
  if (session !== undefined) this.emit('session', session);
  this.removeListener('end', onEnd);
}

// A session that is resumed was made with the server that has been checked then.
function checkIdentity(socket, options) {
  if (socket.isSessionReused()) return undefined;
  const name = options.servername || options.host || options.socket?._host || 'localhost';
  return options.checkServerIdentity(name, socket.getPeerCertificate(true));
}

// The peer has gone in the middle of the handshake.
function onEnd() {
  if (this._hadError) return;
  this._hadError = true;
  const { path, host, port, localAddress } = this[kConnectOptions];
  const error = connResetException('Client network socket disconnected before secure TLS connection was established');
  this.destroy(Object.assign(error, { path, host, port, localAddress }));
}

module.exports = { connect };
