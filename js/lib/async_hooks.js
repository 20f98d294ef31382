// async_hooks: AsyncLocalStorage, AsyncResource and hooks into the life of resources.
'use strict';

const asyncContext = require('internal/async_context');
const tracking = require('internal/async_tracking');
const { codes: { ERR_ASYNC_CALLBACK, ERR_ASYNC_TYPE, ERR_INVALID_ASYNC_ID } } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');

// ---- AsyncResource ---------------------------------------------------------------------------

// Carries the context of where it was made into callbacks that run later.
class AsyncResource {
  #tracked;

  constructor(type, options = {}) {
    validateString(type, 'type');
    let trigger = options;
    let manual = false;
    if (typeof options !== 'number') {
      validateObject(options, 'options', { nullable: true });
      trigger = options?.triggerAsyncId ?? tracking.current.asyncId;
      manual = Boolean(options?.requireManualDestroy);
    }
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw new ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    if (type.length === 0 && tracking.hasInitHooks()) throw new ERR_ASYNC_TYPE(type);
    this.#tracked = tracking.makeResource(type, this, asyncContext.capture(), trigger, manual);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    return tracking.run(this.#tracked, fn, thisArg, args);
  }

  emitDestroy() {
    tracking.end(this.#tracked);
    return this;
  }

  asyncId() {
    return this.#tracked.asyncId;
  }

  triggerAsyncId() {
    return this.#tracked.triggerAsyncId;
  }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined
      ? function(...args) { return resource.runInAsyncScope(fn, this, ...args); }
      : (...args) => resource.runInAsyncScope(fn, thisArg, ...args);
    Object.defineProperties(bound, {
      length: { configurable: true, enumerable: false, value: fn.length, writable: false },
      asyncResource: { configurable: true, enumerable: true, value: resource, writable: true },
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    return new AsyncResource(type || fn.name || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

// ---- AsyncLocalStorage -----------------------------------------------------------------------

// A context is a Map from storage to value; it is never changed, only replaced.
function contextWith(storage, value) {
  return new Map(asyncContext.capture()).set(storage, value);
}

function contextWithout(storage) {
  const context = new Map(asyncContext.capture());
  context.delete(storage);
  return context;
}

class AsyncLocalStorage {
  // Contexts from before a disable() do not count any more.
  #generation = {};

  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  // A function that calls others in the context of now.
  static snapshot() {
    return AsyncLocalStorage.bind((fn, ...args) => fn(...args));
  }

  disable() {
    this.#generation = {};
  }

  enterWith(store) {
    asyncContext.enter(contextWith(this, { store, generation: this.#generation }));
  }

  run(store, callback, ...args) {
    const context = contextWith(this, { store, generation: this.#generation });
    asyncContext.state.active = true;
    return asyncContext.run(context, callback, null, args);
  }

  exit(callback, ...args) {
    if (!asyncContext.state.active) return Reflect.apply(callback, null, args);
    return asyncContext.run(contextWithout(this), callback, null, args);
  }

  getStore() {
    const entry = asyncContext.capture()?.get(this);
    return entry !== undefined && entry.generation === this.#generation ? entry.store : undefined;
  }
}

// ---- Hooks -----------------------------------------------------------------------------------

// What hooks there are is checked once, when they are made.
class AsyncHook {
  #callbacks;
  #enabled = false;

  constructor(callbacks) {
    this.#callbacks = callbacks;
  }

  enable() {
    if (!this.#enabled) tracking.addHook(this.#callbacks);
    this.#enabled = true;
    return this;
  }

  disable() {
    if (this.#enabled) tracking.removeHook(this.#callbacks);
    this.#enabled = false;
    return this;
  }
}

function createHook(hooks) {
  validateObject(hooks, 'hooks');
  const callbacks = {};
  const hook = new AsyncHook(callbacks);
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
    // `this` in them is what the program holds.
    callbacks[name] = hooks[name]?.bind(hook);
  }
  return hook;
}

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId: tracking.executionAsyncId,
  triggerAsyncId: tracking.triggerAsyncId,
  executionAsyncResource: tracking.executionAsyncResource,
  asyncWrapProviders: Object.freeze({
    __proto__: null, NONE: 0, FSREQCALLBACK: 1, GETADDRINFOREQWRAP: 2, PROMISE: 3, UDPSENDWRAP: 4, Immediate: 5, TickObject: 6,
    Timeout: 7,
  }),
  AsyncResource,
};
