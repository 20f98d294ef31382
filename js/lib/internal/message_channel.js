// MessageChannel, MessagePort: messages within one thread, copied as structuredClone does.
'use strict';

const {
  codes: {
    ERR_CLOSED_MESSAGE_PORT, ERR_CONSTRUCT_CALL_INVALID, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS,
  },
} = require('internal/errors');
const { CustomEvent, Event, EventTarget, defineEventHandler, listenersOf } = require('internal/event_target');
const { customInspectSymbol, kTransfer } = require('internal/util');
const { DOMException } = require('internal/dom_exception');
const { runNextTicks } = require('internal/process/task_queues');

class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, init = undefined) {
    super(type, init);
    this.#data = init?.data === undefined ? null : init.data;
    this.#origin = init?.origin === undefined ? '' : `${init.origin}`;
    this.#lastEventId = init?.lastEventId === undefined ? '' : `${init.lastEventId}`;
    this.#source = init?.source ?? null;
    if (this.#source !== null && !(this.#source instanceof MessagePort)) {
      throw new ERR_INVALID_ARG_TYPE('init.source', 'MessagePort', this.#source);
    }
    const { ports } = init ?? {};
    this.#ports = ports === undefined ? [] : [...ports];
    this.#ports.forEach((port, i) => {
      if (!(port instanceof MessagePort)) throw new ERR_INVALID_ARG_TYPE(`init.ports[${i}]`, 'MessagePort', port);
    });
  }

  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
}

const isObject = (value) => value !== null && typeof value === 'object';

function invalidTransfer(name) {
  const error = new TypeError(`Optional ${name} argument must be an iterable`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

function listOf(iterable, name) {
  try {
    return [...iterable];
  } catch {
    throw invalidTransfer(name);
  }
}

// The list of what is to be transferred, out of the second argument of postMessage().
function transferOf(argument) {
  if (argument === undefined || argument === null) return undefined;
  if (typeof argument !== 'object') throw invalidTransfer('transferList');
  if (typeof argument[Symbol.iterator] === 'function') return listOf(argument, 'transferList');
  const { transfer } = argument;
  if (transfer === undefined) return undefined;
  return listOf(transfer, 'options.transfer');
}

const kMake = Symbol('kMake');
let entangle;
let takeMessage;
let makeRemotePort;
let movePort;
let isClosed;

// An EventTarget that also has the methods of emitters: on('message', value) gets the value itself.
class MessagePort extends EventTarget {
  #other = null;
  #queue = [];
  #started = false;
  #scheduled = false;
  #closed = false;
  #closing = false;  // close() was called here; what was posted before is still on its way
  #referenced = false;
  #keepAlive = undefined;
  #wrappers = new Map();
  #ending = false;   // the other side has closed, but messages wait
  #remote = null;   // the other side is in another process: { post(message, transfer), close() }
  #heir = null;     // the port that took over when this one was transferred
  #sink = null;     // this port has moved to another process: { message(value), close() }

  static {
    // A port whose other side is elsewhere: { port, deliver(value), close() }.
    makeRemotePort = (remote) => {
      const port = new MessagePort(kMake);
      port.#remote = remote;
      return { port, deliver: (value) => port.#receive(value), close: () => port.#endAfterQueue() };
    };
    // Takes the port away from its holder; what is posted to it goes to `sink`. Answers { deliver(value), close() }, which speak
    // to its other side.
    movePort = (port, sink) => {
      port.#sink = sink;
      port.unref();
      const waiting = port.#queue.splice(0);
      process.nextTick(() => waiting.forEach((value) => sink.message(value)));
      return {
        deliver(value) {
          if (port.#remote !== null) port.#remote.post(value, 'all');
          else port.#other?.#receive(value);
        },
        close() {
          if (port.#closed) return;
          port.#sink = { message() {}, close() {} };
          port.#closeBoth();
        },
      };
    };
    isClosed = (port) => port.#closed || port.#closing;
    entangle = (a, b) => {
      a.#other = b;
      b.#other = a;
    };
    takeMessage = (port) => {
      if (!(#queue in port)) throw new ERR_INVALID_THIS('MessagePort');
      if (port.#queue.length === 0) port.#remote?.pull?.();
      return port.#queue.length > 0 ? { message: port.#queue.shift() } : undefined;
    };
  }

  constructor(key) {
    if (key !== kMake) throw new ERR_CONSTRUCT_CALL_INVALID();
    super();
  }

  [kTransfer](check = false) {
    if (this.#closed || this.#closing || this.#heir !== null || this.#sink !== null) {
      throw new DOMException('MessagePort in transfer list is already detached', 'DataCloneError');
    }
    if (check) return undefined;
    const heir = new MessagePort(kMake);
    heir.#other = this.#other;
    heir.#remote = this.#remote;
    heir.#queue = this.#queue.splice(0);
    if (this.#other !== null) this.#other.#other = heir;
    this.#other = this.#remote = null;
    this.#heir = heir;
    this.unref();
    return heir;
  }

  #receive(value) {
    if (this.#heir !== null) return this.#heir.#receive(value);
    if (this.#closed) return;
    if (this.#sink !== null) return this.#sink.message(value);
    this.#queue.push(value);
    this.#schedule();
  }

  postMessage(message, transferOrOptions = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    const transfer = transferOf(transferOrOptions);
    if (this.#sink !== null) return;
    if (this.#remote !== null) {
      if (!this.#closed) this.#remote.post(message, transfer);
      return;
    }
    const { cloneMessage } = require('internal/structured_clone');
    const other = this.#other;
    const copy = cloneMessage(message, transfer, this);
    if (other !== null && other.#heir !== null && this.#other === other.#heir) {
      process.emitWarning('The target port was posted to itself, and the communication channel was lost');
      this.#closeBoth();
      return;
    }
    if (other === null || other.#closed || this.#closing) return;
    other.#receive(copy);
  }

  #schedule() {
    if (!this.#started || this.#scheduled || this.#closed || this.#queue.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      // One a turn of the queue's length at the start: a port that answers itself does not block the rest.
      for (let n = this.#queue.length; n > 0 && !this.#closed && this.#queue.length > 0; n--) {
        this.dispatchEvent(new MessageEvent('message', { data: this.#queue.shift() }));
        // Whoever awaits one message may listen for the next.
        if (this.#queue.length > 0) runNextTicks();
      }
      if (this.#ending && this.#queue.length === 0) this.#end();
      else this.#schedule();
    });
  }

  start() {
    if (this.#closed || this.#heir !== null) return;
    this.#started = true;
    this.#schedule();
  }

  close(callback = undefined) {
    if (typeof callback === 'function') this.once('close', callback);
    if (this.#closed || this.#sink !== null || this.#heir !== null) return;
    this.#closing = true;
    this.#closeBoth();
  }

  #closeBoth() {
    const ends = [this, this.#other];
    for (const port of ends) {
      if (port === null || port.#closed) continue;
      port.#remote?.close();
      // What was posted before is still delivered to the other side.
      setImmediate(() => port.#end());
    }
  }

  // The other side has closed: what it sent before comes first.
  #endAfterQueue() {
    if (this.#queue.length === 0) return void setImmediate(() => this.#end());
    this.#ending = true;
    this.#schedule();
  }

  #end() {
    if (this.#heir !== null) return this.#heir.#end();
    if (this.#closed) return;
    this.#closed = true;
    this.unref();
    if (this.#sink !== null) this.#sink.close();
    else this.dispatchEvent(new Event('close'));
  }

  // While referenced and listened to, a port keeps the process alive.
  ref() {
    if (this.#closed || this.#heir !== null || this.#referenced) return;
    this.#referenced = true;
    this.#keepAlive = setInterval(() => {}, 0x7FFFFFFF);
  }

  unref() {
    this.#referenced = false;
    clearInterval(this.#keepAlive);
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const active = !this.#closed && !this.#closing && this.#heir === null && this.#sink === null;
    return `MessagePort ${require('util').inspect({ active, refed: this.#referenced }, options)}`;
  }

  hasRef() {
    return this.#referenced;
  }

  addEventListener(type, listener, options = undefined) {
    super.addEventListener(type, listener, options);
    if (type === 'message') {
      this.ref();
      this.start();
    }
  }

  // Nobody listens any more: nothing to stay for.
  removeEventListener(type, listener, options = undefined) {
    super.removeEventListener(type, listener, options);
    if (type === 'message' && listenersOf(this, 'message').length === 0) this.unref();
  }

  on(type, listener) {
    const wrapper = (event) => {
      const args = event instanceof MessageEvent ? [event.data] : event.detail === undefined ? [] : [event.detail];
      Reflect.apply(listener, this, args);
    };
    this.#wrappers.set(listener, wrapper);
    this.addEventListener(type, wrapper);
    return this;
  }

  once(type, listener) {
    const wrapper = (...args) => {
      this.off(type, wrapper);
      Reflect.apply(listener, this, args);
    };
    return this.on(type, wrapper);
  }

  off(type, listener) {
    this.removeEventListener(type, this.#wrappers.get(listener) ?? listener);
    this.#wrappers.delete(listener);
    return this;
  }

  emit(type, value) {
    const isMessage = type === 'message' || type === 'messageerror';
    return this.dispatchEvent(isMessage ? new MessageEvent(type, { data: value }) : new CustomEvent(type, { detail: value }));
  }
}
MessagePort.prototype.addListener = MessagePort.prototype.on;
MessagePort.prototype.removeListener = MessagePort.prototype.off;
for (const type of ['message', 'messageerror', 'close']) defineEventHandler(MessagePort.prototype, type);

class MessageChannel {
  constructor() {
    this.port1 = new MessagePort(kMake);
    this.port2 = new MessagePort(kMake);
    entangle(this.port1, this.port2);
  }
}

function receiveMessageOnPort(port) {
  const { portOf } = require('internal/broadcast_channel');
  const source = portOf(port) ?? port;
  if (source instanceof MessagePort) return takeMessage(source);
  const error = new ERR_INVALID_ARG_TYPE('port', 'MessagePort', port);
  error.message = 'The "port" argument must be a MessagePort instance';
  throw error;
}

// The contexts of `vm` share one loop and one library: the port stays what it is.
function moveMessagePortToContext(port, contextified) {
  if (!(port instanceof MessagePort)) throw new ERR_INVALID_ARG_TYPE('port', 'MessagePort', port);
  if (contextified === null || typeof contextified !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('contextifiedSandbox', 'Object', contextified);
  }
  if (isClosed(port)) throw new ERR_CLOSED_MESSAGE_PORT();
  return port;
}

module.exports = {
  MessageChannel, MessageEvent, MessagePort, makeRemotePort, moveMessagePortToContext, movePort,
  receiveMessageOnPort,
};
