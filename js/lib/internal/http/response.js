// ServerResponse. On a native connection it gathers and makes one call; on any other stream it writes as
// OutgoingMessage does.
'use strict';

const { codes } = require('internal/errors');
const { validateObject, validateFunction } = require('internal/validators');
const {
  STATUS_CODES, add, lowerName, kStatus, kReason, kNeedDrain, checkInvalidHeaderChar, kConn, kSocket, kOutHeaders,
} = require('internal/http/common');
const {
  OutgoingMessage, fixHeaders, decide, checkChunk, byteLength, kFields, kErrored, kFinishHook, kRejectsBody,
} = require('internal/http/outgoing');
const { kWriteFile } = require('internal/fs/direct');
const native = require('internal/http/native');

const send = OutgoingMessage.prototype;

function ServerResponse(req, options) {
  if (!(this instanceof ServerResponse)) return new ServerResponse(req, options);
  OutgoingMessage.call(this, options);
  this[kConn] = -1;
  this.req = req;
  this.statusCode = 200;
  this[kStatus] = 0;
  this.statusMessage = undefined;
  if (req.method === 'HEAD') this._hasBody = false;
  if (req.httpVersionMinor < 1 || req.httpVersionMajor < 1) {
    this.useChunkedEncodingByDefault = req.headers !== undefined && /(?:^|\W)chunked(?:$|\W)/i.test(req.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

Object.assign(ServerResponse.prototype, {
  sendDate: true,
  _sent100: false,
  _expect_continue: false,
  _maxRequestsPerSocket: 0,
  [kReason]: undefined,
});

Object.defineProperty(ServerResponse.prototype, 'socket', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    const socket = this[kSocket];
    if (socket !== null || this[kConn] === -1) return socket;
    return this[kSocket] = native.socketOf(this[kConn]);
  },
  set(socket) { this[kSocket] = socket; },
});

// What has been written and not sent. The last of a response leaves by itself.
Object.defineProperty(ServerResponse.prototype, 'writableLength', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    if (this[kConn] === -1) return Reflect.get(send, 'writableLength', this);
    return this.finished ? 0 : native.getHub().bytesQueued(this[kConn]);
  },
});

ServerResponse.prototype._firstLine = function _firstLine() {
  const status = this[kStatus] || this.statusCode;
  return `HTTP/1.1 ${status} ${this[kReason] ?? STATUS_CODES[status] ?? 'unknown'}\r\n`;
};
ServerResponse.prototype._fields = function _fields() { return this[kFields]; };
ServerResponse.prototype._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

ServerResponse.prototype.writeHead = function writeHead(statusCode, reason, headers) {
  if (this[kFields] !== null) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  const status = statusCode | 0;
  if (status < 100 || status > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    if (!this.statusMessage) this.statusMessage = STATUS_CODES[status] || 'unknown';
    if (headers === undefined || headers === null) headers = reason;
  }
  this.statusCode = status;
  this[kStatus] = status;
  if (this.statusMessage !== STATUS_CODES[status]) {
    if (checkInvalidHeaderChar(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
    this[kReason] = this.statusMessage;
  }
  if (this[kOutHeaders] !== null) {
    if (headers) mergeHeaders(this, headers);
    headers = undefined;
  }
  if (status === 204 || status === 304 || status < 200) this._hasBody = false;
  // The client may or may not send its body: the connection cannot be used for another request.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  fixHeaders(this, headers);
  return this;
};
ServerResponse.prototype.writeHeader = ServerResponse.prototype.writeHead;

function mergeHeaders(res, headers) {
  if (!Array.isArray(headers)) {
    for (const name of Object.keys(headers)) if (name) res.setHeader(name, headers[name]);
    return;
  }
  const pairs = [];
  if (Array.isArray(headers[0])) {
    pairs.push(...headers);
  } else {
    if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
    for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i], headers[i + 1]]);
  }
  for (const [name] of pairs) res.removeHeader(String(name));
  for (const [name, value] of pairs) {
    const lower = lowerName(name);
    if (res[kOutHeaders] !== null && res[kOutHeaders].has(lower)) res.appendHeader(name, value);
    else res.setHeader(name, value);
  }
}

ServerResponse.prototype._sendHead = function _sendHead(length) {
  if (this[kConn] === -1) return send._sendHead.call(this, length);
  native.settleWrite(this, native.writeHead(this, decide(this, length), undefined, undefined), undefined);
  return true;
};

ServerResponse.prototype._sendBody = function _sendBody(chunk, encoding, callback) {
  if (this[kConn] === -1) return send._sendBody.call(this, chunk, encoding, callback);
  if (this._headerSent) return native.writeBody(this, chunk, encoding, callback);
  const flags = decide(this, -1);
  return native.settleWrite(this, native.writeHead(this, flags, chunk, encoding), callback, chunk.length);
};

ServerResponse.prototype[kWriteFile] = function(fd, position, length) {
  if (this[kConn] === -1 || this.finished || this.destroyed || !this._hasBody || this.strictContentLength ||
      this.write !== send.write) {
    return -1;
  }
  if (this[kFields] === null) this._implicitHeader();
  if (!this._headerSent) this._sendHead(-1);
  const answer = native.getHub().writeFile(this[kConn], fd, position, length, this.chunkedEncoding);
  if (answer < -1) this[kNeedDrain] = true;
  return answer;
};

ServerResponse.prototype._sendLast = function _sendLast(chunk, encoding, length) {
  if (this[kConn] === -1) return send._sendLast.call(this, chunk, encoding, length);
  native.finishResponse(this, this._headerSent ? -1 : decide(this, length), chunk, encoding);
};

ServerResponse.prototype.end = function end(chunk, encoding, callback) {
  if (this[kConn] === -1 || this.finished || this.destroyed || this.strictContentLength ||
      typeof chunk === 'function' || encoding !== undefined || callback !== undefined || this[kRejectsBody]) {
    return send.end.call(this, chunk, encoding, callback);
  }
  if (chunk === null || chunk === '') chunk = undefined;
  if (chunk !== undefined && typeof chunk !== 'string') checkChunk(chunk);
  if (this[kFields] === null) {
    // Whoever replaces writeHead may look at it.
    this._contentLength = chunk === undefined ? 0 : byteLengthOf(this, chunk);
    this._implicitHeader();
  }
  native.finishResponse(this, this._headerSent ? -1 : decide(this, 0),
                        this._hasBody ? chunk : undefined, undefined);
  return this;
};

// Only a replaced writeHead could see the length before C++ has counted it.
function byteLengthOf(res, chunk) {
  return res.writeHead === ServerResponse.prototype.writeHead ? null : byteLength(chunk, 'utf8');
}

ServerResponse.prototype._writeRaw = function _writeRaw(data, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = undefined;
  }
  if (this[kConn] === -1) return send._writeRaw.call(this, data, encoding, callback);
  const bytes = typeof data === 'string' ? Buffer.from(data, encoding) : data;
  return native.settleWrite(this, native.getHub().writeRaw(this[kConn], bytes), callback);
};

ServerResponse.prototype.flushHeaders = function flushHeaders() {
  if (this[kFields] === null) this._implicitHeader();
  if (!this._headerSent) this._sendHead(-1);
};

ServerResponse.prototype.writeContinue = function writeContinue(callback) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback);
  this._sent100 = true;
};

ServerResponse.prototype.writeProcessing = function writeProcessing(callback) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'latin1', callback);
};

const linkPattern = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

ServerResponse.prototype.writeEarlyHints = function writeEarlyHints(hints, callback) {
  validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const links = Array.isArray(hints.link) ? hints.link : [hints.link];
  for (const link of links) {
    if (typeof link !== 'string' || !linkPattern.test(link)) {
      const wanted = 'must be an array or string of format "</styles.css>; rel=preload; as=style"';
      throw new codes.ERR_INVALID_ARG_VALUE('hints', hints.link, wanted);
    }
  }
  if (links.length === 0) return;
  let text = `HTTP/1.1 103 Early Hints\r\nLink: ${links.join(', ')}\r\n`;
  for (const name of Object.keys(hints)) {
    if (name === 'link') continue;
    lowerName(name);
    if (checkInvalidHeaderChar(hints[name])) throw new codes.ERR_INVALID_CHAR('header content', name);
    text += `${name}: ${hints[name]}\r\n`;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  this._writeRaw(`${text}\r\n`, 'latin1', callback);
};

ServerResponse.prototype.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  this[kSocket] = socket;
  const onClose = () => {
    if (this._closed) return;
    this.destroyed = true;
    this._closed = true;
    this.emit('close');
  };
  this[kDetach] = onClose;
  socket.on('close', onClose);
  this.emit('socket', socket);
  this._flush();
};
const kDetach = Symbol('kDetach');

ServerResponse.prototype.detachSocket = function detachSocket(socket) {
  if (socket._httpMessage !== this) return;
  socket.removeListener('close', this[kDetach]);
  socket._httpMessage = null;
  this[kSocket] = null;
};

ServerResponse.prototype._finish = function _finish() {
  if (native.responseFinishes.hasSubscribers) native.publishFinish(this);
  send._finish.call(this);
};

ServerResponse.prototype.destroy = function destroy(error) {
  if (this[kConn] === -1) return send.destroy.call(this, error);
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error || null;
  native.socketOf(this[kConn]).destroy(error);
  return this;
};

module.exports = { ServerResponse, kFinishHook };
