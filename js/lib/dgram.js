// dgram: datagrams over UDP, and over UNIX sockets as in 2010.
'use strict';

const EventEmitter = require('events');
const asyncContext = require('internal/async_context');
const binding = internalBinding('udp');
const { names } = internalBinding('errno');
const { codes, errnoException, exceptionWithHostPort } = require('internal/errors');
const {
  ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_FD_TYPE, ERR_MISSING_ARGS, ERR_SOCKET_ALREADY_BOUND,
  ERR_SOCKET_BAD_BUFFER_SIZE, ERR_SOCKET_BAD_TYPE, ERR_SOCKET_BUFFER_SIZE, ERR_SOCKET_DGRAM_IS_CONNECTED,
  ERR_SOCKET_DGRAM_NOT_CONNECTED, ERR_SOCKET_DGRAM_NOT_RUNNING,
} = codes;
const { validateAbortSignal, validateFunction, validateNumber, validatePort, validateString, validateUint32 } =
  require('internal/validators');
const { isIP, shared } = require('internal/net');

// Numbers of net::DatagramOption.
const option = { broadcast: 0, ttl: 1, multicastTtl: 2, multicastLoop: 3, receiveBuffer: 4, sendBuffer: 5 };

const kHandle = Symbol('kHandle');
const kState = Symbol('kState');
// What a socket keeps for itself: `bind` is 'unbound', 'binding' or 'bound', `connect` the same.
class State {
  bound = 'unbound';
  connected = 'no';
  reuseAddr = false;
  ipv6Only = false;
  receiveBuffer = undefined;
  sendBuffer = undefined;
  lookup = undefined;
  waiting = []; // sends that wait for bind or connect
  unsent = []; // callbacks of datagrams that the kernel did not take at once: [callback, bytes, address, port]
}

const families = { udp4: 4, udp6: 6, unix_dgram: 0 };

const sockets = require('diagnostics_channel').channel('udp.socket');

function Socket(type, listener) {
  if (!(this instanceof Socket)) return new Socket(type, listener);
  EventEmitter.call(this);
  let options = {};
  if (type !== null && typeof type === 'object') {
    options = type;
    type = options.type;
  }
  if (!Object.hasOwn(families, type)) throw new ERR_SOCKET_BAD_TYPE();
  const state = this[kState] = new State();
  state.reuseAddr = Boolean(options.reuseAddr);
  state.ipv6Only = Boolean(options.ipv6Only);
  for (const name of ['recvBufferSize', 'sendBufferSize']) {
    if (options[name] !== undefined) validateUint32(options[name], `options.${name}`);
  }
  state.receiveBuffer = options.recvBufferSize;
  state.sendBuffer = options.sendBufferSize;
  if (options.lookup !== undefined) validateFunction(options.lookup, 'lookup');
  state.lookup = options.lookup;
  this.type = type;
  if (typeof listener === 'function') this.on('message', listener);
  // At once: options may be set before bind().
  this[kHandle] = makeHandle(this);
  if (options.signal !== undefined) closeOnAbort(this, options.signal);
  if (sockets.hasSubscribers) sockets.publish({ socket: this });
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function attach(socket, handle) {
  handle.onmessage = (bytes, address, family, port) => {
    const info = family === undefined ? { address, size: bytes.length } : { address, family, port, size: bytes.length };
    socket.emit('message', bytes, info);
  };
  handle.onerror = (errno) => socket.emit('error', errnoException(errno, 'recvmsg'));
  handle.onsent = (errno) => {
    const [callback, bytes, address, port] = socket[kState].unsent.shift();
    reportSent(socket, callback, errno, bytes, address, port);
  };
  return handle;
}

function makeHandle(socket) {
  const handle = new binding.Udp();
  const errno = handle.create(families[socket.type]);
  if (errno < 0) throw errnoException(errno, 'socket');
  return attach(socket, handle);
}

function closeOnAbort(socket, signal) {
  validateAbortSignal(signal, 'options.signal');
  const onAbort = () => { if (socket[kHandle] !== null) socket.close(); };
  if (signal.aborted) {
    process.nextTick(onAbort);
  } else {
    signal.addEventListener('abort', onAbort);
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
  }
}

function createSocket(type, listener) {
  return new Socket(type, listener);
}

function running(socket) {
  if (socket[kHandle] === null) throw new ERR_SOCKET_DGRAM_NOT_RUNNING();
  return socket[kHandle];
}

function checked(errno, syscall) {
  if (errno < 0) throw errnoException(errno, syscall);
}

// ---- Binding and connecting ----------------------------------------------------------------------

// callback(error, numeric address)
function resolve(socket, address, callback) {
  if (address === undefined || address === null || address === '') address = socket.type === 'udp4' ? '127.0.0.1' : '::1';
  const lookup = socket[kState].lookup ?? require('dns').lookup;
  lookup(address, families[socket.type], callback);
}

Socket.prototype.bind = function(port, address, callback) {
  running(this);
  const state = this[kState];
  if (state.bound !== 'unbound') throw new ERR_SOCKET_ALREADY_BOUND();
  let options = {};
  const last = [port, address, callback].find((value) => typeof value === 'function');
  if (port !== null && typeof port === 'object') options = port;
  else if (this.type === 'unix_dgram') options = { path: port };
  else options = { port: typeof port === 'function' ? 0 : port, address: typeof address === 'function' ? undefined : address };
  if (last !== undefined) {
    const onListening = () => { this.removeListener('error', onError); last.call(this); };
    const onError = () => this.removeListener('listening', onListening);
    this.once('error', onError);
    this.once('listening', onListening);
  }
  state.bound = 'binding';
  if (options.fd !== undefined && options.fd !== null && options.fd > 0) return bindDescriptor(this, options);
  if (this.type === 'unix_dgram') {
    state.bound = 'unbound';
    validateString(options.path, 'path');
    state.bound = 'binding';
    finishBind(this, this[kHandle].bind(options.path, -1, false, false), options.path);
    return this;
  }
  const any = this.type === 'udp4' ? '0.0.0.0' : '::';
  const { exclusive = false } = options;
  const onAddress = (error, numeric) => {
    if (this[kHandle] === null) return;
    if (error) return failBind(this, error);
    openBound(this, numeric, Number(options.port) || 0, exclusive);
  };
  resolve(this, options.address || any, onAddress);
  return this;
};

// In a worker of a cluster all share the socket that the primary has bound.
function openBound(socket, address, port, exclusive) {
  const state = socket[kState];
  if (shared.listen === null || exclusive) {
    return finishBind(socket, socket[kHandle].bind(address, port, state.ipv6Only, state.reuseAddr), address, port);
  }
  const query = {
    address, port, addressType: socket.type, fd: -1, flags: { ipv6Only: state.ipv6Only, reuseAddr: state.reuseAddr },
  };
  shared.listen(socket, query, (errno, handle) => {
    if (socket[kHandle] === null) return void handle?.close?.();
    if (errno === 0) adopt(socket, handle);
    finishBind(socket, errno, address, port);
  });
}

// `given`: a handle of the cluster's, or one of our own.
function adopt(socket, handle) {
  socket[kHandle].close();
  socket[kHandle] = attach(socket, handle);
}

function bindDescriptor(socket, { fd }) {
  const handle = new binding.Udp();
  const errno = handle.open(fd);
  if (errno < 0) {
    socket[kState].bound = 'unbound';
    if (names[-errno] === 'EINVAL' || names[-errno] === 'ENOTSOCK') throw new ERR_INVALID_FD_TYPE(isSocket(fd) ? 'TCP' : 'FILE');
    throw errnoException(errno, 'open');
  }
  adopt(socket, handle);
  finishBind(socket, 0);
  return socket;
}

function isSocket(fd) {
  return require('fs').fstatSync(fd).isSocket();
}

function failBind(socket, error) {
  socket[kState].bound = 'unbound';
  socket.emit('error', error);
}

function finishBind(socket, errno, address, port) {
  const state = socket[kState];
  if (errno < 0) {
    process.nextTick(failBind, socket, exceptionWithHostPort(errno, 'bind', address, port));
    return;
  }
  const handle = socket[kHandle];
  if (state.receiveBuffer !== undefined) setBufferSize(handle, option.receiveBuffer, state.receiveBuffer);
  if (state.sendBuffer !== undefined) setBufferSize(handle, option.sendBuffer, state.sendBuffer);
  handle.readStart();
  process.nextTick(() => {
    if (socket[kHandle] !== handle || state.bound === 'bound') return;
    state.bound = 'bound';
    socket.emit('listening');
    sendWaiting(socket);
  });
}

function sendWaiting(socket) {
  for (const send of socket[kState].waiting.splice(0)) send();
}

// What must wait until the socket is bound, and binds it when nobody has.
function whenBound(socket, action) {
  const state = socket[kState];
  if (state.bound === 'bound') return action();
  if (state.bound === 'unbound' && socket.type !== 'unix_dgram') socket.bind({ port: 0, exclusive: true });
  if (socket.type === 'unix_dgram') return action();
  state.waiting.push(action);
  return undefined;
}

Socket.prototype.connect = function(port, address, callback) {
  running(this);
  if (this.type === 'unix_dgram') {
    checked(this[kHandle].connect(port, -1), 'connect');
    this[kState].connected = 'yes';
    return;
  }
  port = validatePort(port, 'Port', false);
  if (typeof address === 'function') [callback, address] = [address, ''];
  else if (address === undefined) address = '';
  validateString(address, 'address');
  const state = this[kState];
  if (state.connected !== 'no') throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
  state.connected = 'connecting';
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
    this.once('connect', callback);
  }
  whenBound(this, () => {
    resolve(this, address, (error, numeric) => {
      if (this[kHandle] === null) return;
      const errno = error ? 0 : this[kHandle].connect(numeric, port);
      if (errno < 0) error = exceptionWithHostPort(errno, 'connect', address, port);
      if (error) {
        state.connected = 'no';
        process.nextTick(() => {
          if (callback !== undefined) {
            this.removeListener('connect', callback);
            callback(error);
          } else {
            this.emit('error', error);
          }
        });
        return;
      }
      state.connected = 'yes';
      process.nextTick(() => { if (this[kHandle] !== null) this.emit('connect'); });
    });
  });
};

Socket.prototype.disconnect = function() {
  const state = this[kState];
  if (state.connected !== 'yes') throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
  checked(running(this).disconnect(), 'connect');
  state.connected = 'no';
};

// ---- Sending -------------------------------------------------------------------------------------

function notBytes(name, value) {
  return new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], value);
}

function toBytes(value) {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw notBytes('buffer', value);
}

function sliceOf(buffer, offset, length) {
  buffer = toBytes(buffer);
  offset >>>= 0;
  length >>>= 0;
  if (offset > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (offset + length > buffer.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

// send(message[, offset, length][, port][, address][, callback]); message: bytes, text or a list of them.
Socket.prototype.send = function(message, ...args) {
  running(this);
  const state = this[kState];
  const isUnix = this.type === 'unix_dgram';
  let list;
  // send(message, offset, length, ...) or send(message, ...): what stands behind tells.
  const hasRange = isUnix ? typeof args[0] === 'number' :
    state.connected === 'yes' ? typeof args[1] === 'number' : Boolean(args[3]) || (Boolean(args[2]) && typeof args[2] !== 'function');
  if (hasRange) {
    list = [sliceOf(message, args[0], args[1])];
    args.splice(0, 2);
  } else if (Array.isArray(message)) {
    list = message.map((part) => {
      if (typeof part !== 'string' && !ArrayBuffer.isView(part)) throw notBytes('buffer list arguments', message);
      return toBytes(part);
    });
  } else {
    list = [toBytes(message)];
  }
  let callback = args.find((value) => typeof value === 'function');
  const [first, second] = args;
  if (isUnix) {
    validateString(first, 'path');
    return sendTo(this, list, first, -1, callback);
  }
  if (state.connected === 'yes') {
    if (first !== undefined && first !== null && typeof first !== 'function') throw new ERR_SOCKET_DGRAM_IS_CONNECTED();
    return sendTo(this, list, '', -2, callback);
  }
  const port = validatePort(first, 'Port', false);
  let address = second;
  if (typeof address === 'function') address = undefined;
  else if (address !== undefined && address !== null) validateString(address, 'address');
  callback = callback === undefined ? undefined : asyncContext.bind(callback, 'UDPSENDWRAP');
  whenBound(this, () => {
    resolve(this, address || '', (error, numeric) => {
      if (this[kHandle] === null) return;
      if (error) {
        if (callback !== undefined) process.nextTick(callback, error);
        else process.nextTick(() => this.emit('error', error));
        return;
      }
      sendTo(this, list, numeric, port, callback);
    });
  });
  return undefined;
};

function sendTo(socket, list, address, port, callback) {
  const bytes = list.reduce((sum, part) => sum + part.length, 0);
  const sent = socket[kHandle].send(list, address, port);
  if (sent === undefined) socket[kState].unsent.push([callback, bytes, address, port]);
  else process.nextTick(reportSent, socket, callback, Math.min(sent, 0), bytes, address, port);
}

function reportSent(socket, callback, errno, bytes, address, port) {
  if (errno === 0) {
    if (callback !== undefined) callback.call(socket, null, bytes);
    return;
  }
  const error = exceptionWithHostPort(errno, 'send', address, port < 0 ? undefined : port);
  if (callback !== undefined) callback.call(socket, error);
  else if (socket[kHandle] !== null || names[-errno] !== 'EBADF') socket.emit('error', error);
}

Socket.prototype.sendto = function(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
};

Socket.prototype.getSendQueueSize = function() { return running(this).queuedBytes(); };
Socket.prototype.getSendQueueCount = function() { return running(this).queuedCount(); };

// ---- The end -------------------------------------------------------------------------------------

Socket.prototype.close = function(callback) {
  if (typeof callback === 'function') this.on('close', callback);
  const state = this[kState];
  running(this);
  if (state.waiting.length > 0) {
    state.waiting.push(() => { if (this[kHandle] !== null) this.close(); });
    return this;
  }
  this[kHandle].close();
  this[kHandle] = null;
  for (const [report] of state.unsent.splice(0)) {
    if (report !== undefined) process.nextTick(report, errnoException(-internalBinding('errno').map.ECANCELED, 'send'));
  }
  process.nextTick(() => this.emit('close'));
  return this;
};

Socket.prototype[Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')] = async function() {
  if (this[kHandle] === null) return;
  await new Promise((resolvePromise) => this.close(resolvePromise));
};

// ---- About the socket ----------------------------------------------------------------------------

function shown(answer, syscall) {
  if (typeof answer === 'number') throw errnoException(answer, syscall);
  const [address, family, port] = answer;
  return family === undefined ? { address } : { address, family, port };
}

Socket.prototype.address = function() {
  const handle = running(this);
  if (this[kState].bound !== 'bound' && this.type !== 'unix_dgram') checked(-internalBinding('errno').map.EBADF, 'getsockname');
  return shown(handle.local(), 'getsockname');
};

Socket.prototype.remoteAddress = function() {
  const handle = running(this);
  if (this[kState].connected !== 'yes') throw new ERR_SOCKET_DGRAM_NOT_CONNECTED();
  return shown(handle.peer(), 'getpeername');
};

Socket.prototype.setBroadcast = function(flag) {
  checked(running(this).setOption(option.broadcast, flag ? 1 : 0), 'setBroadcast');
};

Socket.prototype.setTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  checked(ttl < 1 || ttl > 255 ? -internalBinding('errno').map.EINVAL : running(this).setOption(option.ttl, ttl), 'setTTL');
  return ttl;
};

Socket.prototype.setMulticastTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  const handle = running(this);
  checked(ttl < 0 || ttl > 255 ? -internalBinding('errno').map.EINVAL : handle.setOption(option.multicastTtl, ttl), 'setMulticastTTL');
  return ttl;
};

Socket.prototype.setMulticastLoopback = function(flag) {
  checked(running(this).setOption(option.multicastLoop, flag ? 1 : 0), 'setMulticastLoopback');
  return flag;
};

Socket.prototype.setMulticastInterface = function(address) {
  const handle = running(this);
  validateString(address, 'multicastInterface');
  checked(handle.setMulticastInterface(address), 'setMulticastInterface');
};

function membership(socket, join, group, source, iface, syscall) {
  const handle = running(socket);
  if (iface !== undefined && iface !== null) validateString(iface, 'multicastInterface');
  // A group needs a socket that is bound somewhere.
  if (socket[kState].bound === 'unbound') socket.bind({ port: 0, exclusive: true });
  checked(handle.membership(group, iface ?? '', join, source), syscall);
}

Socket.prototype.addMembership = function(group, iface) {
  if (!group) throw new ERR_MISSING_ARGS('multicastAddress');
  membership(this, true, String(group), '', iface, 'addMembership');
};

Socket.prototype.dropMembership = function(group, iface) {
  if (!group) throw new ERR_MISSING_ARGS('multicastAddress');
  membership(this, false, String(group), '', iface, 'dropMembership');
};

Socket.prototype.addSourceSpecificMembership = function(source, group, iface) {
  running(this);
  validateString(source, 'sourceAddress');
  validateString(group, 'groupAddress');
  membership(this, true, group, source, iface, 'addSourceSpecificMembership');
};

Socket.prototype.dropSourceSpecificMembership = function(source, group, iface) {
  running(this);
  validateString(source, 'sourceAddress');
  validateString(group, 'groupAddress');
  membership(this, false, group, source, iface, 'dropSourceSpecificMembership');
};

function bufferFailure(errno, call) {
  const code = names[-errno];
  return new ERR_SOCKET_BUFFER_SIZE({ errno, code, message: require('util').getSystemErrorMap().get(errno)?.[1] ?? code, syscall: call });
}

function setBufferSize(handle, which, size) {
  if (size >>> 0 !== size) throw new ERR_SOCKET_BAD_BUFFER_SIZE();
  const errno = size > 0x7fffffff ? -internalBinding('errno').map.EINVAL : handle.setOption(which, size);
  if (errno < 0) throw bufferFailure(errno, which === option.receiveBuffer ? 'uv_recv_buffer_size' : 'uv_send_buffer_size');
}

function getBufferSize(socket, which, call) {
  const unbound = socket[kHandle] === null || socket[kState].bound === 'unbound';
  const size = unbound ? -internalBinding('errno').map.EBADF : socket[kHandle].getOption(which);
  if (size < 0) throw bufferFailure(size, call);
  return size;
}

function sizeSetter(which, call) {
  return function(size) {
    if (size >>> 0 !== size) throw new ERR_SOCKET_BAD_BUFFER_SIZE();
    if (this[kHandle] === null || this[kState].bound === 'unbound') throw bufferFailure(-internalBinding('errno').map.EBADF, call);
    setBufferSize(this[kHandle], which, size);
  };
}

Socket.prototype.setRecvBufferSize = sizeSetter(option.receiveBuffer, 'uv_recv_buffer_size');
Socket.prototype.setSendBufferSize = sizeSetter(option.sendBuffer, 'uv_send_buffer_size');
Socket.prototype.getRecvBufferSize = function() { return getBufferSize(this, option.receiveBuffer, 'uv_recv_buffer_size'); };
Socket.prototype.getSendBufferSize = function() { return getBufferSize(this, option.sendBuffer, 'uv_send_buffer_size'); };

Socket.prototype.ref = function() {
  if (this[kHandle] !== null) this[kHandle].ref();
  return this;
};

Socket.prototype.unref = function() {
  if (this[kHandle] !== null) this[kHandle].unref();
  return this;
};

// The descriptor, null after close().
Object.defineProperty(Socket.prototype, 'fd', {
  configurable: true,
  enumerable: false,
  get() { return this[kHandle] === null ? null : this[kHandle].fd(); },
});
// For those who pass sockets to other processes.
Object.defineProperty(Socket.prototype, '_handle', {
  configurable: true,
  enumerable: false,
  get() { return this[kHandle]; },
  set(handle) { this[kHandle] = handle; },
});

module.exports = { createSocket, Socket };
