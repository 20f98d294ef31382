// tls: Server, a net.Server whose connections are encrypted before anyone hears of them.
'use strict';

const { channel } = require('diagnostics_channel');
const net = require('net');
const { codes, connResetException } = require('internal/errors');
const { Stream } = internalBinding('net');
const { convertALPNProtocols } = require('internal/tls/alpn');
const { SecureContext, createSecureContext } = require('internal/tls/context');
const { TLSSocket, kState } = require('internal/tls/socket');
const { validateFunction, validateNumber, validateString } = require('internal/validators');

const kDefaultHandshakeTimeout = 120_000;
const kSettings = Symbol('kSettings');
// What a context is made of, and a server keeps as properties.
const contextOptions = [
  'pfx', 'key', 'passphrase', 'cert', 'clientCertEngine', 'ca', 'minVersion', 'maxVersion', 'secureProtocol', 'crl', 'ciphers',
  'ecdhCurve', 'dhparam', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine', 'sessionIdContext', 'sessionTimeout', 'ticketKeys',
];

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') [options, listener] = [{}, options];
  else if (options !== undefined && options !== null && typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  options ??= {};
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  const { ALPNCallback, SNICallback, handshakeTimeout, enableTrace, pauseOnConnect, pskCallback, pskIdentityHint } = options;
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, this);
  if (ALPNCallback) {
    validateFunction(ALPNCallback, 'options.ALPNCallback');
    if (options.ALPNProtocols) throw new codes.ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  this._defaultSNICallback = findContext;
  this.setSecureContext(options);
  validateNumber(handshakeTimeout || kDefaultHandshakeTimeout, 'options.handshakeTimeout');
  if (SNICallback) validateFunction(SNICallback, 'options.SNICallback');
  if (pskCallback) validateFunction(pskCallback, 'options.pskCallback');
  if (pskIdentityHint) validateString(pskIdentityHint, 'options.pskIdentityHint');
  this[kSettings] = { ALPNCallback, SNICallback, enableTrace, pauseOnConnect, pskCallback, pskIdentityHint,
                      handshakeTimeout: handshakeTimeout || kDefaultHandshakeTimeout };
  Reflect.apply(net.Server, this, [options, onConnection]);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

// ---- Connections ----------------------------------------------------------------------------------

function onConnection(below) {
  secureSocket(this, below, undefined);
}

const accepted = channel('net.server.socket');

// net.Server offers every accepted descriptor here first. Where nobody else asks for the socket below there is none.
Server.prototype._takeHandle = function(fd) {
  if (this.noDelay || this.keepAlive || accepted.hasSubscribers) return false;
  if (this.listenerCount('connection') !== 1 || this.listeners('connection')[0] !== onConnection) return false;
  const handle = new Stream();
  if (handle.open(fd) !== 0) return false;
  this._connections++;
  secureSocket(this, undefined, handle)._server = this;
  return true;
};

function secureSocket(server, below, handle) {
  const settings = server[kSettings];
  const socket = new TLSSocket(below, {
    handle,
    secureContext: server._sharedCreds,
    isServer: true,
    server,
    allowHalfOpen: server.allowHalfOpen,
    requestCert: server.requestCert,
    rejectUnauthorized: server.rejectUnauthorized,
    handshakeTimeout: settings.handshakeTimeout,
    ALPNProtocols: server.ALPNProtocols,
    ALPNCallback: settings.ALPNCallback,
    SNICallback: settings.SNICallback || findContext,
    enableTrace: settings.enableTrace,
    pauseOnConnect: server.pauseOnConnect,
    pskCallback: settings.pskCallback,
    pskIdentityHint: settings.pskIdentityHint,
  });
  socket.on('secure', onSecure);
  socket.on('_tlsError', onError);
  socket.on('close', onClose);
  return socket;
}

function onSecure() {
  if (this._requestCert) {
    const error = this._handle.verifyError();
    if (error === null) {
      this.authorized = true;
    } else {
      this.authorizationError = error.code;
      if (this._rejectUnauthorized) this.destroy();
    }
  }
  if (this.destroyed || !this._releaseControl()) return;
  this.secureConnecting = false;
  this.server.emit('secureConnection', this);
}

function onError(error) {
  if (this._controlReleased || this[kState].errorEmitted) return;
  this[kState].errorEmitted = true;
  this.server.emit('tlsClientError', error, this);
  this.destroy();
}

function onClose(hadError) {
  if (!hadError) Reflect.apply(onError, this, [connResetException('socket hang up')]);
}

// ---- Contexts -------------------------------------------------------------------------------------

Server.prototype.setSecureContext = function(options) {
  if (options === null || typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  for (const name of contextOptions) this[name] = options[name] || undefined;
  this.honorCipherOrder = options.honorCipherOrder === undefined ? true : Boolean(options.honorCipherOrder);
  this.secureOptions = options.secureOptions || undefined;
  this.sessionIdContext = options.sessionIdContext || defaultSessionIdContext();
  if (options.sessionTimeout !== undefined) this.sessionTimeout = options.sessionTimeout;
  const settings = { honorCipherOrder: this.honorCipherOrder, secureOptions: this.secureOptions };
  for (const name of contextOptions) settings[name] = this[name];
  this._sharedCreds = createSecureContext(settings);
};

// The same for all processes of a cluster: they share sessions.
function defaultSessionIdContext() {
  return require('crypto').createHash('sha256').update(process.argv.join(' ')).digest('hex').slice(0, 32);
}

Server.prototype.setOptions = function(options) {
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, this);
  this.setSecureContext({ ...Object.fromEntries(contextOptions.map((name) => [name, this[name]])), ...options });
};

Server.prototype.addContext = function(servername, context) {
  if (!servername) throw new codes.ERR_TLS_REQUIRED_SERVER_NAME();
  const pattern = `${servername}`.replace(/[.^$+?\-\\[\](){}|]/g, '\\$&').replaceAll('*', '[^.]*');
  const made = context instanceof SecureContext ? context : createSecureContext(context);
  this._contexts.push([new RegExp(`^${pattern}$`), made.context]);
};

// The SNICallback of servers that have none: the last that was added and fits.
function findContext(servername, callback) {
  const found = this.server._contexts.findLast(([pattern]) => pattern.test(servername));
  callback(null, found?.[1]);
}

Server.prototype.getTicketKeys = function() {
  return this._sharedCreds.context.getTicketKeys();
};

Server.prototype.setTicketKeys = function(keys) {
  if (!ArrayBuffer.isView(keys)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], keys);
  if (keys.byteLength !== 48) {
    throw Object.assign(new Error('Session ticket keys must be a 48-byte buffer'), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  this._sharedCreds.context.setTicketKeys(keys);
};

Server.prototype._getServerData = function() {
  return { ticketKeys: this.getTicketKeys().toString('hex') };
};
Server.prototype._setServerData = function(data) {
  this.setTicketKeys(Buffer.from(data.ticketKeys, 'hex'));
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'secureConnection') socket.destroy(error);
  else Reflect.apply(net.Server.prototype[Symbol.for('nodejs.rejection')], this, [error, event, socket]);
};

module.exports = { Server, createServer: (options, listener) => new Server(options, listener), kDefaultHandshakeTimeout, kSettings,
                   onConnection };
