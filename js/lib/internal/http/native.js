// Server connections that live in C++: one call into this file a message, one call out a response. JavaScript
// knows a connection by a number; a socket object for it is made only when somebody asks for one.
'use strict';

const responseFinishes = require('diagnostics_channel').channel('http.server.response.finish');
const binding = internalBinding('http');
const { makeSystemError } = internalBinding('errors');
const { head, add, splitFields, parseError, connectionReset, kConn, kSocket, kNeedDrain, kStatus, kReason } =
  require('internal/http/common');
const {
  isWatched, pushBody, endBody, abortMessage, kHead, kBody, kMostHeaders, kJoin,
} = require('internal/http/incoming');

// A connection's number is index | generation << kIndexBits.
const kIndexMask = (1 << 20) - 1;

let hub = null; // made by the first server

const servers = []; // by the number their connections carry
const live = []; // by connection index: the response under way
const sockets = new Map(); // by connection number: the socket objects that were asked for

// Types of what C++ reports; bind_http.cc has the same.
const kBodyPiece = 0;
const kBodyEnd = 1;
const kDrained = 2;
const kGone = 3;
const kRefused = 4;
const kInactive = 5;
const kTooSlow = 6;
const kPeerEnded = 7;
const kInsecure = 8;

const body = {
  read(message) { hub.readBody(message[kConn]); },
  dump(message) { hub.dumpBody(message[kConn]); },
};

// ---- From C++ ----------------------------------------------------------------------------------

function onRequest(serverId, conn, flags, method, url, headText) {
  const server = servers[serverId];
  const req = server.makeRequest(conn);
  req[kConn] = conn;
  req[kHead] = headText;
  req.httpVersionMajor = 1;
  req.httpVersionMinor = flags & head.kMinor;
  req.url = url;
  req.method = method;
  if (server.mostHeaders !== 2000) req[kMostHeaders] = server.mostHeaders;
  if (server.joins) req[kJoin] = true;
  if ((flags & head.kBodyless) !== 0) req.complete = true;
  else req[kBody] = body;
  if ((flags & head.kUpgrade) !== 0 && server.takesOver(req)) {
    const socket = detach(conn, req);
    server.handOver(req, socket, socket[kHeadBytes]);
    return;
  }
  req.upgrade = false;
  const res = server.makeResponse(req);
  res[kConn] = conn;
  live[conn & kIndexMask] = res;
  res.shouldKeepAlive = (flags & head.kKeepAlive) !== 0;
  const outer = handled;
  handled = res;
  try {
    server.handle(req, res, flags);
  } finally {
    handled = outer;
    if (res.finished && live[conn & kIndexMask] !== res) settleFinish(res);
  }
  if (req._eventsCount > 0) process.nextTick(resumeForEnd, req);
}

// The response whose 'request' listeners are running: they may listen for its end after having ended it.
let handled = null;

// Those who listen for 'end' alone hear it, as they did before streams had to be read.
function resumeForEnd(req) {
  if (req.listenerCount('end') > 0 && req.readableFlowing === null && req.listenerCount('readable') === 0) {
    req.resume();
  }
}

function onEvent(type, conn, a, b, c) {
  const index = conn & kIndexMask;
  const res = live[index];
  const socket = sockets.get(conn);
  switch (type) {
    case kBodyPiece:
      if (res !== undefined && !pushBody(res.req, a)) hub.pauseBody(conn);
      break;
    case kBodyEnd:
      if (res !== undefined) endBody(res.req, a === undefined ? undefined : splitFields(a, 0, []));
      break;
    case kDrained:
      if (socket !== undefined) socket[kDrain]();
      if (res !== undefined) onDrained(res, index);
      break;
    case kGone:
      onGone(servers[a], conn, res, b, c);
      break;
    case kRefused:
      servers[a].refuse(conn, parseError(b, c, hub.lastInput(conn)), res !== undefined && res._headerSent);
      break;
    case kInactive:
      onInactive(servers[a], conn, res);
      break;
    case kTooSlow:
      servers[a].tooSlow(conn, res !== undefined && res._headerSent);
      break;
    case kInsecure:
      servers[a].insecure(conn);
      break;
    case kPeerEnded:
      if (socket !== undefined) socket.push(null);
      if (res !== undefined) {
        if (servers[a].halfOpen) res._last = true;
        else onPeerEnded(res, conn);
      }
      break;
  }
}

function onPeerEnded(res, conn) {
  abortMessage(res.req, connectionReset('aborted'));
  // What was written still leaves; then the connection ends.
  hub.closeSoon(conn);
}

function onDrained(res, index) {
  if (res.finished) {
    live[index] = undefined;
    announceFinish(res);
  } else if (res[kNeedDrain]) {
    res[kNeedDrain] = false;
    runCallbacks(res);
    res.emit('drain');
  }
}

// errno and syscall: why, when it did not just close. An error object costs more than all else here; few look at it.
function onGone(server, conn, res, errno, syscall) {
  live[conn & kIndexMask] = undefined;
  let error;
  if (errno !== undefined && (sockets.has(conn) || server.hearsErrors)) {
    error = makeSystemError(errno, syscall, '', '');
    server.broken(conn, error);
  }
  const socket = sockets.get(conn);
  sockets.delete(conn);
  if (socket !== undefined) socket[kClose](error);
  if (res !== undefined) {
    res[kConn] = -1;
    res.destroyed = true;
    if (!res.req.complete || !res.finished) abortMessage(res.req, connectionReset('aborted'));
    closeResponse(res);
  }
  server.gone();
}

function closeResponse(res) {
  if (res._closed) return;
  res.destroyed = true;
  res._closed = true;
  res.emit('close');
}

function onInactive(server, conn, res) {
  const socket = socketOf(conn);
  const req = res === undefined ? undefined : res.req;
  const heard = [req !== undefined && !req.complete && req.emit('timeout', socket),
                 res !== undefined && res.emit('timeout', socket), server.emitTimeout(socket)];
  if (!heard.includes(true)) socket.destroy();
}

// A timeout that the program set on the socket object.
function onSocketTimeout(conn, socket) {
  socket.emit('timeout');
  const server = servers[hub.serverOf(conn)];
  if (server !== undefined && !socket.destroyed) onInactive(server, conn, live[conn & kIndexMask]);
}

// ---- Responses ---------------------------------------------------------------------------------

const kPendingCallbacks = Symbol('kPendingCallbacks');

function runCallbacks(res) {
  const list = res[kPendingCallbacks];
  if (list === undefined) return;
  res[kPendingCallbacks] = undefined;
  for (const callback of list) callback();
}

// A string that C++ can encode by itself, or bytes.
function encodable(chunk, encoding) {
  if (typeof chunk !== 'string' || encoding === undefined || encoding === null || encoding === 'utf8' ||
      encoding === 'utf-8' || encoding === 'latin1' || encoding === 'binary') {
    return chunk;
  }
  return Buffer.from(chunk, encoding);
}

function encodingFlag(encoding) {
  return encoding === 'latin1' || encoding === 'binary' ? add.kLatin1 : 0;
}

// The answer to a write: 1 all is well, 0 the peer is slower than we are, -1 the connection is gone.
function settleWrite(res, answer, callback, size = 0) {
  if (typeof callback === 'function') {
    if (answer === 0) (res[kPendingCallbacks] ??= []).push(callback);
    else process.nextTick(callback);
  }
  if (answer > 0 && size < kHighWaterMark) return true;
  if (answer >= 0) res[kNeedDrain] = true;
  // A large piece asks the program to wait even if the kernel has taken all of it.
  if (answer > 0) process.nextTick(tellDrained, res);
  return false;
}

const kHighWaterMark = 16 * 1024;

function tellDrained(res) {
  if (!res[kNeedDrain] || res.finished || res.destroyed) return;
  res[kNeedDrain] = false;
  res.emit('drain');
}

function writeHead(res, flags, chunk, encoding) {
  res._headerSent = true;
  if (res.chunkedEncoding) flags |= add.kFramed;
  return hub.respond(res[kConn], flags | encodingFlag(encoding), res[kStatus], res[kReason],
                         res._fields(), encodable(chunk, encoding));
}

function writeBody(res, chunk, encoding, callback) {
  const flags = res.chunkedEncoding ? add.kChunked : 0;
  return settleWrite(res, hub.write(res[kConn], flags | encodingFlag(encoding), encodable(chunk, encoding)),
                     callback, chunk.length);
}

// The response is complete: head (`headFlags`, or -1 when it has gone), the last piece of the body, trailers.
function finishResponse(res, headFlags, chunk, encoding) {
  const conn = res[kConn];
  const last = res._last ? add.kCloseAfter : 0;
  let answer;
  if (headFlags >= 0 && res._trailer === '' && !res.chunkedEncoding) {
    answer = writeHead(res, headFlags | add.kLast | last, chunk, encoding);
  } else {
    if (headFlags >= 0) writeHead(res, headFlags, undefined, undefined);
    const framing = res.chunkedEncoding && res._hasBody ? add.kChunked : 0;
    answer = hub.end(conn, framing | last | encodingFlag(encoding), encodable(chunk, encoding),
                         res._trailer === '' ? undefined : res._trailer);
  }
  res.finished = true;
  if (answer <= 0) return; // what follows is told when it has left, or when the connection is gone
  live[conn & kIndexMask] = undefined;
  if (res !== handled) process.nextTick(announceFinish, res);
}

// For those who follow all responses.
function publishFinish(response) {
  const { req: request, socket } = response;
  responseFinishes.publish({ request, response, socket, server: socket?.server });
}

// Nobody who does not listen needs to be told.
function settleFinish(res) {
  if (res._eventsCount > 0 || isWatched(res.req) || res[kPendingCallbacks] !== undefined ||
      responseFinishes.hasSubscribers) {
    process.nextTick(announceFinish, res);
  } else {
    res[kConn] = -1;
  }
}

function announceFinish(res) {
  if (responseFinishes.hasSubscribers) publishFinish(res);
  res[kConn] = -1;
  res[kSocket] = null;
  runCallbacks(res);
  res.emit('prefinish');
  res.emit('finish');
  const req = res.req;
  if (!req._consuming && isWatched(req)) req._dump();
  process.nextTick(closeResponse, res);
}

// ---- Sockets -----------------------------------------------------------------------------------

const kDrain = Symbol('kDrain');
const kClose = Symbol('kClose');
const kHeadBytes = Symbol('kHeadBytes');

// The socket object of a connection, made on first use. Also after the connection has gone.
function socketOf(conn) {
  let socket = sockets.get(conn);
  if (socket === undefined) {
    const { ConnectionSocket } = require('internal/http/socket');
    const Socket = servers[hub.serverOf(conn)]?.Socket ?? ConnectionSocket;
    socket = new Socket(conn, kDrain, kClose);
    if (socket.destroyed) return socket;
    sockets.set(conn, socket);
  }
  return socket;
}

// Takes the connection out of C++: it is an ordinary socket from now on.
function detach(conn, req) {
  const { adoptDetached } = require('internal/http/socket');
  const socket = sockets.get(conn);
  sockets.delete(conn);
  live[conn & kIndexMask] = undefined;
  const [handle, bytes] = hub.detach(conn);
  req[kConn] = -1;
  const real = adoptDetached(handle, socket);
  req[kSocket] = real;
  real[kHeadBytes] = bytes;
  real.parser = null;
  return real;
}

function register(server) {
  return servers.push(server) - 1;
}

function unregister(id) {
  servers[id] = undefined;
}

let dateSecond = 0;
let dateText = '';

// Formatted once a second.
function utcDate() {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

function getHub() {
  if (hub === null) hub = new binding.Hub();
  return hub;
}

binding.setCallbacks(onRequest, onEvent);

module.exports = {
  getHub, register, unregister, socketOf, utcDate, writeHead, writeBody, finishResponse, settleWrite,
  onSocketTimeout, publishFinish, responseFinishes,
};
