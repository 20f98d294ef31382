// EventEmitter, and the functions that wait for events. Knows nothing of what emits.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_UNHANDLED_ERROR }, AbortError } =
  require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateObject,
} = require('internal/validators');
const { noteEmission } = require('internal/emissions');

const kErrorMonitor = Symbol('events.errorMonitor');
const kRejection = Symbol.for('nodejs.rejection');
const kCapture = Symbol('kCapture');
// Set by a class that hands its emitter out as an EventTarget; see internal/event_target.js.
const kIsEventTarget = Symbol.for('nodejs.event_target');

let defaultMaxListeners = 10;

function EventEmitter(options) {
  EventEmitter.init.call(this, options);
}

// Listeners by event name: one function, or an array of two and more. Undefined until something
// listens on objects whose constructor did not run.
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, { value: false, writable: true, enumerable: false });

EventEmitter.init = function(options) {
  const events = this._events;
  if (events === undefined || events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners ||= undefined;
  if (options?.captureRejections) {
    validateBoolean(options.captureRejections, 'options.captureRejections');
    this[kCapture] = true;
  } else {
    this[kCapture] = EventEmitter.prototype[kCapture];
  }
};

function checkListener(listener) {
  if (typeof listener !== 'function') throw new ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

// ---- Emitting --------------------------------------------------------------------------------

// An 'error' event that nobody listens for is thrown.
function throwUnhandled(emitter, error) {
  if (error instanceof Error) {
    noteEmission(emitter, error, EventEmitter.prototype.emit);
    throw error; // Unhandled 'error' event
  }
  let text;
  try {
    text = require('util').inspect(error);
  } catch {
    text = error;
  }
  const wrapper = new ERR_UNHANDLED_ERROR(text);
  wrapper.context = error;
  throw wrapper; // Unhandled 'error' event
}

// A listener of a capturing emitter returned something: when it is a promise, its rejection is an error.
function captureRejection(emitter, result, type, args) {
  let then;
  try {
    then = result.then;
    if (typeof then !== 'function') return;
    then.call(result, undefined, (error) => process.nextTick(onRejection, emitter, error, type, args));
  } catch (error) {
    emitter.emit('error', error);
  }
}

function onRejection(emitter, error, type, args) {
  if (typeof emitter[kRejection] === 'function') return emitter[kRejection](error, type, ...args);
  // An 'error' listener that rejects must not be asked again.
  const before = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = before;
  }
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  const events = this._events;
  if (type === 'error') {
    if (events?.[kErrorMonitor] !== undefined) this.emit(kErrorMonitor, ...args);
    if (events?.error === undefined) throwUnhandled(this, args[0]);
  }
  if (events === undefined) return false;
  const listeners = events[type];
  if (listeners === undefined) return false;

  if (typeof listeners === 'function') {
    const result = Reflect.apply(listeners, this, args);
    if (result !== undefined && result !== null && this[kCapture]) captureRejection(this, result, type, args);
    return true;
  }
  // Listeners may come and go meanwhile: this event is for those of now.
  const copy = copyOf(listeners);
  for (let i = 0; i < copy.length; ++i) {
    const result = Reflect.apply(copy[i], this, args);
    if (result !== undefined && result !== null && this[kCapture]) captureRejection(this, result, type, args);
  }
  return true;
};

function copyOf(list) {
  switch (list.length) {
    case 2: return [list[0], list[1]];
    case 3: return [list[0], list[1], list[2]];
    case 4: return [list[0], list[1], list[2], list[3]];
    default: return list.slice();
  }
}

// ---- Listening -------------------------------------------------------------------------------

function warnOfLeak(emitter, type, list) {
  list.warned = true;
  const { inspect } = require('util');
  const warning = new Error(
    `Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners added to ` +
    `${inspect(emitter, { depth: -1 })}. Use emitter.setMaxListeners() to increase limit`);
  warning.name = 'MaxListenersExceededWarning';
  warning.emitter = emitter;
  warning.type = type;
  warning.count = list.length;
  process.emitWarning(warning);
}

function limitOf(emitter) {
  return emitter._maxListeners === undefined ? defaultMaxListeners : emitter._maxListeners;
}

function add(emitter, type, listener, prepend) {
  checkListener(listener);
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = { __proto__: null };
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
    // The listener may have replaced it.
    events = emitter._events;
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  let list = existing;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else if (prepend) {
    existing.unshift(listener);
  } else {
    existing.push(listener);
  }
  const limit = limitOf(emitter);
  if (limit > 0 && list.length > limit && !list.warned) warnOfLeak(emitter, type, list);
  return emitter;
}

// The function that stands in the list for a listener of once(); its `listener` is the original.
function wrapOnce(emitter, type, listener) {
  let fired = false;
  function wrapper(...args) {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(type, wrapper);
    return Reflect.apply(listener, emitter, args);
  }
  wrapper.listener = listener;
  return wrapper;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false);
};
EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true);
};

EventEmitter.prototype.once = function once(type, listener) {
  checkListener(listener);
  return this.on(type, wrapOnce(this, type, listener));
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener);
  return this.prependListener(type, wrapOnce(this, type, listener));
};

function forgetType(emitter, events, type) {
  if (--emitter._eventsCount === 0) emitter._events = { __proto__: null };
  else delete events[type];
}

// Removes the latest listener that matches.
EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener);
  const events = this._events;
  const list = events?.[type];
  if (list === undefined) return this;

  if (typeof list === 'function') {
    if (list !== listener && list.listener !== listener) return this;
    forgetType(this, events, type);
    if (events.removeListener) this.emit('removeListener', type, list.listener || listener);
    return this;
  }
  let at = list.length - 1;
  while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--;
  if (at < 0) return this;
  if (list.length === 2) {
    events[type] = list[1 - at];
  } else if (at === 0) {
    list.shift();
  } else {
    list.splice(at, 1);
  }
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener);
  return this;
};
EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      forgetType(this, events, type);
    }
    return this;
  }
  // Somebody wants to hear of each.
  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    return this;
  }
  const list = events[type];
  if (typeof list === 'function') {
    this.removeListener(type, list);
  } else if (list !== undefined) {
    for (let i = list.length - 1; i >= 0; i--) this.removeListener(type, list[i]);
  }
  return this;
};

// ---- Looking ---------------------------------------------------------------------------------

function listenersOf(emitter, type, unwrap) {
  const list = emitter._events?.[type];
  if (list === undefined) return [];
  if (typeof list === 'function') return unwrap ? [list.listener || list] : [list];
  return unwrap ? list.map((listener) => listener.listener || listener) : list.slice();
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

// With a listener: how often that one was added.
function listenerCount(type, listener) {
  const list = this._events?.[type];
  if (list === undefined) return 0;
  const isIt = (entry) => entry === listener || entry.listener === listener;
  if (typeof list === 'function') return listener === undefined || listener === null || isIt(list) ? 1 : 0;
  return listener === undefined || listener === null ? list.length : list.filter(isIt).length;
}
EventEmitter.prototype.listenerCount = listenerCount;

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events) : [];
};

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  checkLimit(n, 'n');
  this._maxListeners = n;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return limitOf(this);
};

function checkLimit(n, name) {
  if (typeof n !== 'number' || n < 0 || Number.isNaN(n)) {
    throw new ERR_OUT_OF_RANGE(name, 'a non-negative number', n);
  }
}

// ---- Functions of the module -----------------------------------------------------------------

function isEventTarget(value) {
  return typeof value?.addEventListener === 'function';
}

// Calls `listener` at `type` of an emitter or event target; returns the function that stops it.
function listen(emitter, name, listener, options) {
  if (typeof emitter?.on === 'function') {
    if (options?.once) emitter.once(name, listener);
    else emitter.on(name, listener);
    return () => emitter.removeListener(name, listener);
  }
  if (isEventTarget(emitter)) {
    emitter.addEventListener(name, listener, options);
    return () => emitter.removeEventListener(name, listener, options);
  }
  throw new ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
}

// Promise of the arguments of the next `name` event; an 'error' event meanwhile rejects it.
async function once(emitter, name, options = {}) {
  validateObject(options, 'options');
  const signal = options?.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const stops = [];
    const stop = () => {
      for (const each of stops) each();
    };
    stops.push(listen(emitter, name, (...args) => {
      stop();
      resolve(args);
    }, { once: true }));
    if (name !== 'error' && typeof emitter.once === 'function') {
      stops.push(listen(emitter, 'error', (error) => {
        stop();
        reject(error);
      }, { once: true }));
    }
    if (signal) {
      stops.push(listen(signal, 'abort', () => {
        stop();
        reject(new AbortError(undefined, { cause: signal.reason }));
      }, { once: true }));
    }
  });
}

// The events of `name` as an async iterator of argument arrays; it keeps what nobody has asked for yet.
class EventIterator {
  #waiting = [];
  #events = [];
  #error = null;
  #finished = false;
  #stops = [];

  constructor(emitter, name, signal, endings) {
    const add = (type, listener) => this.#stops.push(listen(emitter, type, listener));
    add(name, (...args) => {
      const promise = this.#waiting.shift();
      if (promise) promise.resolve({ value: args, done: false });
      else this.#events.push(args);
    });
    if (name !== 'error' && typeof emitter.on === 'function') add('error', (error) => this.#fail(error));
    for (const ending of endings) add(ending, () => this.return());
    if (signal) {
      this.#stops.push(listen(signal, 'abort',
        () => this.#fail(new AbortError(undefined, { cause: signal.reason })), { once: true }));
    }
  }

  next() {
    if (this.#events.length > 0) return Promise.resolve({ value: this.#events.shift(), done: false });
    if (this.#error) {
      const rejected = Promise.reject(this.#error);
      this.#error = null;
      return rejected;
    }
    if (this.#finished) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  return() {
    this.#stop();
    this.#finished = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(error) {
    if (!(error instanceof Error)) throw new ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', error);
    this.#error = error;
    this.#stop();
  }

  #stop() {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #fail(error) {
    const promise = this.#waiting.shift();
    if (promise) promise.reject(error);
    else this.#error = error;
    this.return();
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}
// As iterators of async generators have it.
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);
Object.setPrototypeOf(EventIterator.prototype, AsyncIteratorPrototype);

function on(emitter, name, options = {}) {
  validateObject(options, 'options');
  const signal = options?.signal;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new EventIterator(emitter, name, signal, options.close ?? []);
}

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  if (emitterOrTarget?.[kIsEventTarget]) {
    return require('internal/event_target').listenersOf(emitterOrTarget, type);
  }
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return limitOf(emitterOrTarget);
  if (emitterOrTarget?.[kIsEventTarget]) {
    return require('internal/event_target').maxListenersOf(emitterOrTarget) ?? defaultMaxListeners;
  }
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

// Sets the limit of these emitters and targets, or everybody's default when none is named.
function setMaxListeners(n = defaultMaxListeners, ...targets) {
  checkLimit(n, 'n');
  if (targets.length === 0) {
    defaultMaxListeners = n;
    return;
  }
  for (const target of targets) {
    if (target?.[kIsEventTarget]) {
      require('internal/event_target').setMaxListenersOf(target, n);
    } else if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw new ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
}

// Calls `listener` when `signal` aborts, even when somebody stops the event; returns { [Symbol.dispose] }.
function addAbortListener(signal, listener) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateFunction(listener, 'listener');
  let stop;
  if (signal.aborted) {
    queueMicrotask(() => listener());
  } else {
    const { kUnstoppable } = require('internal/event_target');
    signal.addEventListener('abort', listener, { once: true, [kUnstoppable]: true });
    stop = () => signal.removeEventListener('abort', listener);
  }
  return {
    [Symbol.dispose]() {
      stop?.();
    },
  };
}

module.exports = EventEmitter;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;
EventEmitter.errorMonitor = kErrorMonitor;
EventEmitter.addAbortListener = addAbortListener;
EventEmitter.once = once;
EventEmitter.on = on;
EventEmitter.getEventListeners = getEventListeners;
EventEmitter.getMaxListeners = getMaxListeners;
EventEmitter.setMaxListeners = setMaxListeners;
EventEmitter.listenerCount = (emitter, type) =>
  typeof emitter.listenerCount === 'function' ? emitter.listenerCount(type) : listenerCount.call(emitter, type);

Object.defineProperties(EventEmitter, {
  defaultMaxListeners: {
    enumerable: true,
    get: () => defaultMaxListeners,
    set(n) {
      checkLimit(n, 'defaultMaxListeners');
      defaultMaxListeners = n;
    },
  },
  captureRejections: {
    enumerable: true,
    get: () => EventEmitter.prototype[kCapture],
    set(value) {
      validateBoolean(value, 'EventEmitter.captureRejections');
      EventEmitter.prototype[kCapture] = value;
    },
  },
  EventEmitterAsyncResource: {
    enumerable: true,
    configurable: true,
    get: () => require('internal/event_async_resource').EventEmitterAsyncResource,
  },
});
