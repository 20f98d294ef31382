// The server's side of HTTP over any stream: sockets of servers with 'connection' listeners, TLS sockets, duplex
// streams handed to server.emit('connection'). The same parser as native connections have, driven from here.
'use strict';

const { codes } = require('internal/errors');
const { head, event, splitFields, methods, parseError, connectionReset, kSocket, kNeedDrain } =
  require('internal/http/common');
const {
  pushBody, endBody, abortMessage, isWatched, kHead, kBody, kMostHeaders, kJoin,
} = require('internal/http/incoming');
const { kFinishHook } = require('internal/http/response');
const serverSide = require('internal/http/server');
const { Parser } = internalBinding('http');

const kConnections = Symbol('kConnections');
const kMostHeld = 64 * 1024; // bytes kept of what comes while a response is under way

function serve(server, socket) {
  (server[kConnections] ??= new Set()).add(new StreamConnection(server, socket));
}

function closeConnections(server, idleOnly) {
  for (const connection of server[kConnections] || []) {
    if (!idleOnly || connection.idle) connection.socket.destroy();
  }
}

class StreamConnection {
  #server;
  #parser;
  #req = null;
  #res = null;
  #held = [];
  #heldBytes = 0;
  #running = false;
  #over = false; // nothing more is parsed
  #paused = false;
  #requests = 0;
  #started = 0; // when the message under way began
  #headDone = false;
  #check = null;
  #listeners;
  #body;

  constructor(server, socket) {
    this.#server = server;
    this.socket = socket;
    const settings = server[serverSide.kSettings];
    this.#parser = new Parser(0, settings.maxHeaderSize || serverSide.maxHeaderSize(), serverSide.isLenient(settings));
    this.#body = {
      read: () => this.#resume(),
      dump: (req) => { req[kBody] = undefined; this.#resume(); },
    };
    this.#listeners = {
      data: (chunk) => this.#onData(chunk),
      end: () => this.#onEnd(),
      close: () => this.#onClose(),
      drain: () => this.#onDrain(),
      error: (error) => this.#refuse(error),
      timeout: () => this.#onTimeout(),
    };
    for (const name of Object.keys(this.#listeners)) socket.on(name, this.#listeners[name]);
    if (settings.timeout > 0 && typeof socket.setTimeout === 'function') socket.setTimeout(settings.timeout);
    socket.server = server;
    socket.setEncoding = refuseEncoding;
    this.#started = Date.now();
    this.#watch();
  }

  get idle() {
    return this.#req === null && this.#res === null;
  }

  // One unreferenced timer a connection that checks how long its message has been coming.
  #watch() {
    const { headersTimeout, requestTimeout, connectionsCheckingInterval } = this.#server[serverSide.kSettings];
    if (!headersTimeout && !requestTimeout) return;
    this.#check = setInterval(() => {
      if (this.#started === 0) return;
      const age = Date.now() - this.#started;
      const settings = this.#server[serverSide.kSettings];
      const limit = this.#headDone ? settings.requestTimeout : settings.headersTimeout || settings.requestTimeout;
      if (limit > 0 && age >= limit) {
        this.#started = 0;
        this.#refuse(new codes.ERR_HTTP_REQUEST_TIMEOUT());
      }
    }, Math.max(Math.min(connectionsCheckingInterval, headersTimeout || Infinity, requestTimeout || Infinity), 10));
    this.#check.unref();
  }

  #onData(chunk) {
    if (this.#over) return;
    this.#endKeepAlive();
    if (typeof chunk === 'string') chunk = Buffer.from(chunk, 'latin1');
    if (this.#held.length > 0 || this.#running || this.#waiting()) {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      if (this.#heldBytes > kMostHeld) this.#pause();
      return;
    }
    this.#parse(chunk);
  }

  // The request is complete and its response is not.
  #waiting() {
    return this.#req === null && this.#res !== null;
  }

  #parse(chunk) {
    this.#running = true;
    const parser = this.#parser;
    let at = 0;
    while (!this.#over) {
      if (this.#waiting()) {
        if (at < chunk.length) {
          this.#held.unshift(at === 0 ? chunk : chunk.subarray(at));
          this.#heldBytes += chunk.length - at;
        }
        break;
      }
      const answer = parser.next(chunk, at);
      at = parser.position();
      const what = answer & 7;
      if (what === event.kMore) {
        if (this.#started === 0 && !parser.idle()) this.#started = Date.now();
        break;
      }
      if (what === event.kHead) this.#onHead(answer >> 3, chunk, at);
      else if (what === event.kBody) this.#onBody(bodyOf(parser, chunk));
      else if (what === event.kEnd) this.#onMessageEnd();
      else this.#refuse(parseError(parser.errorCode(), parser.errorReason(), chunk, at));
    }
    this.#running = false;
  }

  #onHead(flags, chunk, at) {
    const server = this.#server;
    const parser = this.#parser;
    const req = server[serverSide.kMessages].request(this.socket);
    req[kSocket] = this.socket;
    req[kHead] = parser.headText();
    req.method = methods[parser.method()];
    req.url = parser.target();
    req.httpVersionMajor = 1;
    req.httpVersionMinor = flags & head.kMinor;
    const most = server.maxHeadersCount;
    if (most !== null && most !== undefined) req[kMostHeaders] = most > 0 ? most : Infinity;
    req[kJoin] = server.joinDuplicateHeaders;
    req[kBody] = this.#body;
    this.#headDone = true;
    this.#requests++;
    if ((flags & head.kUpgrade) !== 0 && serverSide.takesOver(server, req)) {
      this.#release();
      endBody(req);
      serverSide.handOver(server, req, this.socket, chunk.subarray(at));
      return;
    }
    req.upgrade = false;
    const res = server[serverSide.kMessages].response(req);
    this.#req = req;
    this.#res = res;
    res.shouldKeepAlive = (flags & head.kKeepAlive) !== 0;
    res[kFinishHook] = () => this.#onResponseDone(res);
    res.assignSocket(this.socket);
    serverSide.handleRequest(server, req, res, flags, () => this.#requests);
    if (req._eventsCount > 0) process.nextTick(resumeForEnd, req);
  }

  #onBody(bytes) {
    const req = this.#req;
    if (req === null || req[kBody] === undefined) return;
    if (!pushBody(req, bytes)) this.#pause();
  }

  #onMessageEnd() {
    const req = this.#req;
    this.#req = null;
    this.#started = 0;
    this.#headDone = false;
    if (req !== null) endBody(req, splitFields(this.#parser.headText(), 0, []));
    if (this.#res === null) this.#becomeIdle();
  }

  #onResponseDone(res) {
    const socket = this.socket;
    const req = res.req;
    this.#res = null;
    res.detachSocket(socket);
    if (!req._consuming && isWatched(req)) req._dump();
    else if (!req._consuming) req._dumped = true;
    process.nextTick(announceClose, res);
    if (res._last || this.#over) {
      this.#over = true;
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
      return;
    }
    this.#resume();
    if (this.#req === null) this.#becomeIdle();
    process.nextTick(() => this.#goOn());
  }

  #becomeIdle() {
    const { keepAliveTimeout } = this.#server[serverSide.kSettings];
    if (this.#held.length === 0 && keepAliveTimeout > 0 && typeof this.socket.setTimeout === 'function') {
      this.socket.setTimeout(keepAliveTimeout);
      this.#keepAliveSet = true;
    }
  }
  #keepAliveSet = false;

  #goOn() {
    while (!this.#running && !this.#over && this.#held.length > 0 && !this.#waiting()) {
      const chunk = this.#held.shift();
      this.#heldBytes -= chunk.length;
      this.#parse(chunk);
    }
    if (this.#heldBytes <= kMostHeld && this.#waiting()) this.#resume();
  }

  #pause() {
    if (this.#paused) return;
    this.#paused = true;
    this.socket.pause();
  }

  #endKeepAlive() {
    if (!this.#keepAliveSet) return;
    this.#keepAliveSet = false;
    this.socket.setTimeout(this.#server[serverSide.kSettings].timeout);
  }

  #resume() {
    if (!this.#paused) return;
    this.#paused = false;
    this.socket.resume();
  }

  #onDrain() {
    const res = this.#res;
    if (res === null || !res[kNeedDrain] || this.socket.writableNeedDrain) return;
    res[kNeedDrain] = false;
    res.emit('drain');
  }

  // The peer sends no more.
  #onEnd() {
    if (this.#over) return;
    if (this.#parser.finish() === event.kError && this.#req === null && this.#res === null) {
      this.#refuse(parseError(this.#parser.errorCode(), this.#parser.errorReason()));
      return;
    }
    if (this.#server.httpAllowHalfOpen && this.#res !== null && this.#req === null) {
      this.#res._last = true;
      return;
    }
    this.#abort();
    if (this.socket.writable) this.socket.end();
  }

  #abort() {
    const req = this.#req || (this.#res && this.#res.req);
    this.#req = null;
    if (req && (!req.complete || this.#res !== null)) abortMessage(req, connectionReset('aborted'));
  }

  #onClose() {
    this.#over = true;
    this.#abort();
    this.#release();
  }

  #onTimeout() {
    const { socket } = this;
    const req = this.#req;
    const res = this.#res;
    const heard = [req !== null && !req.complete && req.emit('timeout', socket),
                   res !== null && res.emit('timeout', socket), this.#server.emit('timeout', socket)];
    if (!heard.includes(true)) socket.destroy();
  }

  #refuse(error) {
    const { socket } = this;
    this.#over = true;
    if (this.#server.emit('clientError', error, socket)) return;
    const started = this.#res !== null && this.#res._headerSent;
    if (socket.writable && !started) socket.write(serverSide.refusal(error.code), 'latin1');
    socket.destroy(error);
  }

  // The stream is no longer HTTP's.
  #release() {
    delete this.socket.setEncoding;
    this.#over = true;
    if (this.#check !== null) clearInterval(this.#check);
    this.#server[kConnections].delete(this);
    for (const name of Object.keys(this.#listeners)) {
      if (name !== 'error') this.socket.removeListener(name, this.#listeners[name]);
    }
    process.nextTick(() => this.socket.removeListener('error', this.#listeners.error));
  }
}

function bodyOf(parser, chunk) {
  const start = parser.bodyStart();
  return chunk.subarray(start, start + parser.bodyLength());
}

// What a connection carries is bytes until its messages are told apart, RFC 9112 section 2.2.
function refuseEncoding() {
  throw new codes.ERR_HTTP_SOCKET_ENCODING();
}

function resumeForEnd(req) {
  if (req.listenerCount('end') > 0 && req.readableFlowing === null && req.listenerCount('readable') === 0) {
    req.resume();
  }
}

function announceClose(res) {
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

module.exports = { serve, closeConnections };
