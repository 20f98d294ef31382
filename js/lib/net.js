// net: TCP and UNIX stream sockets, servers and clients.
'use strict';

const { channel } = require('diagnostics_channel');
const EventEmitter = require('events');
const { Duplex } = require('stream');
const binding = internalBinding('net');
const { setHook } = internalBinding('env');
const { map: { EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL, ETIMEDOUT } } = internalBinding('errno');
const { codes, errnoException, exceptionWithHostPort, uvExceptionWithHostPort } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_SERVER_ALREADY_LISTEN, ERR_SERVER_NOT_RUNNING,
        ERR_SOCKET_CLOSED, ERR_SOCKET_CLOSED_BEFORE_CONNECTION, ERR_MISSING_ARGS, ERR_INVALID_ADDRESS_FAMILY, ERR_INVALID_FD_TYPE } = codes;
const { validateAbortSignal, validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString } =
  require('internal/validators');
const asyncContext = require('internal/async_context');
const { FastBuffer } = require('internal/buffer');
const { kWriteFile } = require('internal/fs/direct');
const { isIP, isIPv4, isIPv6, kContext, kMakeHandle, kOwner, shared } = require('internal/net');

// What C++ reports; bind_net.cc has the same numbers.
const kData = 0;
const kEnd = 1;
const kConnect = 2;
const kDrain = 3;
const kShutdown = 4;
const kError = 5;
const kClose = 6;
const kDescriptor = 7;
const kPiece = 8;

const kDrainCallback = Symbol('kDrain');  // the write that waits for the kernel
const kFinalCallback = Symbol('kFinal');
const kCloseCallback = Symbol('kCloseCallback');
const kTimer = Symbol('kTimer');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const kWantsRead = Symbol('kWantsRead');
const kEnds = Symbol('kEnds');
const kOnRead = Symbol('kOnRead');
const kPassed = Symbol('kPassed');        // of a chunk: the descriptor that goes with it, or the piece of a file that goes in its place
const kPending = Symbol('kPending');      // chunks written before the connection was there

// UNIX sockets have none: -1 stands for that.
const shownPort = (port) => (port < 0 ? undefined : port);

// ---- Arguments ---------------------------------------------------------------------------------

// (port, host), (path), (options), each with a last callback: [options, callback].
function normalizeArgs(args) {
  if (args.length === 0) return [{}, null];
  const [first] = args;
  let options = {};
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const callback = args[args.length - 1];
  return [options, typeof callback === 'function' ? callback : null];
}

function toNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}

function isPipeName(value) {
  return typeof value === 'string' && toNumber(value) === false;
}

// ---- Socket ------------------------------------------------------------------------------------

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  let fd;
  if (typeof options === 'number') fd = options;
  else if (options !== undefined && options !== null) ({ fd } = options);
  options = typeof options === 'object' && options !== null ? { ...options } : {};
  const mode = ['objectMode', 'readableObjectMode', 'writableObjectMode'].find((name) => options[name]);
  if (mode !== undefined) {
    throw new ERR_INVALID_ARG_VALUE(`options.${mode}`, options[mode], 'is not supported');
  }
  if (fd !== undefined && fd !== null) validateInt32(fd, 'fd', 0);
  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this._handle = null;
  this._server = null;
  this.server = null;
  this[kDrainCallback] = null;
  this[kFinalCallback] = null;
  this[kTimer] = null;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  this[kWantsRead] = false;
  this[kEnds] = undefined;
  this[kOnRead] = undefined;
  this[kPending] = null;
  Reflect.apply(Duplex, this, [{
    allowHalfOpen: Boolean(options.allowHalfOpen),
    readable: options.readable !== false,
    writable: options.writable !== false,
    highWaterMark: options.highWaterMark,
    readableHighWaterMark: options.readableHighWaterMark,
    writableHighWaterMark: options.writableHighWaterMark,
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
    signal: options.signal,
  }]);
  this.on('end', onReadableEnd);
  if (options.onread !== undefined && options.onread !== null) useOnRead(this, options.onread);
  this[kOptions] = { noDelay: Boolean(options.noDelay), keepAlive: Boolean(options.keepAlive),
                     keepAliveInitialDelay: options.keepAliveInitialDelay };
  if (options.handle) attach(this, options.handle);
  else if (fd !== undefined && fd !== null) openDescriptor(this, fd, options);
}
const kOptions = Symbol('kOptions');
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

const clientSockets = channel('net.client.socket');
const serverSockets = channel('net.server.socket');

function attach(socket, handle) {
  socket._handle = handle;
  handle[kOwner] = socket;
  handle[kContext] = asyncContext.capture();
}

function openDescriptor(socket, fd, options) {
  const handle = new binding.Stream();
  const errno = handle.open(fd);
  if (errno !== 0) throw errno === -EINVAL ? new ERR_INVALID_FD_TYPE('UNKNOWN') : errnoException(errno, 'open');
  attach(socket, handle);
  if (options.sync || ((fd === 1 || fd === 2) && options.readable === false)) handle.setBlocking(true);
  if (options.readable !== false && !options.manualStart && !options.pauseOnCreate) socket.read(0);
}

// The bytes go into one buffer of the program's instead of 'data' events.
function useOnRead(socket, { buffer, callback }) {
  if (typeof callback !== 'function' || !(ArrayBuffer.isView(buffer) || typeof buffer === 'function')) return;
  socket[kOnRead] = { buffer, callback };
}

// After the readable side has ended a socket that may not stay half open ends the other side.
function onReadableEnd() {
  if (this.allowHalfOpen) return;
  this.write = writeAfterEnd;
}

function writeAfterEnd(chunk, encoding, callback) {
  if (!this.writableEnded) return Duplex.prototype.write.call(this, chunk, encoding, callback);
  if (typeof encoding === 'function') callback = encoding;
  const error = new Error('This socket has been ended by the other party');
  error.code = 'EPIPE';
  if (typeof callback === 'function') process.nextTick(callback, error);
  this.destroy(error);
  return false;
}

let slab; // memory that C++ puts small pieces of data into, one after the other

setHook('streamEvents', (type, handle, value, length, memory) => {
  if (type === kPiece) {
    if (memory !== undefined) slab = memory;
    value = new FastBuffer(slab, value, length);
    type = kData;
  }
  if (asyncContext.state.active) asyncContext.run(handle[kContext], onStreamEvent, undefined, [type, handle, value]);
  else onStreamEvent(type, handle, value);
});

function onStreamEvent(type, handle, value) {
  const socket = handle[kOwner];
  if (socket === undefined) return;
  switch (type) {
    case kData:
      onData(socket, handle, value);
      break;
    case kEnd:
      onEnd(socket);
      break;
    case kConnect:
      socket[kConnected](value, handle);
      break;
    case kDrain: {
      const callback = socket[kDrainCallback];
      socket[kDrainCallback] = null;
      refresh(socket);
      if (callback !== null) callback();
      break;
    }
    case kShutdown: {
      const callback = socket[kFinalCallback];
      socket[kFinalCallback] = null;
      if (callback !== null) callback(value === 0 ? null : errnoException(value, 'shutdown'));
      break;
    }
    case kError: {
      const error = errnoException(value[0], value[1]);
      const callback = socket[kDrainCallback];
      socket[kDrainCallback] = null;
      // The stream destroys itself when a write fails.
      if (callback !== null && value[1] === 'write') callback(error);
      else socket.destroy(error);
      break;
    }
    case kDescriptor:
      if (socket.listenerCount('fd') > 0) process.nextTick(() => socket.emit('fd', value));
      else require('fs').closeSync(value);
      break;
    case kClose: {
      const callback = handle[kCloseCallback];
      handle[kOwner] = undefined;
      if (callback !== undefined) callback();
      else closedBelow(socket, handle);
      break;
    }
  }
}

// The handle has been closed by whoever it shares its descriptor with.
function closedBelow(socket, handle) {
  if (socket._handle !== handle) return;
  socket[kBytesRead] = handle.bytesRead();
  socket[kBytesWritten] = handle.bytesWritten();
  socket._handle = null;
  socket.destroy();
}

function onData(socket, handle, chunk) {
  refresh(socket);
  if (socket[kOnRead] !== undefined) return feedOnRead(socket, chunk);
  if (!socket.push(chunk)) {
    socket[kWantsRead] = false;
    handle.readStop();
  }
}

function feedOnRead(socket, chunk) {
  const { buffer, callback } = socket[kOnRead];
  let target = typeof buffer === 'function' ? buffer() : buffer;
  for (let offset = 0; offset < chunk.length;) {
    const bytes = Math.min(chunk.length - offset, target.byteLength);
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(chunk.subarray(offset, offset + bytes));
    offset += bytes;
    if (Reflect.apply(callback, socket, [bytes, target]) === false) socket.pause();
    if (typeof buffer === 'function') target = buffer();
  }
}

function onEnd(socket) {
  socket[kWantsRead] = false;
  socket.push(null);
  // Nobody may ever read; the end must come all the same.
  if (socket.readableLength === 0) socket.read(0);
}

Socket.prototype._read = function(size) {
  if (this.connecting || this._handle === null) {
    if (this.connecting) this.once('connect', () => this._read(size));
    return;
  }
  if (this[kWantsRead]) return;
  this[kWantsRead] = true;
  this._handle.readStart();
};

function afterConnect(socket, run) {
  socket.once('connect', function connect() {
    socket.off('close', onClose);
    run();
  });
  function onClose() {
    run(new ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
  }
  socket.once('close', onClose);
}

// A string's bytes are made in C++ when it can: no Buffer in between.
function writeOne(socket, chunk, encoding) {
  if (chunk[kPassed] !== undefined) {
    if (typeof chunk[kPassed] === 'object') return writePiece(socket._handle, chunk[kPassed]);
    passDescriptor(socket, chunk);
  }
  if (typeof chunk !== 'string') return socket._handle.write(chunk);
  switch (encoding) {
    case 'utf8': case 'utf-8': return socket._handle.write(chunk, 0);
    case 'latin1': case 'binary': return socket._handle.write(chunk, 1);
    default: return socket._handle.write(Buffer.from(chunk, encoding));
  }
}

const writeChunk = Socket.prototype._write = function(chunk, encoding, callback) {
  if (this.connecting) {
    this[kPending] = [{ chunk, encoding }];
    afterConnect(this, (error) => (error ? callback(error) : this._write(chunk, encoding, callback)));
    return;
  }
  this[kPending] = null;
  if (this._handle === null) return callback(new ERR_SOCKET_CLOSED());
  refresh(this);
  if (writeOne(this, chunk, encoding)) callback();
  else this[kDrainCallback] = callback;
};

Socket.prototype._writev = function(chunks, callback) {
  if (this.connecting) {
    this[kPending] = chunks;
    afterConnect(this, (error) => (error ? callback(error) : this._writev(chunks, callback)));
    return;
  }
  this[kPending] = null;
  if (this._handle === null) return callback(new ERR_SOCKET_CLOSED());
  refresh(this);
  if (chunks.some(({ chunk }) => chunk[kPassed] !== undefined)) return writeEach(this, chunks, callback);
  const buffers = chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk));
  if (this._handle.writev(buffers)) callback();
  else this[kDrainCallback] = callback;
};

// One after the other: descriptors leave with the bytes that they were given with.
function writeEach(socket, chunks, callback) {
  let done = true;
  for (const { chunk, encoding } of chunks) done = writeOne(socket, chunk, encoding) && done;
  if (done) callback();
  else socket[kDrainCallback] = callback;
}

// Takes the next piece of a file that is piped here: an empty chunk that stands for it takes its turn as others do.
Socket.prototype[kWriteFile] = function(fd, position, length) {
  const state = this._writableState;
  if (typeof this._handle?.writeFile !== 'function' || this.connecting || this.write !== writeAsEver ||
      this._write !== writeChunk || state.writing || state.corked > 0 || state.length > 0 || state.ending || this.destroyed) {
    return -1;
  }
  const chunk = new FastBuffer();
  const piece = chunk[kPassed] = { fd, position, length, taken: -1 };
  this.write(chunk);
  if (!state.writing) return piece.taken;
  state.needDrain = true;
  return -2 - piece.taken;
};

// False: some of it waits for the kernel.
function writePiece(handle, piece) {
  piece.taken = handle.writeFile(piece.fd, piece.position, piece.length);
  return piece.taken <= 0 || handle.queued() === 0;
}

function passDescriptor(socket, chunk) {
  const code = socket._handle.passDescriptor(chunk[kPassed]);
  if (code < 0) process.nextTick(() => socket.destroy(errnoException(code, 'write')));
}

Socket.prototype._final = function(callback) {
  if (this.connecting) {
    afterConnect(this, (error) => (error ? callback() : this._final(callback)));
    return;
  }
  if (this._handle === null) return callback();
  this[kFinalCallback] = callback;
  this._handle.shutdown();
};

Socket.prototype._destroy = function(error, callback) {
  this.connecting = false;
  stopTimer(this);
  const handle = this._handle;
  const finish = () => {
    callback(error);
    process.nextTick(emitClose, this, Boolean(error));
    if (this._server !== null) {
      const server = this._server;
      this._server = null;
      server._connections--;
      server._emitCloseIfDrained();
    }
  };
  if (handle === null) return finish();
  this[kEnds] ??= readEnds(handle);
  this[kBytesRead] = handle.bytesRead();
  this[kBytesWritten] = handle.bytesWritten();
  this._handle = null;
  handle[kCloseCallback] = finish;
  if (this.resetAndClosing) handle.reset();
  else handle.close();
};

function emitClose(socket, hadError) {
  socket.emit('close', hadError);
}

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype.resetAndDestroy = function() {
  if (this._handle !== null && !this.connecting) {
    this.resetAndClosing = true;
    this.destroy();
  } else if (this.connecting) {
    this.resetAndClosing = true;
    this.once('connect', () => this.destroy());
  } else {
    this.destroy(new ERR_SOCKET_CLOSED());
  }
  return this;
};

// For stdin, which may not keep the process running while it is paused. Reading begins anew with read().
Socket.prototype._stopReading = function() {
  if (this._handle === null || !this[kWantsRead]) return;
  this[kWantsRead] = false;
  this._readableState.reading = false;
  this._handle.readStop();
};

Socket.prototype.pause = function() {
  if (this[kOnRead] !== undefined && this._handle !== null && !this.connecting) {
    this[kWantsRead] = false;
    this._handle.readStop();
  }
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this[kOnRead] !== undefined && !this.connecting) this._read(0);
  return Duplex.prototype.resume.call(this);
};

// ---- Idle time ---------------------------------------------------------------------------------

function stopTimer(socket) {
  if (socket[kTimer] === null) return;
  clearTimeout(socket[kTimer]);
  socket[kTimer] = null;
}

function refresh(socket) {
  if (socket[kTimer] !== null) socket[kTimer].refresh();
}
Socket.prototype._unrefTimer = function() {
  refresh(this);
};

Socket.prototype.setTimeout = function(ms, callback) {
  if (this.destroyed) return this;
  validateNumber(ms, 'msecs');
  if (ms < 0 || !Number.isFinite(ms)) throw new codes.ERR_OUT_OF_RANGE('msecs', 'a non-negative finite number', ms);
  this.timeout = ms;
  stopTimer(this);
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (ms === 0) {
    if (callback !== undefined) this.removeListener('timeout', callback);
    return this;
  }
  this[kTimer] = setTimeout(onTimeout, ms, this);
  this[kTimer].unref();
  if (callback !== undefined) this.once('timeout', callback);
  return this;
};

function onTimeout(socket) {
  socket._onTimeout();
}

Socket.prototype._onTimeout = function() {
  // Bytes still leave: the socket is slow, not idle.
  const handle = this._handle;
  if (handle !== null && this[kDrainCallback] !== null) {
    const written = handle.bytesWritten() - handle.queued();
    if (written !== this[kLastWritten]) {
      this[kLastWritten] = written;
      refresh(this);
      return;
    }
  }
  this.emit('timeout');
};
const kLastWritten = Symbol('kLastWritten');

// ---- Options of the descriptor ------------------------------------------------------------------

Socket.prototype.setNoDelay = function(on = true) {
  this[kOptions].noDelay = Boolean(on);
  if (this._handle !== null && !this.connecting) this._handle.setNoDelay(Boolean(on));
  return this;
};
Socket.prototype.setKeepAlive = function(on = false, initialDelay = 0) {
  this[kOptions].keepAlive = Boolean(on);
  this[kOptions].keepAliveInitialDelay = initialDelay;
  if (this._handle !== null && !this.connecting) this._handle.setKeepAlive(Boolean(on), Math.trunc(initialDelay / 1000));
  return this;
};

function applyOptions(socket) {
  const { noDelay, keepAlive, keepAliveInitialDelay } = socket[kOptions];
  if (noDelay) socket._handle.setNoDelay(true);
  if (keepAlive) socket._handle.setKeepAlive(true, Math.trunc((keepAliveInitialDelay ?? 0) / 1000));
}

Socket.prototype.ref = function() {
  if (this._handle === null) this.once('connect', this.ref);
  else this._handle.ref();
  return this;
};
Socket.prototype.unref = function() {
  if (this._handle === null) this.once('connect', this.unref);
  else this._handle.unref();
  return this;
};

// ---- What a socket tells of itself --------------------------------------------------------------

function readEnds(handle) {
  return [handle.local(), handle.peer()];
}

function endOf(socket, index) {
  if (socket[kEnds] === undefined) {
    if (socket._handle === null || socket.connecting) return undefined;
    const ends = readEnds(socket._handle);
    if (ends[1] === undefined && index === 1) return undefined;
    socket[kEnds] = ends;
  }
  return socket[kEnds][index];
}

function defineGetter(name, get) {
  Object.defineProperty(Socket.prototype, name, { configurable: true, enumerable: true, get });
}

// UNIX sockets have no addresses to show.
const part = (end, index) => (end === undefined || end[1] === undefined ? undefined : end[index]);
defineGetter('remoteAddress', function() { return part(endOf(this, 1), 0); });
defineGetter('remoteFamily', function() { return part(endOf(this, 1), 1); });
defineGetter('remotePort', function() { return part(endOf(this, 1), 2); });
defineGetter('localAddress', function() { return part(endOf(this, 0), 0); });
defineGetter('localFamily', function() { return part(endOf(this, 0), 1); });
defineGetter('localPort', function() { return part(endOf(this, 0), 2); });
defineGetter('_connecting', function() { return this.connecting; });
defineGetter('pending', function() { return this._handle === null || this.connecting; });
defineGetter('bufferSize', function() { return this._handle === null && !this.connecting ? undefined : this.writableLength; });
defineGetter('bytesRead', function() {
  return this._handle === null ? this[kBytesRead] : this._handle.bytesRead();
});
defineGetter('bytesWritten', function() {
  let bytes = this._handle === null ? this[kBytesWritten] : this._handle.bytesWritten();
  if (this.connecting || this._handle !== null) {
    for (const { chunk, encoding } of [...(this[kPending] ?? []), ...(this._writableState.getBuffer?.() ?? [])]) {
      bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
    }
  }
  return bytes;
});
defineGetter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable && !this.writable) return 'readOnly';
  if (!this.readable && this.writable) return 'writeOnly';
  return 'closed';
});

Socket.prototype.address = function() {
  if (this._handle === null) return {};
  const end = endOf(this, 0);
  return part(end, 0) === undefined ? {} : { address: end[0], family: end[1], port: end[2] };
};

// ---- Connecting --------------------------------------------------------------------------------

function connect(...args) {
  const [options, callback] = normalizeArgs(args);
  const socket = new Socket(options);
  if (clientSockets.hasSubscribers) clientSockets.publish({ socket });
  if (options.timeout) socket.setTimeout(options.timeout);
  return Reflect.apply(socket.connect, socket, [options, callback]);
}

Socket.prototype.connect = function(...args) {
  // http hands over what normalizeArgs made.
  const [options, callback] = Array.isArray(args[0]) ? args[0] : normalizeArgs(args);
  if (this.write === writeAfterEnd) delete this.write;
  if (this.destroyed || this._writableState.ended) revive(this);
  if (callback !== null && callback !== undefined) this.once('connect', callback);
  if (options.noDelay !== undefined) this[kOptions].noDelay = Boolean(options.noDelay);
  if (options.keepAlive !== undefined) {
    this[kOptions].keepAlive = Boolean(options.keepAlive);
    this[kOptions].keepAliveInitialDelay = options.keepAliveInitialDelay;
  }
  const { path } = options;
  if (path !== undefined && path !== null) {
    validateString(path, 'options.path');
    begin(this);
    start(this, path, -1, options);
  } else {
    lookupAndConnect(this, options);
  }
  return this;
};

// A socket that was used before starts afresh.
function revive(socket) {
  socket._undestroy();
  socket._handle = null;
  socket[kEnds] = undefined;
  socket[kWantsRead] = false;
}

function begin(socket) {
  socket.connecting = true;
  refresh(socket);
}

function lookupAndConnect(socket, options) {
  const { localAddress, localPort } = options;
  const host = options.host || 'localhost';
  if (options.port === undefined && options.path === undefined) {
    throw new ERR_MISSING_ARGS(['options', 'port', 'path']);
  }
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort !== undefined && localPort !== null) validateNumber(localPort, 'options.localPort');
  if (typeof options.port !== 'number' && typeof options.port !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], options.port);
  }
  validatePort(options.port);
  const port = options.port | 0;
  if (options.autoSelectFamily !== undefined) validateBoolean(options.autoSelectFamily, 'options.autoSelectFamily');
  if (options.autoSelectFamilyAttemptTimeout !== undefined) {
    validateInt32(options.autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  }
  begin(socket);
  if (isIP(host)) {
    // Listeners added after connect() must hear of what fails at once.
    process.nextTick(() => {
      if (socket.connecting) start(socket, host, port, options);
    });
    return;
  }
  if (options.lookup !== undefined) validateFunction(options.lookup, 'options.lookup');
  const lookup = options.lookup ?? require('dns').lookup;
  const lookupOptions = { family: options.family === undefined ? 0 : socketFamily(options.family), hints: options.hints || 0 };
  const anyFamily = lookupOptions.family === 0;
  const inTurn = anyFamily && !options.localAddress && (options.autoSelectFamily ?? getDefaultAutoSelectFamily());
  lookupOptions.all = inTurn || (anyFamily && options.lookup === undefined);
  socket._host = host;
  lookup(host, lookupOptions, (error, address, family) => {
    if (lookupOptions.all && !error && Array.isArray(address)) {
      return tryEach(socket, host, address, port, options, inTurn ? options.autoSelectFamilyAttemptTimeout ?? attemptTimeout : 0);
    }
    socket.emit('lookup', error, address, family, host);
    if (!socket.connecting) return;
    if (error) return process.nextTick(failConnect, socket, error);
    if (!isIP(address)) {
      return process.nextTick(failConnect, socket, new codes.ERR_INVALID_IP_ADDRESS(address));
    }
    if (family !== 4 && family !== 6) {
      return process.nextTick(failConnect, socket, new ERR_INVALID_ADDRESS_FAMILY(family, host, port));
    }
    start(socket, address, port, options);
  });
}

function socketFamily(family) {
  return family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
}

// The attempts to reach a name of several addresses: what is left, what failed, how long each may take (0: as long as it does).
class Attempts {
  errors = [];
  timer = undefined;

  constructor(rest, timeout) {
    this.rest = rest;
    this.timeout = timeout;
  }
}

// Addresses of both families in turns, as RFC 8305 wants it.
function interleave(addresses) {
  const first = addresses.filter(({ family }) => family === addresses[0].family);
  const second = addresses.filter(({ family }) => family !== addresses[0].family);
  return first.flatMap((one, i) => (i < second.length ? [one, second[i]] : [one])).concat(second.slice(first.length));
}

// The next address is tried when one refuses or (with a timeout) is slow.
function tryEach(socket, host, addresses, port, options, timeout) {
  const wrong = addresses.length === 0 ? { address: undefined } : addresses.find(({ address }) => !isIP(address));
  if (wrong !== undefined) return process.nextTick(failConnect, socket, new codes.ERR_INVALID_IP_ADDRESS(wrong.address));
  if (timeout > 0) {
    addresses = interleave(addresses);
    socket.autoSelectFamilyAttemptedAddresses = [];
  }
  const [{ address, family }] = addresses;
  socket.emit('lookup', null, address, family, host);
  if (!socket.connecting) return undefined;
  socket[kAttempts] = new Attempts(addresses.slice(1), timeout);
  return start(socket, address, port, options);
}
const kAttempts = Symbol('kAttempts');
const kTarget = Symbol('kTarget');

// True when another address is tried instead.
function tryNext(socket, error) {
  const attempts = socket[kAttempts];
  clearTimeout(attempts.timer);
  attempts.errors.push(error);
  if (attempts.rest.length === 0) return false;
  const next = attempts.rest.shift();
  const [, port, options] = socket[kTarget];
  socket._handle[kOwner] = undefined;
  socket._handle.close();
  socket._handle = null;
  start(socket, next.address, port, options);
  return true;
}

// What is told when all addresses failed.
function failureOf({ errors, timeout }) {
  if (errors.length === 1 || timeout === 0) return errors[0];
  const all = new AggregateError(errors);
  all.code = errors[0].code;
  return all;
}

function failConnect(socket, error) {
  socket.destroy(error);
}

function start(socket, address, port, options) {
  const handle = socket._handle ?? (socket[kMakeHandle] === undefined ? new binding.Stream() : socket[kMakeHandle]());
  attach(socket, handle);
  socket[kTarget] = [address, port, options];
  const attempts = socket[kAttempts];
  if (attempts !== undefined && attempts.timeout > 0) {
    socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
    attempts.timer = setTimeout(() => {
      if (socket.connecting && attempts.rest.length > 0) tryNext(socket, exceptionWithHostPort(-ETIMEDOUT, 'connect', address, port));
    }, attempts.timeout);
  }
  const errno = handle.connect(address, port, options.localAddress ?? '', options.localPort ?? 0);
  if (errno === 0) return;
  const local = options.localAddress ? `${options.localAddress}:${options.localPort ?? 0}` : undefined;
  const error = exceptionWithHostPort(errno, errno === -EADDRINUSE && local ? 'bind' : 'connect', address, shownPort(port), local);
  process.nextTick(() => {
    if (socket[kAttempts] === undefined || !socket.connecting) failConnect(socket, error);
    else if (!tryNext(socket, error)) failConnect(socket, failureOf(socket[kAttempts]));
  });
}

const kConnected = Symbol('kConnected');
Object.defineProperty(Socket.prototype, kConnected, { value(errno, handle) {
  if (this.destroyed) return;
  const [address, port, options] = this[kTarget];
  if (errno !== 0) {
    const local = options.localAddress ? `${options.localAddress}:${options.localPort ?? 0}` : undefined;
    const error = exceptionWithHostPort(errno, 'connect', address, shownPort(port), local);
    if (this[kAttempts] !== undefined && tryNext(this, error)) return;
    this.connecting = false;
    this.destroy(this[kAttempts] === undefined ? error : failureOf(this[kAttempts]));
    return;
  }
  this.connecting = false;
  if (this[kAttempts] !== undefined) clearTimeout(this[kAttempts].timer);
  this[kAttempts] = undefined;
  applyOptions(this);
  refresh(this);
  this.emit('connect');
  this.emit('ready');
  if (this.readable && !this.isPaused()) this.read(0);
} });

// ---- Server ------------------------------------------------------------------------------------

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  Reflect.apply(EventEmitter, this, []);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options === undefined || options === null || typeof options === 'object') {
    options = { ...options };
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  this._connections = 0;
  this._handle = null;
  this._listeningId = 0;
  this._unref = false;
  this._workers = [];  // the lists of connections that other processes hold; internal/child_process/socket_lists.js
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = options.keepAliveInitialDelay ?? 0;
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

function createServer(options, connectionListener) {
  return new Server(options, connectionListener);
}

Object.defineProperty(Server.prototype, 'listening', {
  configurable: true, enumerable: true,
  get() { return this._handle !== null; },
});

// A listener that was an async function has failed.
Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'connection') socket.destroy(error);
  else this.emit('error', error);
};

Server.prototype.listen = function(...args) {
  const [options, callback] = normalizeArgs(args);
  if (this._handle !== null || this._listeningId !== 0) throw new ERR_SERVER_ALREADY_LISTEN();
  if (callback !== null) this.once('listening', callback);
  if (options.signal !== undefined) closeOnAbort(this, options.signal);
  // (port, backlog) and (port, host, backlog).
  const backlog = options.backlog ?? (toNumber(args.length > 1 && args[1]) || toNumber(args.length > 2 && args[2]) || 511);
  const from = options._handle ?? options.handle ?? options;
  const fd = typeof options.fd === 'number' ? options.fd : from._handle ? from._handle.fd() : undefined;
  if (fd !== undefined && fd >= 0) {
    const query = { fd, addressType: -1, backlog, exclusive: options.exclusive || from !== options };
    openListener(this, (handle) => handle.adopt(fd, backlog), null, -1, query);
    return this;
  }
  let { port } = options;
  if (args.length === 0 || typeof args[0] === 'function' || (port === undefined && 'port' in options) || port === null) port = 0;
  if (typeof port === 'number' || typeof port === 'string') {
    validatePort(port, 'options.port');
    listenOnPort(this, port | 0, options, backlog);
    return this;
  }
  if (options.path !== undefined && isPipeName(options.path)) {
    const makeAccessible = () => {
      if (!options.readableAll && !options.writableAll) return;
      const mode = 0o600 | (options.readableAll ? 0o444 : 0) | (options.writableAll ? 0o222 : 0);
      require('fs').chmodSync(options.path, mode);
    };
    const query = { address: options.path, port: -1, addressType: -1, backlog, exclusive: options.exclusive };
    openListener(this, (handle) => handle.listen(options.path, -1, backlog, false, false), options.path, -1, query, makeAccessible);
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new ERR_INVALID_ARG_VALUE('options', options);
};

function closeOnAbort(server, signal) {
  validateAbortSignal(signal, 'options.signal');
  const onAbort = () => server.close();
  if (signal.aborted) process.nextTick(onAbort);
  else {
    signal.addEventListener('abort', onAbort);
    server.once('close', () => signal.removeEventListener('abort', onAbort));
  }
}

function listenOnPort(server, port, options, backlog) {
  const { host } = options;
  const { ipv6Only, reusePort, exclusive } = options;
  const flags = { ipv6Only, reusePort };
  const listen = (handle, address) => handle.listen(address, port, backlog, Boolean(ipv6Only), Boolean(reusePort));
  const open = (address) => openListener(server, (handle) => listen(handle, address), address, port, {
    address, port, addressType: isIP(address), backlog, exclusive, flags,
  });
  if (host === undefined || host === null || host === '') {
    // Both families at once; IPv4 alone where the system has no IPv6.
    openListener(server, (handle) => {
      const errno = listen(handle, '::');
      return [-EAFNOSUPPORT, -EADDRNOTAVAIL, -EINVAL].includes(errno) ? listen(handle, '0.0.0.0') : errno;
    }, '::', port, { address: null, port, addressType: 4, backlog, exclusive, flags });
  } else if (isIP(host)) {
    open(host);
  } else {
    const id = ++server._listeningId;
    require('dns').lookup(host, (error, address) => {
      if (server._listeningId !== id) return;
      server._listeningId = 0;
      if (error) server.emit('error', error);
      else open(address);
    });
  }
}

// Opens by listen(handle), or asks the primary with `query` when this is a worker of a cluster. `address` and `port` are for errors;
// a port of -1 means a UNIX path.
function openListener(server, listen, address, port, query, opened) {
  if (shared.listen !== null && !query.exclusive) {
    const id = ++server._listeningId;
    shared.listen(server, query, (errno, handle) => {
      if (server._listeningId !== id) return void handle?.close();
      server._listeningId = 0;
      startServer(server, errno, handle, address, port);
      if (errno === 0) opened?.();
    });
    return;
  }
  const handle = new binding.Listener();
  const errno = listen(handle);
  startServer(server, errno, handle, address, port);
  if (errno === 0) opened?.();
}

function startServer(server, errno, handle, address, port) {
  if (errno !== 0) {
    const error = uvExceptionWithHostPort(errno, shared.listen === null ? 'listen' : 'bind', address, address ? port : undefined);
    process.nextTick(() => server.emit('error', error));
    return;
  }
  server._handle = handle;
  handle[kOwner] = server;
  server._path = port < 0 && typeof address === 'string' ? address : null;
  if (server._unref) handle.unref();
  handle.onaccept = asyncContext.bind((fd) => onAccept(server, fd), 'TCPSERVERWRAP');
  process.nextTick(() => {
    if (server._handle === handle) server.emit('listening');
  });
}

// Whether one more connection is welcome; a cluster gives it to another worker otherwise.
Server.prototype._wantsConnection = function() {
  return this.maxConnections === undefined || this.maxConnections === null || this._connections < this.maxConnections;
};

function onAccept(server, fd) {
  if (fd < 0) {
    server.emit('drop', undefined);
    return;
  }
  if (!server._wantsConnection()) {
    const [local, peer] = binding.endpoints(fd);
    require('fs').closeSync(fd);
    server.emit('drop', {
      localAddress: part(local, 0), localPort: part(local, 2), localFamily: part(local, 1),
      remoteAddress: part(peer, 0), remotePort: part(peer, 2), remoteFamily: part(peer, 1),
    });
    return;
  }
  // http keeps connections that nobody looks at in C++.
  if (server._takeHandle !== undefined && server._takeHandle(fd)) return;
  const socket = new Socket({
    fd, allowHalfOpen: server.allowHalfOpen, pauseOnCreate: true, readable: true, writable: true,
    noDelay: server.noDelay, keepAlive: server.keepAlive, keepAliveInitialDelay: server.keepAliveInitialDelay,
  });
  applyOptions(socket);
  server._connections++;
  socket.server = server;
  socket._server = server;
  if (server.pauseOnConnect) socket.pause();
  else socket.read(0);
  server.emit('connection', socket);
  if (serverSockets.hasSubscribers) serverSockets.publish({ socket });
  // 2010's servers wait for the 'connect' of what they have accepted.
  if (socket.listenerCount('connect') > 0) socket.emit('connect');
}

Server.prototype.address = function() {
  if (this._handle === null) return null;
  if (this._path) return this._path;
  const end = this._handle.local();
  if (part(end, 0) === undefined) return end === undefined ? null : end[0];
  return { address: end[0], family: end[1], port: end[2] };
};

Server.prototype.getConnections = function(callback) {
  validateFunction(callback, 'callback');
  let left = this._workers.length;
  let count = this._connections;
  let failed = false;
  if (left === 0) process.nextTick(callback, null, count);
  for (const list of this._workers) {
    list.getConnections((error, more) => {
      left--;
      if (failed) return;
      failed = Boolean(error);
      count += more ?? 0;
      if (failed || left === 0) callback(error, count);
    });
  }
  return this;
};

// Connections of this server have gone to another process.
Server.prototype._setupWorker = function(list) {
  this._workers.push(list);
  list.once('exit', () => {
    this._workers.splice(this._workers.indexOf(list), 1);
  });
};

Object.defineProperty(Server.prototype, 'connections', {
  configurable: true, enumerable: true,
  get() { return this._connections; },
  set(value) { this._connections = value; },
});

Server.prototype.close = function(callback) {
  const running = this._handle !== null || this._listeningId !== 0;
  if (typeof callback === 'function') {
    if (!running) this.once('close', function close() { callback(new ERR_SERVER_NOT_RUNNING()); });
    else this.once('close', callback);
  }
  if (this._handle !== null) {
    this._handle.close();
    this._handle = null;
    // Closing takes a turn: 'beforeExit' comes again after it.
    setImmediate(() => {});
  }
  this._listeningId = 0;
  if (this._workers.length === 0) {
    this._emitCloseIfDrained();
    return this;
  }
  // Until the other processes are done with theirs, one connection counts for them.
  let left = this._workers.length;
  this._connections++;
  for (const list of [...this._workers]) {
    list.close(() => {
      if (--left > 0) return;
      this._connections--;
      this._emitCloseIfDrained();
    });
  }
  return this;
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle !== null || this._connections > 0) return;
  process.nextTick(() => {
    if (this._handle === null && this._connections === 0) this.emit('close');
  });
};

Server.prototype[Symbol.asyncDispose] = function() {
  return new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
};

Server.prototype.ref = function() {
  this._unref = false;
  this._handle?.ref();
  return this;
};
Server.prototype.unref = function() {
  this._unref = true;
  this._handle?.unref();
  return this;
};

module.exports = {
  _normalizeArgs: normalizeArgs,
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
};
for (const name of ['BlockList', 'SocketAddress']) {
  Object.defineProperty(module.exports, name, {
    configurable: true, enumerable: true, get: () => require('internal/blocklist')[name],
  });
}
let autoSelect; // unset: what the command line says
function getDefaultAutoSelectFamily() {
  return autoSelect ?? Boolean(require('internal/options').getOption('--enable-network-family-autoselection'));
}
module.exports.getDefaultAutoSelectFamily = getDefaultAutoSelectFamily;
module.exports.setDefaultAutoSelectFamily = (value) => {
  validateBoolean(value, 'value');
  autoSelect = value;
};
let attemptTimeout = 250;
module.exports.getDefaultAutoSelectFamilyAttemptTimeout = () => attemptTimeout;
module.exports.setDefaultAutoSelectFamilyAttemptTimeout = (ms) => {
  validateInt32(ms, 'value', 1);
  attemptTimeout = Math.max(ms, 10);
};

// ---- Old names ---------------------------------------------------------------------------------

// Properties that set the one listener of an event.
for (const event of ['data', 'end', 'drain', 'connect', 'close', 'error', 'timeout']) {
  const key = Symbol(`on${event}`);
  Object.defineProperty(Socket.prototype, `on${event}`, {
    configurable: true,
    get() { return this[key] ?? null; },
    set(listener) {
      if (this[key]) this.removeListener(event, this[key]);
      this[key] = listener;
      if (event === 'data' && typeof listener === 'function') {
        // 2010's gave the buffer and the range of it.
        this.on(event, (chunk) => Reflect.apply(listener, this, [chunk, 0, chunk.length]));
      } else if (typeof listener === 'function') {
        this.on(event, listener);
      }
    },
  });
}
Object.defineProperty(Socket.prototype, 'fd', {
  configurable: true,
  get() { return this._handle === null ? null : this._handle.fd(); },
  set(value) {
    Object.defineProperty(this, 'fd', { value, writable: true, configurable: true, enumerable: false });
  },
});
Socket.prototype.open = function(fd) {
  openDescriptor(this, fd, {});
  return this;
};
Object.defineProperty(Server.prototype, 'fd', {
  configurable: true, get() { return this._handle === null ? null : this._handle.fd(); },
});
for (const { prototype } of [Socket, Server]) {
  Object.defineProperty(prototype, 'type', {
    configurable: true,
    get() {
      if (this._handle === null) return null;
      const family = this._handle.local()?.[1];
      return family === undefined ? 'unix' : 'tcp4';
    },
    set(value) {
      Object.defineProperty(this, 'type', { value, writable: true, configurable: true, enumerable: true });
    },
  });
}
// The stream turns into a TLS one: internal/tls/old.js.
for (const name of ['setSecure', 'verifyPeer', 'getPeerCertificate']) {
  Object.defineProperty(Socket.prototype, name, {
    value: {
      [name](...args) {
        require('internal/util').assertCrypto();
        return require('internal/tls/old')[name](this, ...args);
      },
    }[name],
    writable: true, enumerable: false, configurable: true,
  });
}
const { write } = Duplex.prototype;
// write(data, encoding, fd): a UNIX socket takes the descriptor along. What has to wait for the connection is not written yet:
// false, and 'drain' follows.
const writeAsEver = Socket.prototype.write = function(chunk, encoding, third) {
  if (typeof third !== 'number') {
    const taken = Reflect.apply(write, this, arguments);
    if (!this.connecting) return taken;
    this._writableState.needDrain = true;
    return false;
  }
  validateInt32(third, 'fd', 0);
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
  bytes[kPassed] = third;
  return write.call(this, bytes);
};
Server.prototype.listenFD = function(fd) {
  return this.listen({ fd });
};
