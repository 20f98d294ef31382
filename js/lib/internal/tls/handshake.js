// tls: what a connection asks its socket while it is made, and what it tells of itself: by the names in handle.js.
'use strict';

const { codes } = require('internal/errors');
const { ERR_MULTIPLE_CALLBACK, ERR_SOCKET_CLOSED } = codes;
const { decode } = require('internal/tls/alpn');
const { SecureContext } = require('internal/tls/context');
const { validateObject, validateString } = require('internal/validators');

const kState = Symbol('kState');

// A callback(error, value) for `use`, which runs while the connection is still there.
function answer(socket, use) {
  let once = false;
  return (error, value) => {
    if (once) return socket.destroy(new ERR_MULTIPLE_CALLBACK());
    once = true;
    if (error) return socket.destroy(error);
    if (socket._handle === null) return socket.destroy(new ERR_SOCKET_CLOSED());
    return use(value);
  };
}

// ---- Questions of a server ----------------------------------------------------------------------

function hello(socket, sessionId, [, hasTicket]) {
  const resume = (session) => socket._handle?.resumeHello(session);
  if (sessionId.length === 0 || hasTicket) return resume();
  if (!socket.server?.emit('resumeSession', sessionId, answer(socket, resume))) resume();
}

function certificate(socket, serverName, wantsOcsp) {
  socket.servername = serverName || false;
  if (serverName === '' || !socket._SNICallback) return askOcsp(socket, wantsOcsp, undefined);
  socket._SNICallback(serverName, answer(socket, (context) => askOcsp(socket, wantsOcsp, context)));
}

function askOcsp(socket, wantsOcsp, context) {
  const handle = socket._handle;
  const chosen = context instanceof SecureContext ? context.context : context;
  const done = (response) => {
    if (response) handle.setOcspResponse(response);
    if (chosen && !handle.useContext(chosen)) return socket.destroy(new TypeError('Invalid SNI context'));
    handle.resumeCertificate();
  };
  const { server } = socket;
  const own = chosen ?? server?._sharedCreds?.context;
  if (!wantsOcsp || !own || !server?.listenerCount('OCSPRequest')) return done();
  return server.emit('OCSPRequest', own.getCertificate(), own.getIssuer(), answer(socket, done));
}

function alpn(socket, offered) {
  const { ALPNCallback } = socket._tlsOptions;
  const servername = socket._handle.serverName();
  const protocols = decode(offered);
  const chosen = Reflect.apply(ALPNCallback, socket, [{ servername: servername || '', protocols }]);
  if (chosen === undefined) return undefined;
  if (protocols.includes(chosen)) return chosen;
  socket.destroy(new codes.ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(chosen, protocols));
  return undefined;
}

// ---- Pre-shared keys -----------------------------------------------------------------------------

function checkKey(psk, name) {
  if (!ArrayBuffer.isView(psk)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], psk);
  if (psk.byteLength > 256) throw new codes.ERR_INVALID_ARG_VALUE(name, psk, 'Pre-shared key exceeds 256 bytes');
}

function pskClient(socket, hint) {
  const found = socket._tlsOptions.pskCallback(hint);
  if (found === null || found === undefined) return undefined;
  validateObject(found, 'ret');
  checkKey(found.psk, 'ret.psk');
  validateString(found.identity, 'ret.identity');
  if (Buffer.byteLength(found.identity) > 128) {
    throw new codes.ERR_INVALID_ARG_VALUE('ret.identity', found.identity, 'PSK identity exceeds 128 bytes');
  }
  return [found.identity, found.psk];
}

function pskServer(socket, identity) {
  const found = Reflect.apply(socket._tlsOptions.pskCallback, socket.server ?? socket, [socket, identity]);
  if (found === null || found === undefined) return undefined;
  const psk = ArrayBuffer.isView(found) ? found : found.psk;
  checkKey(psk, 'ret');
  return psk;
}

// ---- What has happened ---------------------------------------------------------------------------

function secure(socket) {
  const state = socket[kState];
  if (state.sessionPending) state.securePending = true;
  else socket._finishInit();
}

// A client that negotiates again and again costs the server more than itself.
function renegotiation(socket) {
  if (!socket._tlsOptions.isServer) return;
  const { CLIENT_RENEG_LIMIT, CLIENT_RENEG_WINDOW } = require('tls');
  const state = socket[kState];
  const now = process.uptime();
  if (now - state.renegotiatedSince >= CLIENT_RENEG_WINDOW) {
    state.renegotiatedSince = now;
    state.renegotiations = 0;
  }
  const error = state.noRenegotiation ? new codes.ERR_TLS_RENEGOTIATION_DISABLED() :
    ++state.renegotiations > CLIENT_RENEG_LIMIT ? new codes.ERR_TLS_SESSION_ATTACK() : undefined;
  if (error !== undefined) socket._emitTLSError(error);
}

function session(socket, id, bytes) {
  const state = socket[kState];
  if (!socket._tlsOptions.isServer) {
    if (state.verified) socket.emit('session', bytes);
    else state.session = bytes;
    return;
  }
  if (!socket.server) return;
  let once = false;
  const done = () => {
    if (once) return;
    once = true;
    state.sessionPending = false;
    if (!state.securePending) return;
    state.securePending = false;
    if (socket._handle !== null) socket._finishInit();
  };
  state.sessionPending = true;
  if (!socket.server.emit('newSession', id, bytes, done)) done();
}

function keylog(socket, line) {
  if (socket._tlsOptions.isServer) socket.server?.emit('keylog', line, socket);
  else socket.emit('keylog', line);
  require('internal/tls/keylog').write(line);
}

function trace(socket, text) {
  process._rawDebug(text.replace(/\n$/, ''));
}

function failure(socket, error) {
  if (socket._hadError) return;
  socket._hadError = true;
  if (socket._secureEstablished) {
    // A server that wants a certificate has been told: what it has to say is in authorizationError.
    if (socket._tlsOptions.isServer && socket._rejectUnauthorized && /peer did not return a certificate/.test(error.message)) {
      return socket.destroy();
    }
    return socket._emitTLSError(error);
  }
  socket.destroy(socket.writableLength > 0 ? asWriteError(error) : error);
}

// What was written before the handshake has failed with it.
function asWriteError(error) {
  error.message = `write EPROTO ${error.message}`;
  error.errno = -internalBinding('errno').map.EPROTO;
  error.code = 'EPROTO';
  error.syscall = 'write';
  return error;
}

const events = {
  secure, renegotiation, session, keylog, trace, hello, certificate, alpn, pskClient, pskServer, failure,
  ocsp(socket, response) {
    socket.emit('OCSPResponse', response);
  },
};

module.exports = { events, kState };
