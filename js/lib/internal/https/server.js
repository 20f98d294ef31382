// https.Server: a tls.Server whose connections speak HTTP.
'use strict';

const tls = require('tls');
const { Server: HttpServer, connectionListener, storeHTTPOptions } = require('internal/http/server');
const { codes } = require('internal/errors');

// What an https.Server has of http.Server.
const shared = [
  'timeout', 'keepAliveTimeout', 'requestTimeout', 'headersTimeout', 'maxRequestsPerSocket', 'setTimeout', 'closeAllConnections',
  'closeIdleConnections', Symbol.for('nodejs.rejection'),
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

module.exports = { Server, createServer: (options, listener) => new Server(options, listener) };
