// OutgoingMessage: what a response at the server and a request at the client have in common. Gathers headers,
// decides how the body is framed, and writes to a socket. (Responses on native connections write through
// internal/http/native instead; see ServerResponse.)
'use strict';

const Stream = require('stream');
const { codes, hideStackFrames } = require('internal/errors');
const { deprecate } = require('internal/util');
const {
  add, seen, lowerName, headerBits, badValuePattern, validateHeaderValue,
  isUint8Array, STATUS_CODES, kSocket, kOutHeaders, kNeedDrain,
} = require('internal/http/common');

const kFields = Symbol('kFields'); // text of the fields that the program gave; null before the head is fixed
const kSeen = Symbol('kSeen');
const kErrored = Symbol('kErrored');
const kHighWaterMark = Symbol('kHighWaterMark');
const kCorked = Symbol('kCorked');
const kChunks = Symbol('kChunks');
const kWritten = Symbol('kWritten');
const kFinishHook = Symbol('kFinishHook');
const kRejectsBody = Symbol('kRejectsBody'); // a body where none can be is an error
const kUniqueHeaders = Symbol('kUniqueHeaders'); // Set of lower-case names, or null

// What `outputData` is while nothing waits: most messages never need a list of their own.
const kNothing = Object.freeze([]);

const kDefaultHighWaterMark = 16 * 1024;

function OutgoingMessage(options) {
  if (!(this instanceof OutgoingMessage)) return new OutgoingMessage(options);
  this[kSocket] = null;
  this[kFields] = null;
  this[kSeen] = 0;
  this[kOutHeaders] = null;
  this.finished = false;
  this._headerSent = false;
  // Answering changes these.
  this._contentLength = null;
  this.chunkedEncoding = false;
  this._last = false;
  if (options !== undefined && options !== null && options.highWaterMark !== undefined) {
    this[kHighWaterMark] = options.highWaterMark;
  }
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

// What most messages never change stands here instead of in each of them.
Object.assign(OutgoingMessage.prototype, {
  _events: undefined,
  _eventsCount: 0,
  _maxListeners: undefined,
  outputData: kNothing,
  outputSize: 0,
  writable: true,
  destroyed: false,
  _last: false,
  chunkedEncoding: false,
  shouldKeepAlive: true,
  maxRequestsOnConnectionReached: false,
  _defaultKeepAlive: true,
  useChunkedEncodingByDefault: true,
  sendDate: false,
  strictContentLength: false,
  _removedConnection: false,
  _removedContLen: false,
  _removedTE: false,
  _contentLength: null,
  _hasBody: true,
  _trailer: '',
  _keepAliveTimeout: 0,
  _closed: false,
  _isRequest: false,
  [kErrored]: null,
  [kHighWaterMark]: kDefaultHighWaterMark,
  [kNeedDrain]: false,
  [kCorked]: 0,
  [kChunks]: undefined,
  [kWritten]: 0,
  [kFinishHook]: undefined,
  [kUniqueHeaders]: null,
  [kRejectsBody]: false,
});

function accessor(name, get, set) {
  Object.defineProperty(OutgoingMessage.prototype, name, {
    __proto__: null, configurable: true, enumerable: false, get, set,
  });
}

function deprecatedAccessor(name, get, set) {
  const text = `OutgoingMessage.prototype.${name} is deprecated`;
  accessor(name, deprecate(get, text, 'DEP0066'), deprecate(set, text, 'DEP0066'));
}

accessor('socket', function() { return this[kSocket]; }, function(socket) { this[kSocket] = socket; });
accessor('connection', function() { return this.socket; }, function(socket) { this.socket = socket; });
accessor('errored', function() { return this[kErrored]; });
accessor('closed', function() { return this._closed; });
accessor('headersSent', function() { return this[kFields] !== null; });
accessor('writableEnded', function() { return this.finished; });
accessor('writableObjectMode', function() { return false; });
accessor('writableFinished', function() {
  return this.finished && this.outputSize === 0 && (!this[kSocket] || this[kSocket].writableLength === 0);
});
accessor('writableLength', function() {
  return this.outputSize + (this[kSocket] ? this[kSocket].writableLength : 0);
});
accessor('writableHighWaterMark', function() {
  return this[kSocket] ? this[kSocket].writableHighWaterMark : this[kHighWaterMark];
});
accessor('writableCorked', function() { return this[kCorked]; });
accessor('writableNeedDrain', function() { return !this.destroyed && !this.finished && this[kNeedDrain]; });

// The head as text, for the programs that look; null before it is fixed.
accessor('_header', function() {
  return this[kFields] === null ? null : `${this._firstLine()}${this[kFields]}\r\n`;
}, function(text) {
  this[kFields] = text ? String(text) : null;
});

deprecatedAccessor('_headers', function() { return this.getHeaders(); }, function(headers) {
  this[kOutHeaders] = null;
  for (const name of Object.keys(headers || {})) this.setHeader(name, headers[name]);
});
deprecatedAccessor('_headerNames', function() {
  if (this[kOutHeaders] === null) return null;
  const names = { __proto__: null };
  for (const lower of this.getHeaderNames()) names[lower] = this[kOutHeaders].get(lower)[0];
  return names;
}, function(names) {
  for (const [lower, name] of Object.entries(names || {})) {
    const entry = this[kOutHeaders] === null ? undefined : this[kOutHeaders].get(lower);
    if (entry !== undefined) entry[0] = String(name);
  }
});

OutgoingMessage.prototype._firstLine = function _firstLine() { return ''; };

OutgoingMessage.prototype._renderHeaders = function _renderHeaders() {
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  const headers = {};
  if (this[kOutHeaders] !== null) for (const entry of this[kOutHeaders].values()) headers[entry[0]] = entry[1];
  return headers;
};

// ---- Headers -----------------------------------------------------------------------------------

function checkValue(name, value) {
  if (typeof value === 'string') {
    if (badValuePattern.test(value)) throw new codes.ERR_INVALID_CHAR('header content', name);
  } else if (Array.isArray(value)) {
    for (const item of value) validateHeaderValue(name, item);
  } else {
    validateHeaderValue(name, value);
  }
}

OutgoingMessage.prototype.setHeader = function setHeader(name, value) {
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  const lower = lowerName(name);
  checkValue(name, value);
  if (this[kOutHeaders] === null) this[kOutHeaders] = new Map();
  this[kOutHeaders].set(lower, [name, value]);
  return this;
};

OutgoingMessage.prototype.setHeaders = function setHeaders(headers) {
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' ||
      typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  for (const name of headers.keys()) this.setHeader(name, headers.get(name));
  return this;
};

OutgoingMessage.prototype.appendHeader = function appendHeader(name, value) {
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('append');
  const lower = lowerName(name);
  checkValue(name, value);
  const entry = this[kOutHeaders] === null ? undefined : this[kOutHeaders].get(lower);
  if (entry === undefined) return this.setHeader(name, value);
  entry[1] = [].concat(entry[1], value);
  return this;
};

OutgoingMessage.prototype.getHeader = function getHeader(name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
  const entry = this[kOutHeaders] === null ? undefined : this[kOutHeaders].get(name.toLowerCase());
  return entry === undefined ? undefined : entry[1];
};

OutgoingMessage.prototype.hasHeader = function hasHeader(name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
  return this[kOutHeaders] !== null && this[kOutHeaders].has(name.toLowerCase());
};

OutgoingMessage.prototype.getHeaderNames = function getHeaderNames() {
  return this[kOutHeaders] === null ? [] : [...this[kOutHeaders].keys()];
};

OutgoingMessage.prototype.getRawHeaderNames = function getRawHeaderNames() {
  return this[kOutHeaders] === null ? [] : Array.from(this[kOutHeaders].values(), (entry) => entry[0]);
};

OutgoingMessage.prototype.getHeaders = function getHeaders() {
  const headers = { __proto__: null };
  if (this[kOutHeaders] !== null) for (const [lower, entry] of this[kOutHeaders]) headers[lower] = entry[1];
  return headers;
};

OutgoingMessage.prototype.removeHeader = function removeHeader(name) {
  if (typeof name !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', name);
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
  const lower = name.toLowerCase();
  switch (lower) {
    case 'connection': this._removedConnection = true; break;
    case 'content-length': this._removedContLen = true; break;
    case 'transfer-encoding': this._removedTE = true; break;
    case 'date': this.sendDate = false; break;
  }
  if (this[kOutHeaders] !== null) this[kOutHeaders].delete(lower);
};

function isUnique(message, lower) {
  return lower === 'cookie' || (message[kUniqueHeaders] !== null && message[kUniqueHeaders].has(lower));
}

function addField(message, text, name, lower, value) {
  if (Array.isArray(value)) {
    if (isUnique(message, lower) && value.length > 1) return addField(message, text, name, lower, value.join('; '));
    for (const item of value) text = addField(message, text, name, lower, item);
    return text;
  }
  message[kSeen] |= headerBits(lower, value);
  // Content-Disposition may carry bytes that a program made of UTF-8; all text leaves as Latin-1.
  return `${text}${name}: ${value}\r\n`;
}

function addChecked(message, text, name, value) {
  const lower = lowerName(name);
  checkValue(name, value);
  return addField(message, text, name, lower, value);
}

// Fixes the fields: from what setHeader gathered, or from `headers` (object, pairs, or flat list) alone.
function fixHeaders(message, headers) {
  let text = '';
  message[kSeen] = 0;
  if (headers === undefined || headers === null) {
    if (message[kOutHeaders] !== null) {
      for (const [lower, entry] of message[kOutHeaders]) {
        text = addField(message, text, entry[0], lower, entry[1]);
      }
    }
  } else if (Array.isArray(headers)) {
    if (headers.length > 0 && Array.isArray(headers[0])) {
      for (const pair of headers) text = addChecked(message, text, pair[0], pair[1]);
    } else {
      if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
      for (let i = 0; i < headers.length; i += 2) text = addChecked(message, text, headers[i], headers[i + 1]);
    }
  } else {
    for (const name in headers) {
      if (Object.hasOwn(headers, name)) text = addChecked(message, text, name, headers[name]);
    }
  }
  // Trailers follow chunks only.
  if ((message[kSeen] & seen.kTrailer) !== 0 && (message[kSeen] & seen.kContentLength) !== 0) {
    throw new codes.ERR_HTTP_TRAILER_INVALID();
  }
  message[kFields] = text;
}

// Decides about framing and the connection, RFC 9112 section 6 and 9. `length`: bytes of the whole body
// when they are known, otherwise -1. Returns the bits of `add` for what the head still needs.
function decide(message, length) {
  const bits = message[kSeen];
  let flags = message.sendDate && (bits & seen.kDate) === 0 ? add.kDate : 0;
  let framed = true;
  message.chunkedEncoding = (bits & seen.kChunked) !== 0;
  if ((bits & (seen.kContentLength | seen.kTransferEncoding)) === 0) {
    if (!message._hasBody) {
      message.chunkedEncoding = false;
    } else if (length === 0 && message._isRequest && !message.useChunkedEncodingByDefault) {
      // A GET and its like have no body unless one is given.
    } else if (length >= 0 && !message._removedContLen && (bits & seen.kTrailer) === 0 &&
        message._trailer === '') {
      flags |= add.kContentLength;
    } else if (!(message.useChunkedEncodingByDefault || message._isRequest) || message._removedTE) {
      framed = false;
    } else {
      message.chunkedEncoding = true;
      flags |= add.kChunked;
    }
  }
  if (message.chunkedEncoding && (message.statusCode === 204 || message.statusCode === 304)) {
    // The header says so, but there is no body to be chunked.
    message.chunkedEncoding = false;
    message.shouldKeepAlive = false;
  }
  if ((bits & seen.kConnection) !== 0) {
    if ((bits & seen.kConnectionClose) !== 0 || message.maxRequestsOnConnectionReached) message._last = true;
    else message.shouldKeepAlive = true;
  } else if (message._removedConnection) {
    message._last = !message.shouldKeepAlive;
  } else if (message.shouldKeepAlive && (framed || message.agent) && !message.maxRequestsOnConnectionReached) {
    flags |= add.kKeepAlive;
    if (message._keepAliveTimeout > 0 && message._defaultKeepAlive && (bits & seen.kKeepAlive) === 0) {
      flags |= add.kKeepAliveTimeout;
    }
  } else {
    message._last = true;
    flags |= add.kClose;
  }
  if (!framed) message._last = true;
  return flags;
}

function headText(message, flags, length) {
  let text = message._firstLine() + message[kFields];
  if (flags & add.kDate) text += `Date: ${require('internal/http/native').utcDate()}\r\n`;
  if (flags & add.kKeepAlive) text += 'Connection: keep-alive\r\n';
  if (flags & add.kClose) text += 'Connection: close\r\n';
  if (flags & add.kKeepAliveTimeout) {
    text += `Keep-Alive: timeout=${Math.floor(message._keepAliveTimeout / 1000)}` +
        `${message._maxRequestsPerSocket > 0 ? `, max=${message._maxRequestsPerSocket}` : ''}\r\n`;
  }
  if (flags & add.kContentLength) text += `Content-Length: ${length}\r\n`;
  if (flags & add.kChunked) text += 'Transfer-Encoding: chunked\r\n';
  return text + '\r\n';
}

OutgoingMessage.prototype._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

// Kept for those who build heads themselves.
OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, headers) {
  if (firstLine) this._firstLine = () => firstLine;
  fixHeaders(this, headers);
};

// ---- Body --------------------------------------------------------------------------------------

function byteLength(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

const checkChunk = hideStackFrames((chunk) => {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !isUint8Array(chunk)) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
});

function reportWriteError(message, error, callback) {
  process.nextTick(() => {
    if (typeof callback === 'function') callback(error);
    if (typeof message.emit === 'function' && !message.destroyed) message.emit('error', error);
  });
}

// The reason why nothing can be written any more, if there is one; reports it.
function refuseWrite(message, callback) {
  if (message.finished) {
    reportWriteError(message, new codes.ERR_STREAM_WRITE_AFTER_END(), callback);
  } else if (message.destroyed) {
    if (typeof callback === 'function') process.nextTick(callback, new codes.ERR_STREAM_DESTROYED('write'));
  } else {
    return false;
  }
  return true;
}

// For strictContentLength: more or less than announced.
function checkLength(message, more, last) {
  if (!message.strictContentLength || !message._hasBody) return;
  const written = message[kWritten] + more;
  const announced = message._contentLength ?? Number(message.getHeader('content-length'));
  if (announced >= 0 && !message.chunkedEncoding && (written > announced || (last && written !== announced))) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(written, announced);
  }
  message[kWritten] = written;
}

OutgoingMessage.prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  checkChunk(chunk);
  if (refuseWrite(this, callback)) return false;
  if (this[kFields] === null) this._implicitHeader();
  if (!this._hasBody) {
    if (this[kRejectsBody]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  }
  if (this.strictContentLength) checkLength(this, byteLength(chunk, encoding), false);
  const ok = this._sendBody(chunk, encoding, callback);
  if (!ok) this[kNeedDrain] = true;
  return ok;
};

// Writes a piece of the body, after the head if that has not gone.
OutgoingMessage.prototype._sendBody = function _sendBody(chunk, encoding, callback) {
  corkForThisTurn(this);
  const length = byteLength(chunk, encoding);
  // Messages of other kinds may have no head.
  if (!this._headerSent && this[kFields] !== null) this._sendHead(-1);
  if (length === 0) {
    return this._writeRaw('', 'latin1', callback);
  }
  if (!this.chunkedEncoding) return this._writeRaw(chunk, encoding, callback);
  this._writeRaw(`${length.toString(16)}\r\n`, 'latin1');
  this._writeRaw(chunk, encoding);
  return this._writeRaw('\r\n', 'latin1', callback);
};

OutgoingMessage.prototype._sendHead = function _sendHead(length) {
  const flags = decide(this, length);
  this._headerSent = true;
  return this._writeRaw(headText(this, flags, length), 'latin1');
};

// What is written in one turn leaves together.
function corkForThisTurn(message) {
  const socket = message[kSocket];
  if (socket && !socket.writableCorked && typeof socket.cork === 'function') {
    socket.cork();
    process.nextTick(uncork, socket);
  }
}

function uncork(socket) {
  socket.uncork();
}

// To the socket when it is this message's turn, otherwise to the list that waits.
OutgoingMessage.prototype._writeRaw = function _writeRaw(data, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  const socket = this[kSocket];
  if (socket && socket.destroyed) return false;
  if (typeof callback !== 'function') callback = undefined;
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) flushOutput(this, socket);
    if (data.length > 0 || callback !== undefined) socket.write(data, encoding, callback);
    return hasRoom(socket);
  }
  if (this.outputData === kNothing) this.outputData = [];
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  return this.outputSize < this[kHighWaterMark];
};

// A socket that connects wants no more of its own writers, but what a message says it can still keep.
function hasRoom(socket) {
  return !socket.writableNeedDrain || (socket.connecting && socket.writableLength < socket.writableHighWaterMark);
}

OutgoingMessage.prototype._send = function _send(data, encoding, callback) {
  if (!this._headerSent) this._sendHead(-1);
  return this._writeRaw(data, encoding, callback);
};

function flushOutput(message, socket) {
  const list = message.outputData;
  message.outputData = kNothing;
  message.outputSize = 0;
  let ok = true;
  if (typeof socket.cork === 'function') socket.cork();
  for (const { data, encoding, callback } of list) ok = socket.write(data, encoding, callback);
  if (typeof socket.uncork === 'function') socket.uncork();
  return ok;
}

// The socket is this message's now: writes what waited.
OutgoingMessage.prototype._flush = function _flush() {
  const socket = this[kSocket];
  if (!socket || !socket.writable) return;
  const ok = this.outputData.length === 0 || flushOutput(this, socket);
  if (this.finished) {
    this._finish();
  } else if (ok && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};
OutgoingMessage.prototype._flushOutput = function _flushOutput(socket) {
  return this.outputData.length === 0 ? undefined : flushOutput(this, socket);
};

OutgoingMessage.prototype.flushHeaders = function flushHeaders() {
  if (this[kFields] === null) this._implicitHeader();
  if (!this._headerSent) this._sendHead(-1);
};

OutgoingMessage.prototype.cork = function cork() {
  this[kCorked]++;
  if (this[kSocket]) this[kSocket].cork();
};

OutgoingMessage.prototype.uncork = function uncork() {
  if (this[kCorked] === 0) return;
  this[kCorked]--;
  if (this[kSocket]) this[kSocket].uncork();
};

OutgoingMessage.prototype.addTrailers = function addTrailers(headers) {
  let text = '';
  let pairs = headers;
  if (!Array.isArray(headers)) pairs = Object.entries(headers);
  else if (!Array.isArray(headers[0])) pairs = toPairs(headers);
  for (const [name, value] of pairs) {
    const lower = lowerName(name, 'Trailer name');
    const joined = Array.isArray(value) && isUnique(this, lower) ? value.join('; ') : value;
    for (const item of Array.isArray(joined) ? joined : [joined]) {
      if (badValuePattern.test(item)) throw new codes.ERR_INVALID_CHAR('trailer content', name);
      text += `${name}: ${item}\r\n`;
    }
  }
  this._trailer = text;
};

function toPairs(flat) {
  const pairs = [];
  for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i], flat[i + 1]]);
  return pairs;
}

OutgoingMessage.prototype.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = undefined;
    encoding = undefined;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  if (chunk === null || chunk === '') chunk = undefined;
  if (chunk !== undefined) checkChunk(chunk);
  if (this.finished) return endAgain(this, chunk, callback);
  if (this.destroyed) {
    if (typeof callback === 'function') process.nextTick(callback, new codes.ERR_STREAM_DESTROYED('end'));
    this.finished = true;
    return this;
  }
  const length = chunk === undefined ? 0 : byteLength(chunk, encoding);
  if (this[kFields] === null) {
    this._contentLength = length;
    this._implicitHeader();
  }
  if (this.strictContentLength) checkLength(this, length, true);
  if (chunk !== undefined && !this._hasBody && this[kRejectsBody]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
  if (typeof callback === 'function') this.once('finish', callback);
  this._sendLast(this._hasBody ? chunk : undefined, encoding, this._hasBody ? length : 0);
  return this;
};

function endAgain(message, chunk, callback) {
  if (chunk !== undefined) {
    reportWriteError(message, new codes.ERR_STREAM_WRITE_AFTER_END(), callback);
  } else if (typeof callback === 'function') {
    if (message.writableFinished) process.nextTick(callback, new codes.ERR_STREAM_ALREADY_FINISHED('end'));
    else message.once('finish', callback);
  }
  return message;
}

// The last piece of the body, if any, and the end of the message.
OutgoingMessage.prototype._sendLast = function _sendLast(chunk, encoding, length) {
  const socket = this[kSocket];
  if (!this._headerSent && this[kFields] !== null) {
    if (sendWhole(this, chunk, encoding, length)) return;
    this._sendHead(length);
  }
  const corked = socket && typeof socket.cork === 'function';
  if (corked) socket.cork();
  if (chunk !== undefined) {
    if (this.chunkedEncoding) this._writeRaw(`${length.toString(16)}\r\n`, 'latin1');
    this._writeRaw(chunk, encoding);
    if (this.chunkedEncoding) this._writeRaw('\r\n', 'latin1');
  }
  const tail = this.chunkedEncoding && this._hasBody ? `0\r\n${this._trailer}\r\n` : '';
  this._writeRaw(tail, 'latin1', (error) => { if (!error) emitFinish(this); });
  if (corked) socket.uncork();
  afterLast(this);
};

function afterLast(message) {
  while (message[kCorked] > 0) message.uncork();
  message.finished = true;
  const socket = message[kSocket];
  if (message.outputData.length === 0 && socket && socket._httpMessage === message) message._finish();
}

const nonAscii = /[^\x00-\x7f]/;

// Head and body as one string in one write, when both are text. False when that cannot be.
function sendWhole(message, chunk, encoding, length) {
  if (chunk !== undefined && (typeof chunk !== 'string' || (encoding && encoding !== 'utf8' && encoding !== 'utf-8'))) {
    return false;
  }
  const flags = decide(message, length);
  if (message.chunkedEncoding) return false;
  const text = headText(message, flags, length);
  if (chunk !== undefined && nonAscii.test(text)) return false;
  message._headerSent = true;
  message._writeRaw(chunk === undefined ? text : text + chunk, chunk === undefined ? 'latin1' : 'utf8',
                    (error) => { if (!error) emitFinish(message); });
  afterLast(message);
  return true;
}

function emitFinish(message) {
  if (message[kErrored] !== null) return;
  message.emit('finish');
  const hook = message[kFinishHook];
  if (hook !== undefined) hook(message);
}

OutgoingMessage.prototype._finish = function _finish() {
  this.emit('prefinish');
};

OutgoingMessage.prototype.setTimeout = function setTimeout(ms, callback) {
  if (callback) this.on('timeout', callback);
  const socket = this.socket;
  if (!socket) this.once('socket', (it) => it.setTimeout(ms));
  else socket.setTimeout(ms);
  return this;
};

OutgoingMessage.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error || null;
  const socket = this.socket;
  if (socket) socket.destroy(error);
  else this.once('socket', (it) => it.destroy(error));
  return this;
};

// A listener that was an async function has failed.
OutgoingMessage.prototype[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

// A message is for writing only.
OutgoingMessage.prototype.pipe = function pipe() {
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
};

module.exports = {
  OutgoingMessage,
  fixHeaders,
  decide,
  byteLength,
  checkChunk,
  refuseWrite,
  endAgain,
  emitFinish,
  kFields,
  kSeen,
  kErrored,
  kHighWaterMark,
  kFinishHook,
  kNothing,
  kUniqueHeaders,
  kRejectsBody,
  STATUS_CODES,
};
