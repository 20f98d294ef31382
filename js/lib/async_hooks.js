// async_hooks: AsyncLocalStorage and AsyncResource. Hooks into the life of every resource do not exist:
// createHook() takes and forgets them.
'use strict';

const asyncContext = require('internal/async_context');
const { codes: { ERR_ASYNC_CALLBACK, ERR_ASYNC_TYPE, ERR_INVALID_ASYNC_ID } } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');

// Ids 0 and 1 are for "nothing" and the main script.
const kMainId = 1;
let lastId = kMainId;
let currentId = kMainId;
let currentTriggerId = 0;
const topLevelResource = {};
let currentResource = topLevelResource;

// ---- AsyncResource ---------------------------------------------------------------------------

// Carries the context of where it was made into callbacks that run later.
class AsyncResource {
  #context = asyncContext.capture();
  #asyncId = ++lastId;
  #triggerAsyncId;

  constructor(type, options = {}) {
    validateString(type, 'type');
    if (type.length === 0) throw new ERR_ASYNC_TYPE(type);
    let trigger = options;
    if (typeof options !== 'number') {
      validateObject(options, 'options', { nullable: true });
      trigger = options?.triggerAsyncId ?? currentId;
    }
    if (!Number.isSafeInteger(trigger) || trigger < -1) throw new ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    this.#triggerAsyncId = trigger;
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const before = [currentId, currentTriggerId, currentResource];
    currentId = this.#asyncId;
    currentTriggerId = this.#triggerAsyncId;
    currentResource = this;
    try {
      return asyncContext.run(this.#context, fn, thisArg, args);
    } finally {
      [currentId, currentTriggerId, currentResource] = before;
    }
  }

  emitDestroy() {
    return this;
  }

  asyncId() {
    return this.#asyncId;
  }

  triggerAsyncId() {
    return this.#triggerAsyncId;
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

class AsyncHook {
  enable() {
    return this;
  }

  disable() {
    return this;
  }
}

function createHook(hooks) {
  validateObject(hooks, 'hooks');
  for (const name of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
    if (hooks[name] !== undefined && typeof hooks[name] !== 'function') throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
  }
  return new AsyncHook();
}

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId: () => currentId,
  triggerAsyncId: () => currentTriggerId,
  executionAsyncResource: () => currentResource,
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }),
  AsyncResource,
};
