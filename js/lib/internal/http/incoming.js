// IncomingMessage: a request at the server, a response at the client. Its stream state, its headers and its
// socket come into being when somebody looks at them.
'use strict';

const { Readable, finished } = require('stream');
const { splitHead, kConn, kSocket } = require('internal/http/common');

const kState = Symbol('kState');
const kHead = Symbol('kHead'); // text of the head while nobody has asked for headers
const kRaw = Symbol('kRaw');
const kHeaders = Symbol('kHeaders');
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kRawTrailers = Symbol('kRawTrailers');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kBody = Symbol('kBody'); // who delivers the body: {read(message), dump(message), socket(message)}
const kMostHeaders = Symbol('kMostHeaders');
const kJoin = Symbol('kJoin');

function IncomingMessage(socket) {
  this[kState] = undefined;
  this[kHead] = undefined;
  this[kRaw] = undefined;
  this[kHeaders] = undefined;
  this[kSocket] = socket;
  this[kConn] = -1;
  this[kBody] = undefined;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.complete = false;
  this.upgrade = null;
  this.url = '';
  this.method = null;
  this.statusCode = null;
  this.statusMessage = null;
  this._consuming = false;
  this._dumped = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// What most messages never change stands here instead of in each of them.
Object.assign(IncomingMessage.prototype, {
  _events: undefined,
  _eventsCount: 0,
  _maxListeners: undefined,
  aborted: false,
  [kMostHeaders]: 2000,
  [kJoin]: false,
  [kHeadersDistinct]: undefined,
  [kRawTrailers]: undefined,
  [kTrailers]: undefined,
  [kTrailersDistinct]: undefined,
});

function makeState(message) {
  const socket = message[kSocket];
  const state = new Readable.ReadableState({
    autoDestroy: true,
    highWaterMark: socket ? socket.readableHighWaterMark : undefined,
  }, false);
  message[kState] = state;
  if (message.complete) message.push(null);
  return state;
}

function accessor(name, get, set) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    __proto__: null, configurable: true, enumerable: true, get, set,
  });
}

Object.defineProperty(IncomingMessage.prototype, '_readableState', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    const state = this[kState];
    if (state !== undefined) return state;
    return this === IncomingMessage.prototype ? undefined : makeState(this);
  },
  set(state) { this[kState] = state; },
});

accessor('httpVersion', function() {
  return this.httpVersionMajor === null ? null : `${this.httpVersionMajor}.${this.httpVersionMinor}`;
}, function(version) {
  Object.defineProperty(this, 'httpVersion', {
    __proto__: null, configurable: true, enumerable: true, writable: true, value: version,
  });
});

accessor('socket', function() {
  const socket = this[kSocket];
  if (socket !== undefined || this[kConn] === -1) return socket;
  return this[kSocket] = require('internal/http/native').socketOf(this[kConn]);
}, function(socket) { this[kSocket] = socket; });

accessor('connection', function() { return this.socket; }, function(socket) { this.socket = socket; });
accessor('client', function() { return this.socket; }, function(socket) { this.socket = socket; });

accessor('rawHeaders', function() {
  let raw = this[kRaw];
  if (raw === undefined) {
    raw = this[kHead] === undefined ? [] : splitHead(this[kHead]);
    if (raw.length > this[kMostHeaders] * 2) raw.length = this[kMostHeaders] * 2;
    this[kRaw] = raw;
    this[kHead] = undefined;
  }
  return raw;
}, function(raw) { this[kRaw] = raw; });

accessor('rawTrailers', function() {
  return this[kRawTrailers] === undefined ? this[kRawTrailers] = [] : this[kRawTrailers];
}, function(raw) { this[kRawTrailers] = raw; });

accessor('headers', function() {
  let headers = this[kHeaders];
  if (headers === undefined) {
    headers = this[kHeaders] = {};
    addLines(this, headers, this.rawHeaders);
  }
  return headers;
}, function(headers) { this[kHeaders] = headers; });

accessor('headersDistinct', function() {
  return this[kHeadersDistinct] === undefined ?
    this[kHeadersDistinct] = distinct(this.rawHeaders) : this[kHeadersDistinct];
}, function(headers) { this[kHeadersDistinct] = headers; });

accessor('trailers', function() {
  if (this[kTrailers] === undefined) {
    const trailers = {};
    addLines(this, trailers, this.rawTrailers);
    if (!this.complete) return trailers;
    this[kTrailers] = trailers;
  }
  return this[kTrailers];
}, function(trailers) { this[kTrailers] = trailers; });

accessor('trailersDistinct', function() {
  if (this[kTrailersDistinct] !== undefined) return this[kTrailersDistinct];
  const trailers = distinct(this.rawTrailers);
  if (this.complete) this[kTrailersDistinct] = trailers;
  return trailers;
}, function(trailers) { this[kTrailersDistinct] = trailers; });

// Of these a second one is dropped: the first counts.
const singles = new Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards',
  'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
]);

// Lower case of header names as they came. Bounded: peers may make names up.
const lowered = new Map();

function lower(name) {
  let text = lowered.get(name);
  if (text === undefined) {
    text = name.toLowerCase();
    if (lowered.size < 500) lowered.set(name, text);
  }
  return text;
}

function addLines(message, target, raw) {
  for (let i = 0; i + 1 < raw.length; i += 2) addLine(message, target, lower(raw[i]), raw[i + 1]);
}

function addLine(message, target, name, value) {
  const before = target[name];
  if (name === 'set-cookie') {
    if (before === undefined) target[name] = [value];
    else before.push(value);
  } else if (before === undefined || !Object.hasOwn(target, name)) {
    target[name] = value;
  } else if (name === 'cookie') {
    target[name] = `${before}; ${value}`;
  } else if (message[kJoin] || !singles.has(name)) {
    target[name] = `${before}, ${value}`;
  }
}

// Also of a header that is called __proto__.
function setOwn(target, name, value) {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

function distinct(raw) {
  const result = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = lower(raw[i]);
    if (Object.hasOwn(result, name)) result[name].push(raw[i + 1]);
    else setOwn(result, name, [raw[i + 1]]);
  }
  return result;
}

// Adds to headers (or, once the message is complete, trailers) by hand, as request injectors do.
IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(raw, count) {
  if (!raw || !raw.length) return;
  const list = count < raw.length ? raw.slice(0, count) : raw;
  if (this.complete) {
    this.rawTrailers = list;
    this[kTrailers] = undefined;
  } else {
    this.rawHeaders = list;
    this[kHeaders] = undefined;
  }
};

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(field, value, target) {
  addLine(this, target, lower(field), value);
};

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(field, value, target) {
  const name = lower(field);
  if (target[name]) target[name].push(value);
  else target[name] = [value];
};

IncomingMessage.prototype.setTimeout = function setTimeout(ms, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(ms);
  this[kBody]?.tellTimeouts?.();
  return this;
};

IncomingMessage.prototype._read = function _read() {
  this._consuming = true;
  const body = this[kBody];
  if (body !== undefined) body.read(this);
};

IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  const socket = this.aborted ? this.socket : null;
  if (socket && !socket.destroyed) {
    socket.destroy(error);
    const stop = finished(socket, (closeError) => {
      stop();
      const premature = closeError && closeError.code === 'ERR_STREAM_PREMATURE_CLOSE';
      process.nextTick(reportDestroyed, this, (premature ? null : closeError) || error, callback);
    });
  } else {
    process.nextTick(reportDestroyed, this, error, callback);
  }
};

// An abort is an error only for those who listen for errors.
function reportDestroyed(message, error, callback) {
  callback(message.listenerCount('error') === 0 ? undefined : error);
}

// Reads and throws away what is left of the body.
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  if (this[kBody] !== undefined) this[kBody].dump(this);
  if (this._eventsCount > 0) this.removeAllListeners('data');
  if (this[kState] !== undefined || this._eventsCount > 0) this.resume();
};

// ---- For the connections that feed messages ----------------------------------------------------

// The stream is in use: somebody listens or reads.
function isWatched(message) {
  return message[kState] !== undefined || message._eventsCount > 0;
}

function pushBody(message, chunk) {
  return message._dumped || message.push(chunk);
}

// The message has ended; `rawTrailers` may be undefined.
function endBody(message, rawTrailers) {
  if (message.complete) return;
  message.complete = true;
  if (rawTrailers !== undefined && rawTrailers.length > 0) message[kRawTrailers] = rawTrailers;
  message[kBody] = undefined;
  if (message[kState] !== undefined) message.push(null);
}

// The peer went away in the middle.
function abortMessage(message, error) {
  message[kBody] = undefined;
  if (!message.destroyed) message.destroy(error);
}

module.exports = {
  IncomingMessage,
  isWatched,
  pushBody,
  endBody,
  abortMessage,
  kHead,
  kRaw,
  kBody,
  kState,
  kMostHeaders,
  kJoin,
};
