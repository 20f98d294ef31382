// What may travel with a message: servers and sockets, by their descriptor.
'use strict';

const { codes: { ERR_INVALID_HANDLE_TYPE } } = require('internal/errors');
const { closeSync } = require('fs');

// A descriptor that goes over as it is: to send one, and what cluster receives.
class Descriptor {
  constructor(fd) {
    this.fd = fd;
  }
  close(callback) {
    if (this.fd >= 0) closeSync(this.fd);
    this.fd = -1;
    if (typeof callback === 'function') process.nextTick(callback);
  }
}

const fdOf = (handle) => (typeof handle.fd === 'function' ? handle.fd() : handle.fd);

// A socket that leaves reads no more here; its descriptor stays open until the other side has it.
function detachSocket(socket, lists, keepOpen) {
  const handle = socket._handle;
  let key;
  if (socket._server) {
    key = connectionKey(socket._server);
    lists.sending(socket._server, key);
  }
  if (keepOpen) return { fd: fdOf(handle), key, release() {} };
  if (socket._server) {
    socket._server._connections--;
    socket._server = null;
  }
  handle.readStop();
  socket._handle = null;
  socket.setTimeout(0);
  return {
    fd: fdOf(handle),
    key,
    release() {
      handle.close();
      socket.destroy();
    },
  };
}

function connectionKey(server) {
  server._connectionKey ??= `${server._path ?? JSON.stringify(server.address())}`;
  return server._connectionKey;
}

// Which kind of handle it is; throws when it is none that can be sent.
function kindOf(handle) {
  const net = require('net');
  if (handle instanceof Descriptor) return 'net.Native';
  if (handle instanceof net.Socket) return 'net.Socket';
  if (handle instanceof net.Server) return 'net.Server';
  if (handle instanceof require('dgram').Socket) return 'dgram.Socket';
  if (typeof handle === 'object' && typeof handle.fd === 'function' && typeof handle.close === 'function') return 'net.Native';
  throw new ERR_INVALID_HANDLE_TYPE();
}

// Takes `handle` apart for sending: { type, fd, key, release }, or undefined when it is closed already.
function pack(handle, lists, { keepOpen = false } = {}) {
  const type = kindOf(handle);
  if (type === 'net.Native') return { type, fd: fdOf(handle), release() {} };
  if (!handle._handle || typeof handle._handle.fd !== 'function') return undefined;
  if (type === 'net.Socket') return { type, ...detachSocket(handle, lists, keepOpen) };
  return { type, fd: fdOf(handle._handle), dgramType: type === 'dgram.Socket' ? handle.type : undefined, release() {} };
}

// Makes of a received descriptor what the message says, and hands it to `emit`.
function unpack({ type, key, dgramType }, fd, lists, emit) {
  const net = require('net');
  switch (type) {
    case 'net.Socket': {
      const socket = new net.Socket({ fd, readable: true, writable: true });
      if (key !== undefined) lists.received(key, socket);
      return emit(socket);
    }
    case 'net.Server': {
      const server = new net.Server();
      server.listen({ fd, exclusive: true }, () => emit(server));
      return;
    }
    case 'dgram.Socket': {
      const socket = require('dgram').createSocket(dgramType);
      socket.bind({ fd, exclusive: true }, () => emit(socket));
      return;
    }
    default:
      return emit(new Descriptor(fd));
  }
}

module.exports = { Descriptor, kindOf, pack, unpack };
