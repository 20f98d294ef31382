// tls: the handle of a TLS socket, over the handle of another socket or over any Duplex, and who hears of its events.
'use strict';

const binding = internalBinding('tls');
const net = internalBinding('net');
const { setHook } = internalBinding('env');
const asyncContext = require('internal/async_context');
const { kContext, kOwner } = require('internal/net');

const { TlsHandle } = binding;
const kTransport = Symbol('kTransport');
const kDuplex = Symbol('kDuplex');

// By number: what bind_tls.cc tells. Each is a method of the socket, under kEvents.
const kEvents = Symbol('kEvents');
const names = ['secure', 'renegotiation', 'session', 'keylog', 'trace', 'hello', 'certificate', 'ocsp', 'alpn', 'pskClient', 'pskServer',
               'failure'];
const kCipher = 12;
const kCarrierReads = 13;

setHook('tlsEvents', (type, handle, first, second) => {
  if (!asyncContext.state.active) return onEvent(type, handle, first, second);
  return asyncContext.run(handle[kContext], onEvent, undefined, [type, handle, first, second]);
});

function onEvent(type, handle, first, second) {
  if (type >= kCipher) return carry(type, handle, first);
  const socket = handle[kOwner];
  return socket?.[kEvents][names[type]](socket, first, second);
}

// What concerns the descriptor is the business of the handle below.
for (const name of ['open', 'ref', 'unref', 'fd', 'local', 'peer', 'setNoDelay', 'setKeepAlive', 'setBlocking', 'passDescriptor']) {
  TlsHandle.prototype[name] = function(...args) {
    const below = this[kTransport] ?? this[kDuplex]?._handle;
    return below?.[name]?.(...args);
  };
}
TlsHandle.prototype.connect = function(...args) {
  const errno = this[kTransport].connect(...args);
  if (errno === 0) this.attach();
  return errno;
};

// The error that the peer's certificate deserves, null when it deserves none.
TlsHandle.prototype.verifyError = function() {
  const found = this.verifyResult();
  if (found === undefined) return null;
  const error = new Error(found[1]);
  [error.code] = found;
  return error;
};
Object.defineProperty(TlsHandle.prototype, 'writeQueueSize', { configurable: true, get() { return this.queued(); } });

// ---- Over a Duplex -----------------------------------------------------------------------------

function carry(type, handle, value) {
  const duplex = handle[kDuplex];
  if (type === kCipher) {
    if (duplex.destroyed) handle.carried();
    else duplex.write(value, () => handle.carried());
  } else if (type === kCarrierReads) {
    if (value) duplex.resume();
    else duplex.pause();
  } else if (duplex.writable) {
    duplex.end();
  }
}

function carryOver(handle, duplex) {
  handle[kDuplex] = duplex;
  duplex.on('data', (chunk) => {
    if (typeof chunk === 'string') return handle[kOwner]?.destroy(new (require('internal/errors').codes.ERR_STREAM_WRAP)());
    handle.receive(chunk);
  });
  duplex.pause();
  duplex.on('end', () => handle.receiveEnd());
}

// ---- Making one ----------------------------------------------------------------------------------

// For the socket `parent`, another Duplex, or (undefined) a connection that is still to be made.
function makeHandle(context, isServer, parent) {
  const below = parent === undefined ? new net.Stream() : parent._handle;
  if (below instanceof net.Stream && !parent?.connecting) {
    const handle = new TlsHandle(context, isServer, below);
    handle[kTransport] = below;
    return handle;
  }
  const handle = new TlsHandle(context, isServer);
  carryOver(handle, parent);
  return handle;
}

module.exports = { isCarried: (handle) => handle[kDuplex] !== undefined, kEvents, makeHandle };
