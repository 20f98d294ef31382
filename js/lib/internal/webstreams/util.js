// What all web streams share: promises that programs cannot tamper with, queues with sizes, checked callbacks.
// The public classes are thin: each has a private field with the state that the algorithms work on, so that no
// program reaches it and every method can tell its own objects from impostors.
'use strict';

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

const PromiseThen = Promise.prototype.then;
const newPromise = Promise;
const resolvePromise = Promise.resolve.bind(Promise);
const rejectPromise = Promise.reject.bind(Promise);
const { apply } = Reflect;

// promise.then() as it was before the program ran.
function react(promise, onFulfilled, onRejected) {
  return apply(PromiseThen, promise, [onFulfilled, onRejected]);
}

function ignoreRejection(promise) {
  apply(PromiseThen, promise, [undefined, () => {}]);
}

// A promise and the means to settle it. `settled` is about these means only.
class Deferred {
  settled = false;
  promise;
  resolveNow;
  rejectNow;

  constructor() {
    this.promise = new newPromise((resolve, reject) => {
      this.resolveNow = resolve;
      this.rejectNow = reject;
    });
  }

  resolve(value) {
    this.settled = true;
    this.resolveNow(value);
  }

  reject(reason) {
    this.settled = true;
    this.rejectNow(reason);
  }

  // A rejection that nobody has to handle.
  rejectQuietly(reason) {
    ignoreRejection(this.promise);
    this.reject(reason);
  }

  static resolved(value) {
    const deferred = new Deferred();
    deferred.resolve(value);
    return deferred;
  }

  static rejected(reason) {
    const deferred = new Deferred();
    deferred.rejectQuietly(reason);
    return deferred;
  }
}

// First in, first out, in constant time; what has been taken is let go of in blocks.
class Queue {
  #items = [];
  #head = 0;

  get length() {
    return this.#items.length - this.#head;
  }

  push(item) {
    this.#items.push(item);
  }

  peek() {
    return this.#items[this.#head];
  }

  shift() {
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head === 1024) {
      this.#items = this.#items.slice(1024);
      this.#head = 0;
    }
    return item;
  }

  clear() {
    this.#items = [];
    this.#head = 0;
  }

  // All that is in it; the queue is empty afterwards.
  takeAll() {
    const items = this.#head === 0 ? this.#items : this.#items.slice(this.#head);
    this.clear();
    return items;
  }
}

// A queue whose entries have sizes (queue-with-sizes of the standard).
class SizedQueue {
  #queue = new Queue();
  total = 0;

  get length() {
    return this.#queue.length;
  }

  push(value, size) {
    if (typeof size !== 'number' || !(size >= 0) || size === Infinity) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('size', size);
    }
    this.#queue.push({ value, size });
    this.total += size;
  }

  peek() {
    return this.#queue.peek().value;
  }

  shift() {
    const { value, size } = this.#queue.shift();
    this.total -= size;
    // Rounding must not leave less than nothing.
    if (this.total < 0) this.total = 0;
    return value;
  }

  clear() {
    this.#queue.clear();
    this.total = 0;
  }
}

// ---- Dictionaries of options -----------------------------------------------------------------

// A callback of an underlying source, sink or transformer: must be a function when it is there.
function callbackOf(object, name, owner) {
  const callback = object?.[name];
  if (callback !== undefined && typeof callback !== 'function') {
    throw new ERR_INVALID_ARG_TYPE(`${owner}.${name}`, 'Function', callback);
  }
  return callback;
}

// Calls fn on object; what it returns or throws comes as a promise.
function promiseCall(fn, object, args) {
  try {
    return resolvePromise(apply(fn, object, args));
  } catch (error) {
    return rejectPromise(error);
  }
}

// The algorithm for an optional callback that promises; nothing to call is a success.
function algorithmOf(fn, object) {
  return fn === undefined ? () => resolvePromise() : (...args) => promiseCall(fn, object, args);
}

function validateDictionary(value, name) {
  if (value !== undefined && value !== null && typeof value !== 'object' && typeof value !== 'function') {
    throw new ERR_INVALID_ARG_TYPE(name, 'Object', value);
  }
}

// A queuing strategy, read in the order that programs can see: { size, markOr(default) }.
function readStrategy(strategy, name = 'strategy') {
  validateDictionary(strategy, name);
  const mark = strategy?.highWaterMark;
  const highWaterMark = mark === undefined ? undefined : +mark;
  return {
    size: callbackOf(strategy, 'size', name),
    markOr(fallback) {
      if (highWaterMark === undefined) return fallback;
      if (Number.isNaN(highWaterMark) || highWaterMark < 0) {
        throw new ERR_INVALID_ARG_VALUE.RangeError(`${name}.highWaterMark`, mark);
      }
      return highWaterMark;
    },
  };
}

const one = () => 1;

// The size of a chunk as the strategy counts it; 1 when it does not say.
function sizeAlgorithmOf({ size }) {
  return size === undefined ? one : (chunk) => +apply(size, undefined, [chunk]);
}

// ---- Classes ---------------------------------------------------------------------------------

// Members of web interfaces are enumerable, and classes carry their name.
function finishClass(type, names, inspectFields) {
  for (const name of names) Object.defineProperty(type.prototype, name, { enumerable: true });
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
  if (inspectFields === undefined) return;
  Object.defineProperty(type.prototype, customInspectSymbol, {
    configurable: true,
    writable: true,
    value(depth, options) {
      if (this === undefined || this === null) throw new ERR_INVALID_THIS(type.name);
      if (depth < 0 || !(this instanceof type)) return this;
      const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
      return `${this.constructor.name} ${require('util').inspect(inspectFields(this), inner)}`;
    },
  });
}

function invalidThis(type) {
  return new ERR_INVALID_THIS(type);
}

function invalidState(text) {
  return new ERR_INVALID_STATE.TypeError(text);
}

// Told apart from every value of a program.
const kCreate = Symbol('kCreate');

module.exports = {
  Deferred,
  Queue,
  SizedQueue,
  algorithmOf,
  callbackOf,
  finishClass,
  ignoreRejection,
  invalidState,
  invalidThis,
  kCreate,
  promiseCall,
  react,
  readStrategy,
  rejectPromise,
  resolvePromise,
  sizeAlgorithmOf,
  validateDictionary,
};
