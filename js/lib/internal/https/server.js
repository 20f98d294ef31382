// https.Server: a tls.Server whose connections speak HTTP.
'use strict';

const tls = require('tls');
const { Server: HttpServer, connectionListener, storeHTTPOptions, kSide } = require('internal/http/server');
const { kDefaultHandshakeTimeout, kSettings, onConnection } = require('internal/tls/server');
const { codes } = require('internal/errors');

// What an https.Server has of http.Server.
const shared = [
  'timeout', 'keepAliveTimeout', 'requestTimeout', 'headersTimeout', 'maxRequestsPerSocket', 'setTimeout', 'closeAllConnections',
  'closeIdleConnections', '_emitCloseIfDrained', Symbol.for('nodejs.rejection'),
];

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') [options, requestListener] = [{}, options];
  else if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  options = { ...options };
  // Clients that offer HTTP/2 as well learn that it is not spoken here.
  if (!options.ALPNProtocols && !options.ALPNCallback) options.ALPNProtocols = ['http/1.1'];
  Reflect.apply(storeHTTPOptions, this, [options]);
  Reflect.apply(tls.Server, this, [{ noDelay: true, ...options, allowHalfOpen: true }, connectionListener]);
  this.httpAllowHalfOpen = false;
  this.maxHeadersCount = null;
  if (requestListener) this.on('request', requestListener);
  this.on('tlsClientError', onTlsError);
}
Object.setPrototypeOf(Server.prototype, tls.Server.prototype);
Object.setPrototypeOf(Server, tls.Server);

for (const name of shared) {
  Object.defineProperty(Server.prototype, name, Object.getOwnPropertyDescriptor(HttpServer.prototype, name));
}

function onTlsError(error, socket) {
  if (!this.emit('clientError', error, socket)) socket.destroy(error);
}

// Who listens for these sees TLS sockets from their beginning on.
const heard = ['connect', 'keylog', 'newSession', 'OCSPRequest', 'resumeSession', 'upgrade'];

const hasOnly = (server, event, listener) => server.listenerCount(event) === 1 && server.listeners(event)[0] === listener;

// Whether C++ can do all that this server wants of its connections.
function isPlain(server) {
  const { ALPNCallback, SNICallback, enableTrace, handshakeTimeout, pauseOnConnect, pskCallback } = server[kSettings];
  return !server.requestCert && server._contexts.length === 0 && !server.keepAlive &&
    handshakeTimeout === kDefaultHandshakeTimeout &&
    !(ALPNCallback || SNICallback || enableTrace || pauseOnConnect || server.pauseOnConnect || pskCallback) &&
    hasOnly(server, 'connection', onConnection) && hasOnly(server, 'secureConnection', connectionListener) &&
    heard.every((event) => server.listenerCount(event) === 0) && !require('internal/tls/keylog').isWanted();
}

// net.Server offers every accepted descriptor here first; true means that it is taken.
Server.prototype._takeHandle = function(fd) {
  if (!isPlain(this)) return false;
  const { SecureSide } = require('internal/https/side');
  this[kSide] ??= new SecureSide(this);
  this[kSide].use(this._sharedCreds.context, this.ALPNProtocols);
  return this[kSide].adopt(fd);
};

module.exports = { Server, createServer: (options, listener) => new Server(options, listener) };
