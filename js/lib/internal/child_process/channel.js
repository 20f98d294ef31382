// The IPC channel between parent and child: send(), 'message', 'disconnect' and channel of a ChildProcess, and of process in a child.
//
// A message with a handle is { cmd: 'NODE_HANDLE', type, msg } with the descriptor beside it. The receiver answers NODE_HANDLE_ACK;
// until then nothing else is sent, and the sender keeps its own descriptor. NODE_HANDLE_NACK says that the descriptor got lost on
// the way (the receiver had none left): the sender tries again.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('channel');
const {
  codes: { ERR_IPC_CHANNEL_CLOSED, ERR_IPC_DISCONNECTED, ERR_MISSING_ARGS, ERR_INVALID_ARG_TYPE }, errnoException,
} = require('internal/errors');
const { validateObject } = require('internal/validators');
const { closeSync } = require('fs');
const { makeWire } = require('internal/child_process/wire');
const { kindOf, pack, unpack } = require('internal/child_process/handles');
const { SocketLists } = require('internal/child_process/socket_lists');

const allowed = new Set(['string', 'object', 'number', 'boolean']);
// With more than this waiting, send() asks for patience.
const highWaterMark = 128 * 1024;
const mostRetries = 3;

const isInternal = (message) =>
  message !== null && typeof message === 'object' && typeof message.cmd === 'string' && message.cmd.startsWith('NODE_');

// process.channel and child.channel. In a child the channel keeps the process only while somebody listens to it, unless the
// program has decided.
class Control extends EventEmitter {
  #handle;
  #count = 0;
  #explicit = false;

  constructor(handle) {
    super();
    this.#handle = handle;
  }
  countReference() {
    if (++this.#count === 1 && !this.#explicit) this.#handle.ref();
  }
  uncountReference() {
    if (--this.#count === 0 && !this.#explicit) this.#handle.unref();
  }
  ref() {
    this.#explicit = true;
    this.#handle.ref();
  }
  unref() {
    this.#explicit = true;
    this.#handle.unref();
  }
  get fd() {
    return this.#handle.fd();
  }
}

class IpcChannel {
  #handle;
  #wire;
  #control;
  #lists;
  #descriptors = [];      // received, not yet claimed by a message
  #unheard = [];          // messages that nobody has listened to yet
  #callbacks = [];        // of the writes that wait for the kernel
  #inFlight = null;       // the message whose handle is not acknowledged yet
  #waiting = [];          // what is to be sent after it
  #disconnecting = false;

  constructor(target, fd, serialization) {
    this.target = target;
    this.#handle = new binding.Channel();
    const errno = this.#handle.open(fd);
    if (errno !== 0) throw errnoException(errno, 'open');
    this.#handle.onread = (chunk, fds) => this.#onRead(chunk, fds);
    this.#handle.onwritten = (count) => this.#onWritten(count);
    this.#handle.onend = (code) => this.#onEnd(code);
    this.#wire = makeWire(serialization);
    this.#lists = new SocketLists(this);
    this.#control = new Control(this.#handle);
    this.#publish();
    this.#handle.readStart();
  }

  get control() {
    return this.#control;
  }

  #publish() {
    const { target } = this;
    target.connected = true;
    target.channel = this.#control;
    Object.defineProperty(target, '_channel', { configurable: true, get: () => target.channel, set(value) { target.channel = value; } });
    target.send = (...args) => this.#sendPublic(...args);
    target._send = (...args) => this.#send(...args);
    target.disconnect = () => this.#disconnect();
    target._disconnect = () => this.#finishWhenSent();
    target.on('newListener', (name) => {
      if (name !== 'message' || this.#unheard.length === 0) return;
      const unheard = this.#unheard;
      this.#unheard = [];
      process.nextTick(() => unheard.forEach((args) => target.emit('message', ...args)));
    });
  }

  // ---- Receiving ----

  #onRead(chunk, fds) {
    if (fds !== undefined) this.#descriptors.push(...fds);
    const messages = [];
    this.#wire.feed(chunk, (bytes) => messages.push(bytes));
    let failure;
    for (const bytes of messages) {
      try {
        this.#dispatch(this.#wire.decode(bytes));
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }

  #dispatch(message) {
    if (!isInternal(message)) return this.#emit('message', message);
    switch (message.cmd) {
      case 'NODE_HANDLE': return this.#onHandle(message);
      case 'NODE_HANDLE_ACK': return this.#onAcknowledged();
      case 'NODE_HANDLE_NACK': return this.#onLost();
      case 'NODE_SOCKET_NOTIFY_CLOSE':
      case 'NODE_SOCKET_GET_COUNT': return this.#lists.onMessage(message);
      default: return this.#emit('internalMessage', message);
    }
  }

  #onHandle(message) {
    const fd = this.#descriptors.shift();
    const answer = fd === undefined ? 'NODE_HANDLE_NACK' : 'NODE_HANDLE_ACK';
    if (this.target.connected) this.#write({ cmd: answer }, -1, undefined, true);
    if (fd === undefined) return;
    unpack(message, fd, this.#lists, (handle) => {
      this.#emit(isInternal(message.msg) ? 'internalMessage' : 'message', message.msg, handle);
    });
  }

  #emit(name, message, handle) {
    process.nextTick(() => {
      if (name === 'message' && this.target.listenerCount('message') === 0) this.#unheard.push([message, handle]);
      else this.target.emit(name, message, handle);
    });
  }

  #onEnd() {
    for (const fd of this.#descriptors) closeSync(fd);
    this.#descriptors = [];
    if (!this.target.connected) return this.#close();
    this.target.connected = false;
    this.#close();
  }

  // ---- Sending ----

  #sendPublic(message, handle, options, callback) {
    if (typeof handle === 'function') [callback, handle, options] = [handle, undefined, undefined];
    else if (typeof options === 'function') [callback, options] = [options, undefined];
    else if (options !== undefined) validateObject(options, 'options');
    options = { swallowErrors: false, ...options };
    if (this.target.connected) return this.#send(message, handle, options, callback);
    this.#report(new ERR_IPC_CHANNEL_CLOSED(), callback);
    return false;
  }

  #report(error, callback) {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.target.emit('error', error));
  }

  #send(message, handle, options = {}, callback = undefined) {
    if (message === undefined) throw new ERR_MISSING_ARGS('message');
    if (!allowed.has(typeof message)) {
      throw new ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    if (handle !== undefined && handle !== null) kindOf(handle);
    const item = { message, handle, options, callback, packed: undefined, retries: 0 };
    if (this.#inFlight !== null) {
      this.#waiting.push(item);
      return this.#waiting.length === 1;
    }
    return this.#sendItem(item);
  }

  #sendItem(item) {
    const { message, handle, options, callback } = item;
    if (handle !== undefined && handle !== null) item.packed = pack(handle, this.#lists, options);
    if (item.packed === undefined) return this.#write(message, -1, callback, options.swallowErrors);
    this.#inFlight = item;
    return this.#writeHandle(item);
  }

  #writeHandle({ message, packed, options, callback }) {
    const { type, fd, key, dgramType } = packed;
    return this.#write({ cmd: 'NODE_HANDLE', type, msg: message, key, dgramType }, fd, callback, options.swallowErrors);
  }

  #write(message, fd, callback, swallowErrors) {
    const result = this.#handle.write(this.#wire.encode(message), fd);
    if (result < 0) {
      if (swallowErrors !== true) this.#report(errnoException(result, 'write'), callback);
    } else if (result === 0) {
      this.#callbacks.push(callback);
    } else if (typeof callback === 'function') {
      process.nextTick(callback, null);
    }
    return this.#handle.queued() < highWaterMark;
  }

  #onWritten(count) {
    for (const callback of this.#callbacks.splice(0, count)) {
      if (typeof callback === 'function') process.nextTick(callback, null);
    }
    if (this.#disconnecting) this.#finishWhenSent();
  }

  #onAcknowledged() {
    if (this.#inFlight === null) return;
    this.#inFlight.packed.release();
    this.#inFlight = null;
    this.#sendWaiting();
  }

  #onLost() {
    const item = this.#inFlight;
    if (item === null) return;
    if (++item.retries <= mostRetries) {
      this.#writeHandle({ ...item, callback: undefined });
      return;
    }
    process.emitWarning('Handle did not reach the receiving process correctly', 'SentHandleNotReceivedWarning');
    this.#onAcknowledged();
  }

  #sendWaiting() {
    while (this.#inFlight === null && this.#waiting.length > 0) {
      const item = this.#waiting.shift();
      try {
        this.#sendItem(item);
      } catch (error) {
        this.#report(error, item.callback);
      }
    }
    if (this.#disconnecting) this.#finishWhenSent();
  }

  // ---- The end ----

  #disconnect() {
    const { target } = this;
    if (!target.connected) {
      target.emit('error', new ERR_IPC_DISCONNECTED());
      return;
    }
    // From now on send() fails; what it has taken before still goes out.
    target.connected = false;
    this.#finishWhenSent();
  }

  #finishWhenSent() {
    this.#disconnecting = true;
    if (this.#handle.queued() === 0 && this.#inFlight === null) this.#close();
  }

  #close() {
    const { target } = this;
    if (this.#control === null) return;
    this.#control = null;
    this.#handle.close();
    const lost = [...this.#callbacks, ...this.#waiting.map((item) => item.callback)];
    this.#inFlight?.packed.release();
    this.#inFlight = null;
    this.#waiting = [];
    this.#callbacks = [];
    for (const callback of lost) {
      if (typeof callback === 'function') process.nextTick(callback, new ERR_IPC_CHANNEL_CLOSED());
    }
    process.nextTick(() => {
      target.channel = null;
      target.emit('disconnect');
      this.onclose?.();
    });
  }
}

// Gives `child` (a ChildProcess) its end of a channel; `onclose` is called after 'disconnect'.
function attachToChild(child, fd, serialization, onclose) {
  const channel = new IpcChannel(child, fd, serialization);
  channel.onclose = onclose;
}

// Gives process the channel to its parent.
function attachToParent(fd, serialization) {
  const { control } = new IpcChannel(process, fd, serialization);
  const counts = (name) => name === 'message' || name === 'disconnect';
  process.on('newListener', (name) => {
    if (counts(name)) control.countReference();
  });
  process.on('removeListener', (name) => {
    if (counts(name)) control.uncountReference();
  });
  // Nobody listens yet.
  control.countReference();
  control.uncountReference();
}

module.exports = { attachToChild, attachToParent };
