// Event, CustomEvent and EventTarget, as the web has them, less the tree.
'use strict';

const {
  ERR_EVENT_RECURSION, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS,
} = require('internal/errors').codes;
const { validateAbortSignal, validateObject } = require('internal/validators');
const { customInspectSymbol, kEnumerableProperty } = require('internal/util');

const kIsEventTarget = Symbol.for('nodejs.event_target');
// Option of an event's constructor: it is one of our own, and says isTrusted.
const kTrusted = Symbol('kTrusted');

function trustedGetter() {
  return true;
}

function untrustedGetter() {
  return false;
}

// Filled in by the class below, which alone can reach its private fields.
let beginDispatch;
let finishDispatch;
let isStopped;
let isEvent;

class Event {
  #type;
  #bubbles;
  #cancelable;
  #composed;
  #defaultPrevented = false;
  #timestamp = process.hrtime.bigint();
  #target = null;
  #propagationStopped = false;
  #stopped = false;
  #dispatching = false;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (options !== undefined && options !== null) {
      validateObject(options, 'options', { allowArray: true, allowFunction: true });
    }
    this.#type = `${type}`;
    this.#bubbles = Boolean(options?.bubbles);
    this.#cancelable = Boolean(options?.cancelable);
    this.#composed = Boolean(options?.composed);
    const trusted = options?.[kTrusted] === true;
    Object.defineProperty(this, 'isTrusted', {
      get: trusted ? trustedGetter : untrustedGetter, enumerable: true, configurable: false,
    });
  }

  [customInspectSymbol](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    const { inspect } = require('util');
    return `${name} ${inspect({
      type: this.#type,
      defaultPrevented: this.defaultPrevented,
      cancelable: this.#cancelable,
      timeStamp: this.timeStamp,
    }, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }

  stopImmediatePropagation() {
    this.#propagationStopped = true;
    this.#stopped = true;
  }

  preventDefault() {
    if (this.#cancelable) this.#defaultPrevented = true;
  }

  get target() {
    return this.#target;
  }

  get currentTarget() {
    return this.#dispatching ? this.#target : null;
  }

  get srcElement() {
    return this.#target;
  }

  get type() {
    return this.#type;
  }

  get cancelable() {
    return this.#cancelable;
  }

  get defaultPrevented() {
    return this.#cancelable && this.#defaultPrevented;
  }

  // Milliseconds since the process began, in no particular precision.
  get timeStamp() {
    return Number(this.#timestamp / 1000n) / 1000;
  }

  composedPath() {
    return this.#dispatching ? [this.#target] : [];
  }

  get returnValue() {
    return !this.#cancelable || !this.#defaultPrevented;
  }

  get bubbles() {
    return this.#bubbles;
  }

  get composed() {
    return this.#composed;
  }

  get eventPhase() {
    return this.#dispatching ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return this.#propagationStopped;
  }

  set cancelBubble(value) {
    if (value) this.#propagationStopped = true;
  }

  stopPropagation() {
    this.#propagationStopped = true;
  }

  static {
    beginDispatch = (event, target) => {
      if (event.#dispatching) throw new ERR_EVENT_RECURSION(event.#type);
      event.#dispatching = true;
      event.#stopped = false;
      event.#target = target;
    };
    finishDispatch = (event) => { event.#dispatching = false; };
    isStopped = (event) => event.#stopped;
    isEvent = (value) => typeof value === 'object' && value !== null && #type in value;
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (this.#dispatching) return;
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }
}

class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    return this.#detail;
  }
}

// As an option: the listener is called even when one before it has stopped the event.
const kUnstoppable = Symbol('kUnstoppable');

// One listener: `callback` is a function, or an object with handleEvent().
class Listener {
  constructor(callback, { once, capture, signal, unstoppable }) {
    this.callback = callback;
    this.unstoppable = unstoppable;
    this.once = once;
    this.capture = capture;
    this.signal = signal;
    this.onAbort = undefined;
    this.removed = false;
  }
}

function optionsOf(options) {
  if (typeof options === 'boolean') return { capture: options };
  if (options === null || options === undefined) return {};
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  return {
    once: Boolean(options.once),
    capture: Boolean(options.capture),
    signal: options.signal,
    unstoppable: options[kUnstoppable] === true,
  };
}

let isTarget;
let listenersOf;
let maxListenersOf;
let setMaxListenersOf;

class EventTarget {
  #listeners = new Map();
  #maxListeners = undefined;
  #warned = new Set();

  static {
    isTarget = (value) => typeof value === 'object' && value !== null && #listeners in value;
    listenersOf = (target, type) => (target.#listeners.get(`${type}`) ?? []).map((listener) => listener.callback);
    maxListenersOf = (target) => target.#maxListeners;
    setMaxListenersOf = (target, limit) => {
      target.#maxListeners = limit;
      target.#warned.clear();
    };
  }

  get [kIsEventTarget]() {
    return true;
  }

  addEventListener(type, callback, options = undefined) {
    if (!isTarget(this)) throw new ERR_INVALID_THIS('EventTarget');
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    const wanted = optionsOf(options);
    if (callback === null || callback === undefined) return;
    checkCallback(callback);
    if (wanted.signal !== undefined && wanted.signal !== null) {
      validateAbortSignal(wanted.signal, 'options.signal');
      if (wanted.signal.aborted) return;
    }
    type = `${type}`;
    const list = this.#listeners.get(type) ?? [];
    if (list.some((other) => other.callback === callback && Boolean(other.capture) === Boolean(wanted.capture))) return;

    const listener = new Listener(callback, wanted);
    if (wanted.signal) {
      listener.onAbort = () => this.removeEventListener(type, callback, options);
      wanted.signal.addEventListener('abort', listener.onAbort, { once: true });
    }
    list.push(listener);
    this.#listeners.set(type, list);
    this.#warnOfLeak(list.length, type);
  }

  removeEventListener(type, callback, options = undefined) {
    if (!isTarget(this)) throw new ERR_INVALID_THIS('EventTarget');
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    type = `${type}`;
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const listener = this.#listeners.get(type)?.find(
      (other) => other.callback === callback && Boolean(other.capture) === capture);
    if (listener !== undefined) this.#remove(type, listener);
  }

  #remove(type, listener) {
    if (listener.removed) return;
    listener.removed = true;
    if (listener.onAbort) listener.signal.removeEventListener('abort', listener.onAbort);
    // A new array: the old one may be what a dispatch walks through.
    const list = this.#listeners.get(type).filter((other) => other !== listener);
    if (list.length > 0) this.#listeners.set(type, list);
    else this.#listeners.delete(type);
  }

  #warnOfLeak(count, type) {
    const limit = this.#maxListeners ?? require('events').defaultMaxListeners;
    if (limit === 0 || count <= limit || this.#warned.has(type)) return;
    this.#warned.add(type);
    const { inspect } = require('util');
    const warning = new Error(
      `Possible EventTarget memory leak detected. ${count} ${type} listeners added to ${inspect(this, { depth: -1 })}. ` +
      'Use events.setMaxListeners() to increase limit');
    warning.name = 'MaxListenersExceededWarning';
    warning.target = this;
    warning.type = type;
    warning.count = count;
    process.emitWarning(warning);
  }

  // Returns false when a listener has prevented the default. What a listener throws is uncaught, and the
  // others still run.
  dispatchEvent(event) {
    if (!isTarget(this)) throw new ERR_INVALID_THIS('EventTarget');
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('event');
    if (!isEvent(event)) throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);
    beginDispatch(event, this);
    const { type } = event;
    try {
      const list = (this.#listeners.get(type) ?? []).slice();
      for (const listener of list) {
        if (listener.removed || (isStopped(event) && !listener.unstoppable)) continue;
        if (listener.once) this.#remove(type, listener);
        callListener(this, listener.callback, event);
      }
    } finally {
      finishDispatch(event);
    }
    return !event.defaultPrevented;
  }

  [customInspectSymbol](depth, options) {
    const name = this.constructor.name;
    if (depth < 0) return name;
    return `${name} ${require('util').inspect({}, options)}`;
  }
}

function checkCallback(callback) {
  if (typeof callback === 'function' || typeof callback === 'object') return;
  throw new ERR_INVALID_ARG_TYPE('listener', 'EventListener', callback);
}

function throwLater(error) {
  process.nextTick(() => { throw error; });
}

function callListener(target, callback, event) {
  try {
    const result = typeof callback === 'function' ? callback.call(target, event) : callback.handleEvent?.(event);
    if (result !== undefined && result !== null && typeof result.then === 'function') {
      result.then(undefined, throwLater);
    }
  } catch (error) {
    throwLater(error);
  }
}

// An attribute such as `onabort`: at most one listener, assigned.
function defineEventHandler(prototype, name) {
  const handlers = new WeakMap();
  Object.defineProperty(prototype, `on${name}`, {
    configurable: true,
    enumerable: true,
    get() {
      return handlers.get(this)?.handler ?? null;
    },
    set(value) {
      const before = handlers.get(this);
      if (typeof value !== 'function') {
        if (before) this.removeEventListener(name, before.listener);
        handlers.delete(this);
        return;
      }
      if (before) {
        // Keeps its place among the listeners.
        before.handler = value;
        return;
      }
      const entry = { handler: value, listener: (event) => entry.handler.call(this, event) };
      handlers.set(this, entry);
      this.addEventListener(name, entry.listener);
    },
  });
}

for (const [name, value] of Object.entries({ NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 })) {
  for (const target of [Event, Event.prototype]) Object.defineProperty(target, name, { value, enumerable: true });
}

for (const [prototype, tag, names] of [
  [Event.prototype, 'Event', [
    'stopImmediatePropagation', 'target', 'currentTarget', 'srcElement', 'type', 'cancelable', 'preventDefault',
    'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles', 'composed', 'eventPhase',
    'cancelBubble', 'stopPropagation', 'initEvent',
  ]],
  [CustomEvent.prototype, 'CustomEvent', ['detail']],
  [EventTarget.prototype, 'EventTarget', ['addEventListener', 'removeEventListener', 'dispatchEvent']],
]) {
  for (const name of names) Object.defineProperty(prototype, name, kEnumerableProperty);
  Object.defineProperty(prototype, Symbol.toStringTag, { value: tag, configurable: true });
}

module.exports = {
  kUnstoppable,
  Event,
  CustomEvent,
  EventTarget,
  defineEventHandler,
  kTrusted,
  listenersOf,
  maxListenersOf,
  setMaxListenersOf,
};
