// http as it was before there were agents: createClient and what belongs to it, cat, and old names of methods.
'use strict';

const Stream = require('stream');
const net = require('net');
const { codes } = require('internal/errors');
const { ClientRequest } = require('internal/http/client');

// Bound to one server. Requests wait for each other; every one gets a connection of its own unless the one
// before asked for keep-alive.
function Client(port, host, secure, credentials) {
  if (!(this instanceof Client)) return new Client(port, host, secure, credentials);
  Stream.call(this);
  this.https = Boolean(secure);
  this.credentials = credentials;
  this.port = port;
  this.host = host || 'localhost';
  this.readable = this.writable = false;
  this._queue = [];
  this._busy = false;
  this._kept = null;
  this._timeout = 0;
  this.socket = null;
}
Object.setPrototypeOf(Client.prototype, Stream.prototype);
Object.setPrototypeOf(Client, Stream);

function headerObject(headers) {
  if (!Array.isArray(headers)) return { ...headers };
  const object = {};
  for (const [name, value] of headers) {
    object[name] = object[name] === undefined ? value : [].concat(object[name], value);
  }
  return object;
}

Client.prototype.request = function request(method, path, headers) {
  if (typeof path !== 'string') {
    headers = path;
    path = method;
    method = 'GET';
  }
  const options = {
    method,
    path: path || '/',
    host: this.host,
    port: this.port,
    defaultPort: 80,
    headers: headerObject(headers),
    createConnection: (_, ready) => {
      this._queue.push({ req: null, ready });
    },
  };
  const req = new ClientRequest(options);
  this._queue[this._queue.length - 1].req = req;
  const connection = String(req.getHeader('connection') || '');
  const keep = /keep-alive/i.test(connection);
  if (keep) req.shouldKeepAlive = true;
  req.on('response', (res) => {
    res.on('aborted', () => { if (!res.readableEnded) res.emit('end'); });
    process.nextTick(() => { if (res.readableFlowing === null) res.resume(); });
  });
  req.on('upgrade', (res, socket, head) => {
    if (!this.emit('upgrade', res, socket, head)) socket.destroy();
  });
  req.on('error', (error) => this.emit('error', error));
  req.on('close', () => {
    this._busy = false;
    this._next();
  });
  process.nextTick(() => this._next());
  return req;
};

Client.prototype._next = function _next() {
  if (this._busy || this._queue.length === 0) return;
  this._busy = true;
  const { ready } = this._queue.shift();
  const kept = this.socket;
  if (kept !== null && !kept.destroyed && kept.writable && kept.readable) {
    ready(null, kept);
    return;
  }
  const socket = net.createConnection(this.port, this.host);
  this.socket = socket;
  this.readable = this.writable = true;
  if (this._timeout > 0) socket.setTimeout(this._timeout);
  if (this.https) socket.setSecure(this.credentials);
  for (const name of ['connect', 'secure', 'end', 'timeout']) socket.on(name, () => this.emit(name));
  socket.on('close', (hadError) => {
    if (this.socket === socket) {
      this.socket = null;
      this.readable = this.writable = false;
    }
    this.emit('close', hadError);
  });
  ready(null, socket);
};

Client.prototype.setTimeout = function setTimeout(ms, callback) {
  this._timeout = ms;
  if (callback) this.on('timeout', callback);
  if (this.socket !== null) this.socket.setTimeout(ms);
  return this;
};

Client.prototype.end = function end() {
  if (this.socket !== null) this.socket.end();
};

Client.prototype.destroy = function destroy(error) {
  this._queue.length = 0;
  if (this.socket !== null) this.socket.destroy(error);
};

// Without TLS there is nobody to verify.
Client.prototype.verifyPeer = function verifyPeer() {
  return this.https && this.socket !== null && this.socket.verifyPeer();
};
Client.prototype.getPeerCertificate = function getPeerCertificate() {
  return this.https && this.socket !== null ? this.socket.getPeerCertificate() : null;
};

function createClient(port, host, secure, credentials) {
  return new Client(port, host, secure, credentials);
}

// GETs `url`; callback(error, text). An answer other than 2xx gives the status as the error.
function cat(url, encoding, headers, callback) {
  const rest = [encoding, headers, callback].filter((it) => it !== undefined);
  callback = rest.find((it) => typeof it === 'function') || (() => {});
  encoding = rest.find((it) => typeof it === 'string') || 'utf8';
  headers = rest.find((it) => typeof it === 'object' && it !== null) || {};
  const { request } = require('internal/http/client');
  const parts = new (require('url').URL)(url);
  const req = request({ host: parts.hostname, port: parts.port || 80, path: parts.pathname + parts.search, headers });
  let text = '';
  let done = false;
  const finish = (error, content) => {
    if (done) return;
    done = true;
    callback(error, content);
  };
  req.on('response', (res) => {
    if (res.statusCode < 200 || res.statusCode >= 300) {
      finish(res.statusCode);
      req.destroy();
      return;
    }
    res.setEncoding(encoding);
    res.on('data', (chunk) => { text += chunk; });
    res.on('aborted', () => finish(new Error('Connection closed unexpectedly')));
    res.on('error', () => finish(new Error('Connection closed unexpectedly')));
    res.on('end', () => finish(null, text));
  });
  req.on('error', (error) => finish(error));
  req.end();
}

// Old names of methods, on the prototypes that now bear others.
function addOldNames(Server, ServerResponse, IncomingMessage) {
  const define = (target, name, value) => {
    Object.defineProperty(target, name, {
      __proto__: null, configurable: true, enumerable: false, writable: true, value,
    });
  };
  // Authorities in the credentials make it ask clients for certificates.
  define(Server.prototype, 'setSecure', function setSecure(credentials) {
    if (typeof credentials?.context !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('credentials', 'Credentials', credentials);
    }
    this.secure = true;
    this.credentials = credentials;
    this.prependListener('connection', (socket) => socket.setSecure(credentials));
  });
  define(ServerResponse.prototype, 'sendHeader', ServerResponse.prototype.writeHead);
  define(ServerResponse.prototype, 'sendBody', function sendBody(...args) { return this.write(...args); });
  define(ServerResponse.prototype, 'finish', function finish(...args) { return this.end(...args); });
  define(ServerResponse.prototype, 'close', function close(...args) { return this.end(...args); });
  define(IncomingMessage.prototype, 'setBodyEncoding', function setBodyEncoding(encoding) {
    this.setEncoding(encoding);
  });
}

module.exports = { Client, createClient, cat, addOldNames };
