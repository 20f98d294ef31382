// http.Server: net.Server plus what HTTP adds. Connections that C++ accepted stay in C++; streams of any other
// kind ('connection' emitted by hand, TLS, servers with 'connection' listeners) go through internal/http/duplex.
'use strict';

const requestStarts = require('diagnostics_channel').channel('http.server.request.start');
const net = require('net');
const { codes } = require('internal/errors');
const { validateObject, validateInteger, validateBoolean, validateNumber, validateFunction } =
  require('internal/validators');
const { head, uniqueNames, STATUS_CODES, kConn, kSocket } = require('internal/http/common');
const { kRejectsBody, kUniqueHeaders } = require('internal/http/outgoing');
const { Messages } = require('internal/http/messages');
const native = require('internal/http/native');

const kSettings = Symbol('kSettings');
const kSide = Symbol('kSide');
const kMessages = Symbol('kMessages');

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options === undefined || options === null) {
    options = {};
  } else {
    validateObject(options, 'options');
    options = { ...options };
  }
  storeHTTPOptions.call(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  this.on('connection', connectionListener);
  this.httpAllowHalfOpen = false;
  this.maxHeadersCount = null;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

// Checks http's own options and keeps them; https.Server uses it too.
function storeHTTPOptions(options) {
  this[kMessages] = new Messages(options.IncomingMessage || undefined, options.ServerResponse || undefined);
  const settings = this[kSettings] = {
    timeout: 0,
    keepAliveTimeout: 5000,
    requestTimeout: 300000,
    headersTimeout: 60000,
    connectionsCheckingInterval: 30000,
    maxHeaderSize: 0,
    maxRequestsPerSocket: 0,
    insecureParser: options.insecureHTTPParser,
    rejectsBody: false,
    uniqueHeaders: null,
  };
  for (const name of ['keepAliveTimeout', 'requestTimeout', 'headersTimeout', 'connectionsCheckingInterval',
                      'maxHeaderSize']) {
    if (options[name] === undefined) continue;
    validateInteger(options[name], name, 0);
    settings[name] = options[name];
  }
  if (options.headersTimeout === undefined && settings.requestTimeout > 0) {
    settings.headersTimeout = Math.min(settings.headersTimeout, settings.requestTimeout);
  }
  if (settings.requestTimeout > 0 && settings.headersTimeout > settings.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', options.headersTimeout);
  }
  for (const name of ['insecureHTTPParser', 'joinDuplicateHeaders', 'requireHostHeader', 'noDelay', 'keepAlive',
                      'rejectNonStandardBodyWrites']) {
    if (options[name] !== undefined) validateBoolean(options[name], `options.${name}`);
  }
  const { keepAliveInitialDelay } = options;
  if (keepAliveInitialDelay !== undefined) validateNumber(keepAliveInitialDelay, 'keepAliveInitialDelay');
  this.joinDuplicateHeaders = options.joinDuplicateHeaders || false;
  if (options.rejectNonStandardBodyWrites) settings.rejectsBody = true;
  if (options.uniqueHeaders) settings.uniqueHeaders = uniqueNames(options.uniqueHeaders);
  this.requireHostHeader = options.requireHostHeader ?? true;
}

// Reaches C++ at once when connections exist.
for (const name of ['timeout', 'keepAliveTimeout', 'requestTimeout', 'headersTimeout', 'maxRequestsPerSocket']) {
  Object.defineProperty(Server.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kSettings]?.[name]; },
    set(value) {
      this[kSettings][name] = value;
      if (this[kSide] !== undefined) this[kSide].configure();
    },
  });
}

Server.prototype.setTimeout = function setTimeout(ms, callback) {
  if (typeof ms === 'function') {
    callback = ms;
    ms = undefined;
  }
  this.timeout = ms === undefined ? this.timeout : ms;
  if (callback) this.on('timeout', callback);
  return this;
};

// A listener that was an async function has failed: the client gets an answer if that is still possible.
Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, ...args) {
  if (event !== 'request') {
    net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, ...args);
    return;
  }
  const res = args[1];
  if (res.headersSent || res.writableEnded) {
    res.destroy();
    return;
  }
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  res.statusCode = 500;
  res.end(STATUS_CODES[500]);
};

Server.prototype.closeAllConnections = function closeAllConnections() {
  if (this[kSide] !== undefined) native.getHub().closeConnections(this[kSide].id, false);
  duplex().closeConnections(this, false);
};

Server.prototype.closeIdleConnections = function closeIdleConnections() {
  if (this[kSide] !== undefined) native.getHub().closeConnections(this[kSide].id, true);
  duplex().closeConnections(this, true);
};

function duplex() {
  return require('internal/http/duplex');
}

// net.Server offers every accepted descriptor here first; true means that it is taken.
Server.prototype._takeHandle = function _takeHandle(fd) {
  if (this.keepAlive) return false;
  if (this.listenerCount('connection') !== 1 || this.listeners('connection')[0] !== connectionListener) return false;
  if (this[kSide] === undefined) this[kSide] = new NativeSide(this);
  return this[kSide].adopt(fd);
};

// A server that is closed and empty is known to C++ no longer; if it listens again it starts anew.
Server.prototype._emitCloseIfDrained = function _emitCloseIfDrained() {
  net.Server.prototype._emitCloseIfDrained.call(this);
  if (this._handle !== null || this._connections > 0 || this[kSide] === undefined) return;
  native.unregister(this[kSide].id);
  this[kSide] = undefined;
};

// Any stream that carries HTTP.
function connectionListener(socket) {
  duplex().serve(this, socket);
}

// ---- What happens to a request, whatever carried it ---------------------------------------------

function handleRequest(server, req, res, flags, requestCount) {
  const settings = server[kSettings];
  res._keepAliveTimeout = settings.keepAliveTimeout;
  if (settings.rejectsBody) res[kRejectsBody] = true;
  if (settings.uniqueHeaders !== null) res[kUniqueHeaders] = settings.uniqueHeaders;
  if (server.maxRequestsPerSocket > 0) {
    res._maxRequestsPerSocket = server.maxRequestsPerSocket;
    res.maxRequestsOnConnectionReached = requestCount() >= server.maxRequestsPerSocket;
    if (requestCount() > server.maxRequestsPerSocket) {
      server.emit('dropRequest', req, req.socket);
      res.writeHead(503);
      res.end();
      return;
    }
  }
  if ((flags & (head.kHasHost | head.kMinor)) === head.kMinor && server.requireHostHeader) {
    res.writeHead(400, ['Connection', 'close']);
    res.end();
    return;
  }
  if ((flags & (head.kExpectContinue | head.kExpectOther)) === 0 || (flags & head.kMinor) === 0) {
    startRequest(server, req, res);
  } else if ((flags & head.kExpectContinue) !== 0) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
    } else {
      res.writeContinue();
      startRequest(server, req, res);
    }
  } else if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
}

function takesOver(server, req) {
  return req.method === 'CONNECT' || server.listenerCount('upgrade') > 0;
}

function handOver(server, req, socket, bytes) {
  req.upgrade = true;
  socket.server = server;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (server.listenerCount(event) === 0) socket.destroy();
  else server.emit(event, req, socket, bytes);
  // The end of the peer is noticed even if nobody reads.
  if (!socket.destroyed && socket.readableFlowing === null) socket.read(0);
}

function refusal(code) {
  let status = 400;
  if (code === 'HPE_HEADER_OVERFLOW') status = 431;
  else if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') status = 413;
  else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') status = 408;
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`;
}

// ---- The server as C++ connections see it ------------------------------------------------------

class NativeSide {
  #server;
  #messages;
  // Of the socket objects of its connections, when they are of another than the usual class.
  Socket = undefined;

  constructor(server) {
    this.#server = server;
    this.#messages = server[kMessages];
    this.id = native.register(this);
    native.getHub().openServer(this.id);
    this.configure();
  }

  configure() {
    const settings = this.#server[kSettings];
    native.getHub().configure(this.id, toMs(settings.headersTimeout), toMs(settings.requestTimeout),
                             toMs(settings.keepAliveTimeout), toMs(settings.timeout),
                             settings.maxHeaderSize || maxHeaderSize(), settings.maxRequestsPerSocket >>> 0,
                             this.#server.noDelay ? 1 : 0, isLenient(settings) ? 1 : 0);
  }

  adopt(fd) {
    const conn = native.getHub().adopt(this.id, fd);
    if (conn < 0) return false;
    this.#server._connections++;
    return true;
  }

  gone() {
    this.#server._connections--;
    this.#server._emitCloseIfDrained();
  }

  get mostHeaders() {
    const most = this.#server.maxHeadersCount;
    return most === null || most === undefined ? 2000 : most > 0 ? most : Infinity;
  }
  get joins() { return this.#server.joinDuplicateHeaders; }
  get halfOpen() { return this.#server.httpAllowHalfOpen; }

  makeRequest(conn) {
    return this.#messages.request(this.#messages.lazy ? undefined : native.socketOf(conn));
  }
  makeResponse(req) {
    const res = this.#messages.response(req);
    if (res[kSocket] === undefined) res[kSocket] = null;
    return res;
  }
  takesOver(req) { return takesOver(this.#server, req); }
  // The server counts the connection until its socket closes.
  handOver(req, socket, bytes) {
    socket.once('close', () => this.gone());
    handOver(this.#server, req, socket, bytes);
  }
  handle(req, res, flags) {
    handleRequest(this.#server, req, res, flags, () => native.getHub().requestCount(res[kConn]));
  }

  // A message that cannot be understood.
  refuse(conn, error, headSent) {
    if (this.#server.emit('clientError', error, native.socketOf(conn))) return;
    if (!headSent) native.getHub().writeRaw(conn, Buffer.from(refusal(error.code), 'latin1'));
    native.getHub().closeSoon(conn);
  }
  // The connection has broken: errors of sockets are for those who listen, nothing else follows from them.
  get hearsErrors() { return this.#server.listenerCount('clientError') > 0; }
  broken(conn, error) {
    if (this.hearsErrors) this.#server.emit('clientError', error, native.socketOf(conn));
  }
  tooSlow(conn, headSent) {
    this.refuse(conn, new codes.ERR_HTTP_REQUEST_TIMEOUT(), headSent);
  }
  emitTimeout(socket) { return this.#server.emit('timeout', socket); }
}

function toMs(value) {
  return value > 0 ? Math.min(Math.ceil(value), 2 ** 31 - 1) : 0;
}

function isLenient(settings) {
  return settings.insecureParser ?? require('internal/http/limits').insecureParser();
}

function maxHeaderSize() {
  return require('internal/http/limits').maxHeaderSize();
}

function createServer(options, requestListener) {
  return new Server(options, requestListener);
}

function startRequest(server, req, res) {
  if (requestStarts.hasSubscribers) requestStarts.publish({ request: req, response: res, socket: req.socket, server });
  server.emit('request', req, res);
  server[kMessages].look(req);
}

module.exports = {
  Server,
  createServer,
  connectionListener,
  storeHTTPOptions,
  handleRequest,
  takesOver,
  handOver,
  refusal,
  maxHeaderSize,
  isLenient,
  validateFunction,
  NativeSide,
  kSettings,
  kSide,
  kMessages,
};
