// ClientRequest, and the reading of what comes back on its socket.
'use strict';

const { channel } = require('diagnostics_channel');
const asyncContext = require('internal/async_context');
const net = require('net');
const { addAbortSignal, finished } = require('stream');
const { codes } = require('internal/errors');
const { validateInteger, validateBoolean, validateFunction } = require('internal/validators');
const { OutgoingMessage, fixHeaders, kFields, kErrored, kFinishHook, kNothing, kUniqueHeaders } = require('internal/http/outgoing');
const {
  IncomingMessage, pushBody, endBody, abortMessage, kBody, kMostHeaders, kJoin, kHead,
} = require('internal/http/incoming');
const {
  head, event, splitFields, checkIsHttpToken, parseError, connectionReset,
  uniqueNames, kSocket, kNeedDrain,
} = require('internal/http/common');
const { Parser } = internalBinding('http');

const kReader = Symbol('kReader');
const kParser = Symbol('kParser');
const kAnnounced = Symbol('kAnnounced');

const badPathPattern = /[^\u0021-\u00ff]/;

// The options that a URL stands for.
function urlToOptions(url) {
  const options = {
    __proto__: null,
    ...url,
    protocol: url.protocol,
    hostname: String(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    hash: url.hash,
    search: url.search,
    pathname: url.pathname,
    path: `${url.pathname || ''}${url.search || ''}`,
    href: url.href,
  };
  if (url.port !== '') options.port = Number(url.port);
  if (url.username || url.password) {
    options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  }
  return options;
}

function isURL(value) {
  return typeof value === 'object' && value !== null && typeof value.href === 'string' &&
      typeof value.origin === 'string' && typeof value.searchParams === 'object';
}

function readArguments(input, options, callback) {
  if (typeof input === 'string') {
    const { URL } = require('url');
    input = urlToOptions(new URL(input));
  } else if (isURL(input)) {
    input = urlToOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = input ? Object.assign(input, options) : { ...options };
  }
  return [options, callback];
}

function checkHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

function pickAgent(options) {
  const { agent } = options;
  const fallback = options._defaultAgent || require('http').globalAgent;
  if (agent === false) return new fallback.constructor();
  if (agent === null || agent === undefined) {
    return typeof options.createConnection === 'function' ? null : fallback;
  }
  if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

const requestStarts = channel('http.client.request.start');
const responseFinishes = channel('http.client.response.finish');
const kContext = Symbol('kContext');
const kShared = Symbol('kShared');

function ClientRequest(input, options, callback) {
  if (!(this instanceof ClientRequest)) return new ClientRequest(input, options, callback);
  [options, callback] = readArguments(input, options, callback);
  OutgoingMessage.call(this);
  this.agent = pickAgent(options);
  const defaultAgent = options._defaultAgent || this.agent || require('http').globalAgent;
  const expected = (this.agent && this.agent.protocol) || (options._defaultAgent || require('http').globalAgent).protocol;
  const protocol = options.protocol || expected;
  let path = '/';
  if (options.path) {
    path = String(options.path);
    if (badPathPattern.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  }
  if (protocol !== expected) throw new codes.ERR_INVALID_PROTOCOL(protocol, expected);
  const port = options.port = options.port || options.defaultPort || (this.agent && this.agent.defaultPort) ||
      defaultAgent.defaultPort;
  const defaultPort = options.defaultPort || (this.agent && this.agent.defaultPort);
  const host = options.host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : true;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = checkTimeout(options.timeout);
  else if (this.agent && this.agent.options && this.agent.options.timeout) this.timeout = this.agent.options.timeout;
  if (options.signal) addAbortSignal(options.signal, this);
  const method = options.method;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!checkIsHttpToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    this.method = method.toUpperCase();
  } else {
    this.method = 'GET';
  }
  if (options.maxHeaderSize !== undefined) validateInteger(options.maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = options.maxHeaderSize;
  if (options.insecureHTTPParser !== undefined) {
    validateBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser');
  }
  this.insecureHTTPParser = options.insecureHTTPParser;
  if (options.joinDuplicateHeaders !== undefined) {
    validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  }
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  if (options.uniqueHeaders) this[kUniqueHeaders] = uniqueNames(options.uniqueHeaders);
  this.path = path;
  // A connection that is used again was made in somebody else's context.
  this[kContext] = asyncContext.capture();
  if (callback) this.once('response', callback);
  this.useChunkedEncodingByDefault = !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  this[kReader] = undefined;
  this[kAnnounced] = false;
  this[kFinishHook] = onRequestFinish;
  if (this.agent && !(this.agent.keepAlive === false && !Number.isFinite(this.agent.maxSockets))) {
    this.shouldKeepAlive = true;
  } else {
    this.shouldKeepAlive = false;
    this._last = true;
  }
  setHeaders(this, options, host, port, defaultPort, setHost);
  connect(this, options.signal === undefined ? options : withoutSignal(options));
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

ClientRequest.prototype._isRequest = true;
ClientRequest.prototype.timeout = undefined;

// The signal destroys the request; the connection must not listen to it as well.
function withoutSignal({ signal, ...rest }) {
  return rest;
}

function checkTimeout(ms) {
  if (typeof ms !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('timeout', 'number', ms);
  return Math.min(Math.max(Math.trunc(ms), 0), 2 ** 31 - 1);
}

function setHeaders(req, options, host, port, defaultPort, setHost) {
  const { headers } = options;
  if (Array.isArray(headers)) {
    // As they are, order, case and all; nothing is added.
    fixHeaders(req, headers);
  } else {
    if (headers) for (const name of Object.keys(headers)) req.setHeader(name, headers[name]);
    if (host && !req.hasHeader('host') && setHost) {
      let text = host;
      // An IPv6 address stands in brackets.
      if (text.includes(':') && text.includes(':', text.indexOf(':') + 1) && !text.startsWith('[')) text = `[${text}]`;
      if (port && Number(port) !== defaultPort) text += `:${port}`;
      req.setHeader('Host', text);
    }
    if (options.auth && !req.hasHeader('Authorization')) req.setHeader('Authorization', basicAuth(options.auth));
  }
  if (req[kFields] === null && req.hasHeader('expect')) req._implicitHeader();
  if (req[kFields] !== null && /(?:^|\r\n)expect:/i.test(req[kFields])) req.flushHeaders();
}

function basicAuth(auth) {
  return `Basic ${Buffer.from(auth).toString('base64')}`;
}

function connect(req, options) {
  if (req.agent) {
    req.agent.addRequest(req, options);
    return;
  }
  if (typeof options.createConnection === 'function') {
    let called = false;
    const done = (error, socket) => {
      if (called) return;
      called = true;
      req.onSocket(socket, error || undefined);
    };
    try {
      const socket = options.createConnection(options, done);
      if (socket) done(null, socket);
    } catch (error) {
      done(error);
    }
    return;
  }
  if (options.socketPath) options.path = options.socketPath;
  req.onSocket(net.createConnection(options));
}

ClientRequest.prototype._firstLine = function _firstLine() {
  return `${this.method} ${this.path} HTTP/1.1\r\n`;
};

ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  fixHeaders(this);
};

ClientRequest.prototype._finish = function _finish() {
  if (requestStarts.hasSubscribers) requestStarts.publish({ request: this });
  OutgoingMessage.prototype._finish.call(this);
};

// ---- The socket --------------------------------------------------------------------------------

ClientRequest.prototype.onSocket = function onSocket(socket, error) {
  process.nextTick(useSocket, this, socket, error);
};

function useSocket(req, socket, error) {
  if (req.destroyed || error) {
    giveUp(req, socket, error);
    return;
  }
  socket._httpMessage = req;
  req[kSocket] = socket;
  req[kReader] = new ResponseReader(req, socket);
  if (req.timeout !== undefined) listenForTimeout(req);
  req.emit('socket', socket);
  if (req.destroyed) return;
  req._flush();
}

// The request was destroyed before it had a socket, or no connection was made.
function giveUp(req, socket, error) {
  const reason = error || req[kErrored];
  if (!socket) {
    conclude(req, reason);
  } else if (!error && req.agent && req.agent.keepAlive && !socket.destroyed) {
    socket.emit('free'); // it never carried this request: another one may have it
    conclude(req, reason);
  } else {
    finished(socket.destroy(reason || undefined), (failure) => {
      conclude(req, failure && failure.code !== 'ERR_STREAM_PREMATURE_CLOSE' ? failure : reason);
    });
  }
}

function conclude(req, reason) {
  if (req.aborted && !reason) announceClose(req);
  else announceFailure(req, reason || connectionReset('socket hang up'));
}

// Emits 'error' and 'close' of a request that got no response, once.
function announceFailure(req, error) {
  if (req[kAnnounced]) return;
  req[kAnnounced] = true;
  req.destroyed = true;
  req[kErrored] = error;
  process.nextTick(() => {
    req.emit('error', error);
    announceClose(req);
  });
}

function announceClose(req) {
  if (req._closed) return;
  req._closed = true;
  req.emit('close');
}

// Reads responses from the socket for one request.
class ResponseReader {
  #req;
  #socket;
  #parser;
  #listeners;
  #res = null;
  #body;
  #onTimeout = null;
  #listening = true;

  constructor(req, socket) {
    this.#req = req;
    this.#socket = socket;
    this.#parser = socket[kParser];
    if (this.#parser === undefined || req.maxHeaderSize !== undefined || req.insecureHTTPParser !== undefined) {
      const limits = require('internal/http/limits');
      this.#parser = socket[kParser] = new Parser(1, req.maxHeaderSize || limits.maxHeaderSize(),
                                                  req.insecureHTTPParser ?? limits.insecureParser());
    } else {
      this.#parser.reset();
    }
    const shared = socket[kShared] ??= ResponseReader.#share(socket);
    shared.reader = this;
    this.#body = shared.body;
    this.#listeners = req[kContext] === undefined ? shared.listeners : inContext(shared.listeners, req[kContext]);
    const { data, end, close, error, drain } = this.#listeners;
    socket.on('data', data);
    socket.on('end', end);
    socket.on('close', close);
    socket.on('error', error);
    socket.on('drain', drain);
    if (socket.isPaused?.()) socket.resume();
  }

  // What all requests of a socket have in common, which are many: it calls the one whose turn it is.
  static #share(socket) {
    const shared = {
      reader: null,
      listeners: {
        data: (chunk) => shared.reader.#onData(chunk),
        end: () => shared.reader.#onEnd(),
        close: () => shared.reader.#onClose(),
        error: (error) => shared.reader.#onError(error),
        drain: () => onDrain(shared.reader.#req),
      },
      body: {
        read: () => socket.resume(),
        dump: () => socket.resume(),
        tellTimeouts: () => shared.reader.tellTimeouts(),
      },
    };
    return shared;
  }

  // From now on the response hears of timeouts as well.
  tellTimeouts() {
    if (this.#onTimeout !== null) return;
    this.#onTimeout = () => this.#res.emit('timeout');
    this.#socket.on('timeout', this.#onTimeout);
  }

  detach() {
    const socket = this.#socket;
    if (this.#onTimeout !== null) socket.removeListener('timeout', this.#onTimeout);
    this.#stopListening();
    socket.removeListener('close', this.#listeners.close);
    socket.removeListener('error', this.#listeners.error);
    if (this.#req.timeoutCb) {
      socket.removeListener('timeout', this.#req.timeoutCb);
      this.#req.timeoutCb = null;
    }
    this.#req[kReader] = undefined;
    // An idle connection holds no message.
    if (socket[kShared].reader === this) socket[kShared].reader = null;
  }

  #stopListening() {
    if (!this.#listening) return;
    this.#listening = false;
    const { data, end, drain } = this.#listeners;
    this.#socket.removeListener('data', data);
    this.#socket.removeListener('end', end);
    this.#socket.removeListener('drain', drain);
  }

  #onData(chunk) {
    const parser = this.#parser;
    let at = 0;
    for (;;) {
      const answer = parser.next(chunk, at);
      at = parser.position();
      const what = answer & 7;
      if (what === event.kMore) return;
      if (what === event.kHead) {
        if (this.#onHead(answer >> 3, chunk, at)) return;
      } else if (what === event.kBody) {
        const start = parser.bodyStart();
        if (this.#res !== null && !pushBody(this.#res, chunk.subarray(start, start + parser.bodyLength()))) {
          this.#socket.pause();
        }
      } else if (what === event.kEnd) {
        if (this.#res === null) continue; // 100 Continue and its like
        this.#onMessageEnd(splitFields(parser.headText(), 0, []));
        // Nothing was asked for that this could be an answer to.
        if (at < chunk.length && parser.next(chunk, at) === event.kError) this.#refuse(chunk, at);
        return;
      } else {
        this.#refuse(chunk, at);
        return;
      }
    }
  }

  #refuse(chunk, at) {
    this.#fail(parseError(this.#parser.errorCode(), this.#parser.errorReason(), chunk, at));
  }

  // True when the socket is no longer ours.
  #onHead(flags, chunk, at) {
    const req = this.#req;
    const parser = this.#parser;
    const status = parser.status();
    const upgrade = (flags & head.kUpgrade) !== 0 || req.method === 'CONNECT';
    if (status < 200 && status !== 101) {
      this.#onInformation(status, flags);
      return false;
    }
    const res = new IncomingMessage(this.#socket);
    this.#fill(res, status, flags);
    if (req.joinDuplicateHeaders) res[kJoin] = true;
    res.req = req;
    req.res = res;
    this.#res = res;
    if (upgrade) {
      this.#handOver(res, chunk.subarray(at));
      return true;
    }
    res.upgrade = false;
    res[kBody] = this.#body;
    if (req.method === 'HEAD') parser.skipBody();
    if (req.shouldKeepAlive && (flags & head.kKeepAlive) === 0) req.shouldKeepAlive = false;
    if (req.timeoutCb) this.tellTimeouts();
    res.on('end', onResponseEnd);
    res.on('close', onResponseClose);
    if (req.aborted || req.destroyed || !req.emit('response', res)) res._dump();
    return false;
  }

  #fill(res, status, flags) {
    const parser = this.#parser;
    const most = this.#req.maxHeadersCount;
    if (most !== null && most !== undefined) res[kMostHeaders] = most > 0 ? most : Infinity;
    res[kHead] = parser.headText();
    res.httpVersionMajor = 1;
    res.httpVersionMinor = flags & head.kMinor;
    res.statusCode = status;
    res.statusMessage = parser.reason();
  }

  #onInformation(status, flags) {
    const req = this.#req;
    if (status === 100) req.emit('continue');
    const res = new IncomingMessage(this.#socket);
    this.#fill(res, status, flags);
    req.emit('information', {
      statusCode: status,
      statusMessage: res.statusMessage,
      httpVersion: res.httpVersion,
      httpVersionMajor: 1,
      httpVersionMinor: res.httpVersionMinor,
      headers: res.headers,
      rawHeaders: res.rawHeaders,
    });
  }

  #handOver(res, rest) {
    const req = this.#req;
    const socket = this.#socket;
    const name = req.method === 'CONNECT' ? 'connect' : 'upgrade';
    res.upgrade = true;
    this.detach();
    socket[kParser] = undefined;
    socket.parser = null;
    socket._httpMessage = null;
    if (req.listenerCount(name) === 0) {
      socket.destroy();
      process.nextTick(announceClose, req);
      return;
    }
    req.upgradeOrConnect = true;
    socket.emit('agentRemove');
    if (typeof socket.readableFlowing === 'boolean') socket.pause();
    socket.removeAllListeners('timeout');
    // From now on the program says when data flows.
    if (socket._readableState) socket._readableState.flowing = null;
    endBody(res);
    req.emit(name, res, socket, rest);
    req.destroyed = true;
    process.nextTick(announceClose, req);
  }

  #onMessageEnd(trailers) {
    // Nothing more is expected; programs take these listeners for a sign that the message goes on.
    this.#stopListening();
    if (responseFinishes.hasSubscribers) responseFinishes.publish({ request: this.#req, response: this.#res });
    endBody(this.#res, trailers);
  }

  #onEnd() {
    const res = this.#res;
    if (res !== null && !res.complete && this.#parser.finish() === event.kEnd) {
      this.#req.shouldKeepAlive = false;
      this.#onMessageEnd(undefined);
      return;
    }
    if (res === null && !this.#req[kErrored]) this.#hangUp();
  }

  #hangUp() {
    const req = this.#req;
    req[kErrored] = connectionReset('socket hang up');
    announceFailure(req, req[kErrored]);
    this.#socket.destroy();
  }

  #fail(error) {
    const req = this.#req;
    const socket = this.#socket;
    this.detach();
    if (this.#res !== null && !this.#res.complete) abortMessage(this.#res, error);
    announceFailure(req, error);
    socket.destroy();
  }

  #onError(error) {
    const req = this.#req;
    announceFailure(req, req[kErrored] || error);
    this.#socket.destroy();
  }

  #onClose() {
    const req = this.#req;
    const res = this.#res;
    this.detach();
    req.destroyed = true;
    if (res !== null) {
      if (!res.complete) abortMessage(res, req[kErrored] || connectionReset('aborted'));
      announceClose(req);
    } else {
      announceFailure(req, req[kErrored] || connectionReset('socket hang up'));
    }
    // Nothing that waits will ever leave.
    req.outputData = kNothing;
    req.outputSize = 0;
  }
}

function inContext(listeners, context) {
  const wrapped = {};
  for (const [name, listener] of Object.entries(listeners)) {
    wrapped[name] = (...args) => asyncContext.run(context, listener, undefined, args);
  }
  return wrapped;
}

function onDrain(req) {
  if (!req[kNeedDrain]) return;
  req[kNeedDrain] = false;
  req.emit('drain');
}

function onRequestFinish(req) {
  if (req.shouldKeepAlive && req._ended) giveBack(req);
}

// The response has been read to its end.
function onResponseEnd() {
  const { req } = this;
  const socket = req[kSocket];
  req._ended = true;
  if (req.upgradeOrConnect) return;
  if (!req.shouldKeepAlive) {
    if (socket && socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished) {
    giveBack(req);
  }
}

function onResponseClose() {
  const { req } = this;
  if (!this.aborted && !req.shouldKeepAlive && req._ended) {
    const socket = req[kSocket];
    if (socket && !socket.destroyed) socket.once('close', () => announceClose(req));
    else announceClose(req);
  }
}

// Request and response are done, the socket may serve another request.
function giveBack(req) {
  const reader = req[kReader];
  const socket = req[kSocket];
  if (reader === undefined || !socket || socket.destroyed) return;
  if (req.timeout !== undefined && typeof socket.setTimeout === 'function') socket.setTimeout(0);
  reader.detach();
  socket.resume();
  req.destroyed = true;
  process.nextTick(() => {
    announceClose(req);
    socket.emit('free');
  });
}

// ---- Timeouts and the end ----------------------------------------------------------------------

function listenForTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = () => req.emit('timeout');
  const socket = req[kSocket];
  setSocketTimeout(req, socket);
  socket.once('timeout', req.timeoutCb);
}

// While it connects the connection has the timeout that it was made with.
function setSocketTimeout(req, socket) {
  if (socket.timeout === req.timeout) return;
  if (socket.connecting) socket.once('connect', () => { if (req.timeoutCb) socket.setTimeout(req.timeout); });
  else socket.setTimeout(req.timeout);
}

ClientRequest.prototype.setTimeout = function setTimeout(ms, callback) {
  if (this._ended) return this;
  ms = checkTimeout(ms);
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
    this.once('timeout', callback);
  }
  this.timeout = ms;
  const socket = this[kSocket];
  if (socket) {
    listenForTimeout(this);
    setSocketTimeout(this, socket);
    if (this[kReader] !== undefined && this.res) this[kReader].tellTimeouts();
  }
  return this;
};

ClientRequest.prototype.clearTimeout = function clearTimeout(callback) {
  return this.setTimeout(0, callback);
};

ClientRequest.prototype.setNoDelay = function setNoDelay(on) {
  whenConnected(this, (socket) => socket.setNoDelay(on));
};

ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(on, delay) {
  whenConnected(this, (socket) => socket.setKeepAlive(on, delay));
};

function whenConnected(req, action) {
  if (req[kSocket]) action(req[kSocket]);
  else req.once('socket', action);
}

ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(() => this.emit('abort'));
  this.destroy();
};

ClientRequest.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  if (this.res) this.res._dump();
  this[kErrored] = error || null;
  const socket = this[kSocket];
  if (socket) {
    this[kErrored] = error || (this.res ? null : connectionReset('socket hang up'));
    socket.destroy(error);
  }
  // Without a socket the end is told when the agent would have given one.
  return this;
};

function request(input, options, callback) {
  return new ClientRequest(input, options, callback);
}

function get(input, options, callback) {
  const req = request(input, options, callback);
  req.end();
  return req;
}

module.exports = { ClientRequest, request, get };
