// The IPC channel between parent and child: one JSON text a line over a UNIX socket.
'use strict';

const { codes: { ERR_IPC_CHANNEL_CLOSED, ERR_IPC_DISCONNECTED, ERR_MISSING_ARGS, ERR_INVALID_ARG_TYPE } } =
  require('internal/errors');

const allowed = new Set(['string', 'object', 'number', 'boolean']);

// Gives `target` (a ChildProcess, or process in a child) send, disconnect, connected and channel.
function attach(target, fd) {
  const net = require('net');
  const { StringDecoder } = require('string_decoder');
  const socket = new net.Socket({ fd, readable: true, writable: true });
  const decoder = new StringDecoder('utf8');
  let rest = '';

  function dispatch(text) {
    const message = JSON.parse(text);
    const internal = message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
      message.cmd.startsWith('NODE_');
    process.nextTick(() => target.emit(internal ? 'internalMessage' : 'message', message, undefined));
  }

  function closed() {
    if (!target.connected) return;
    target.connected = false;
    target.channel = null;
    target._channel = null;
    process.nextTick(() => target.emit('disconnect'));
  }

  socket.on('data', (chunk) => {
    rest += decoder.write(chunk);
    const lines = rest.split('\n');
    rest = lines.pop();
    lines.forEach(dispatch);
  });
  socket.on('end', closed);
  socket.on('close', closed);
  socket.on('error', closed);

  target.connected = true;
  target.channel = target._channel = {
    fd,
    ref: () => socket.ref(),
    unref: () => socket.unref(),
    hasRef: () => true,
  };

  target.send = function(message, handle, options, callback) {
    if (typeof handle === 'function') [callback, handle] = [handle, undefined];
    else if (typeof options === 'function') callback = options;
    if (message === undefined) throw new ERR_MISSING_ARGS('message');
    if (!allowed.has(typeof message)) {
      throw new ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    if (!target.connected) {
      const error = new ERR_IPC_CHANNEL_CLOSED();
      if (typeof callback === 'function') process.nextTick(callback, error);
      else process.nextTick(() => target.emit('error', error));
      return false;
    }
    return socket.write(`${JSON.stringify(message)}\n`, (error) => {
      if (typeof callback === 'function') callback(error ?? null);
    });
  };

  target.disconnect = function() {
    if (!target.connected) {
      target.emit('error', new ERR_IPC_DISCONNECTED());
      return;
    }
    target.connected = false;
    socket.end();
    process.nextTick(() => {
      target.channel = null;
      target._channel = null;
      target.emit('disconnect');
      socket.destroySoon?.();
    });
  };

  if (target === process) {
    // In a child the channel keeps the process only while somebody listens to it.
    const update = () => {
      if (process.listenerCount('message') + process.listenerCount('disconnect') > 0) socket.ref();
      else socket.unref();
    };
    socket.unref();
    process.on('newListener', (name) => {
      if (name === 'message' || name === 'disconnect') socket.ref();
    });
    process.on('removeListener', (name) => {
      if (name === 'message' || name === 'disconnect') update();
    });
  }
}

module.exports = { attach };
