// Functions that tell how they were called, and methods that are replaced for a while.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');

class MockFunctionContext {
  #calls = [];
  #implementation;
  #original;
  #once = new Map();
  #restore;

  constructor(original, implementation, restore, times) {
    this.#original = original;
    this.#implementation = implementation;
    this.#restore = restore;
    this.times = times;
  }

  get calls() {
    return this.#calls.slice();
  }

  callCount() {
    return this.#calls.length;
  }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const call = onCall ?? this.#calls.length;
    validateInteger(call, 'onCall', this.#calls.length);
    this.#once.set(call, implementation);
  }

  resetCalls() {
    this.#calls = [];
  }

  restore() {
    this.#implementation = this.#original;
    this.#restore?.();
    this.#restore = undefined;
  }

  // What the function does at the moment.
  static call(context, receiver, args, newTarget) {
    const number = context.#calls.length;
    const fn = context.#once.get(number) ?? (number < context.times ? context.#implementation : context.#original);
    context.#once.delete(number);
    const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target: newTarget, this: receiver };
    try {
      call.result = newTarget === undefined ? Reflect.apply(fn, receiver, args) : Reflect.construct(fn, args, newTarget);
      if (newTarget !== undefined) call.this = call.result;
      return call.result;
    } catch (error) {
      call.error = error;
      throw error;
    } finally {
      context.#calls.push(call);
      if (context.#calls.length === context.times) context.#restore?.();
    }
  }
}
const { call } = MockFunctionContext;
delete MockFunctionContext.call;

function readTimes({ times = Infinity } = {}) {
  if (times !== Infinity) validateInteger(times, 'options.times', 1);
  return times;
}

function makeMock(original, implementation, restore, times) {
  const context = new MockFunctionContext(original, implementation, restore, times);
  const mock = new Proxy(original, {
    __proto__: null,
    apply: (target, receiver, args) => call(context, receiver, args, undefined),
    construct: (target, args, newTarget) => call(context, undefined, args, newTarget === mock ? target : newTarget),
    get: (target, key, receiver) => (key === 'mock' ? context : Reflect.get(target, key, receiver)),
  });
  return [mock, context];
}

class MockTracker {
  #contexts = [];

  fn(original = function() {}, implementation = original, options = {}) {
    if (original !== null && typeof original === 'object') [options, original] = [original, function() {}];
    else if (implementation !== null && typeof implementation === 'object') [options, implementation] = [implementation, original];
    if (typeof implementation !== 'function') implementation = original;
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const [mock, context] = makeMock(original, implementation, undefined, readTimes(options));
    this.#contexts.push(context);
    return mock;
  }

  method(object, name, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') [options, implementation] = [implementation, undefined];
    options ??= {};
    if ((typeof object !== 'object' || object === null) && typeof object !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('object', 'Object', object);
    }
    if (typeof name !== 'string' && typeof name !== 'symbol') {
      throw new ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], name);
    }
    validateObject(options, 'options');
    const { getter = false, setter = false } = options;
    validateBoolean(getter, 'options.getter');
    validateBoolean(setter, 'options.setter');
    if (getter && setter) throw new ERR_INVALID_ARG_VALUE('options.setter', setter, 'cannot be used with \'options.getter\'');
    let owner = object;
    while (owner !== null && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
    const descriptor = owner === null ? undefined : Object.getOwnPropertyDescriptor(owner, name);
    const key = getter ? 'get' : setter ? 'set' : 'value';
    const original = descriptor?.[key];
    if (typeof original !== 'function') throw new ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    implementation ??= original;
    validateFunction(implementation, 'implementation');
    // On the object itself, also when it was inherited.
    const restore = () => Object.defineProperty(object, name, descriptor);
    const [mock, context] = makeMock(original, implementation, restore, readTimes(options));
    Object.defineProperty(object, name, { __proto__: null, ...descriptor, configurable: true, [key]: mock });
    this.#contexts.push(context);
    return mock;
  }

  getter(object, name, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') [options, implementation] = [implementation, undefined];
    if (options?.getter === false) throw new ERR_INVALID_ARG_VALUE('options.getter', false, 'cannot be false');
    return this.method(object, name, implementation, { ...options, getter: true });
  }

  setter(object, name, implementation, options) {
    if (implementation !== null && typeof implementation === 'object') [options, implementation] = [implementation, undefined];
    if (options?.setter === false) throw new ERR_INVALID_ARG_VALUE('options.setter', false, 'cannot be false');
    return this.method(object, name, implementation, { ...options, setter: true });
  }

  // Puts back what was there; the mocks are no longer this tracker's.
  reset() {
    this.restoreAll();
    this.#contexts = [];
  }

  restoreAll() {
    for (const context of this.#contexts) context.restore();
  }
}

module.exports = { MockFunctionContext, MockTracker };
