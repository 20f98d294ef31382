// Promise.withResolvers(), Promise.try() and Array.fromAsync().
'use strict';

const { isObject, requireCallable, toLength } = require('internal/polyfills/abstract');

// NewPromiseCapability
function capabilityOf(Type) {
  if (!isObject(Type)) throw new TypeError('PromiseCapability constructor called on non-object');
  let resolve;
  let reject;
  const promise = new Type((onResolve, onReject) => {
    if (resolve !== undefined || reject !== undefined) {
      throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
    }
    resolve = onResolve;
    reject = onReject;
  });
  requireCallable(resolve);
  requireCallable(reject);
  return { promise, resolve, reject };
}

const withResolvers = {
  withResolvers() {
    return capabilityOf(this);
  },
};

const tryFunction = {
  try(callback, ...args) {
    const { promise, resolve, reject } = capabilityOf(this);
    let value;
    try {
      value = Reflect.apply(callback, undefined, args);
    } catch (error) {
      reject(error);
      return promise;
    }
    resolve(value);
    return promise;
  },
};

function isConstructor(value) {
  if (typeof value !== 'function') return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}

function put(target, key, value) {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

async function fromIterable(Type, items, map, thisArg) {
  const result = isConstructor(Type) ? new Type() : [];
  let length = 0;
  for await (const item of items) {
    put(result, length, map === undefined ? item : await Reflect.apply(map, thisArg, [item, length]));
    length++;
  }
  result.length = length;
  return result;
}

async function fromArrayLike(Type, items, map, thisArg) {
  const source = Object(items);
  const length = toLength(source.length);
  const result = isConstructor(Type) ? new Type(length) : new Array(length);
  for (let i = 0; i < length; i++) {
    const item = await source[i];
    put(result, i, map === undefined ? item : await Reflect.apply(map, thisArg, [item, i]));
  }
  result.length = length;
  return result;
}

// Asynchronous iteration, but with methods that have been looked up already.
function iterableOf(items, asyncMethod, method) {
  return asyncMethod !== undefined && asyncMethod !== null
    ? { [Symbol.asyncIterator]: () => Reflect.apply(asyncMethod, items, []) }
    : { [Symbol.iterator]: () => Reflect.apply(method, items, []) };
}

const arrayFunctions = {
  async fromAsync(asyncItems, mapper = undefined, thisArg = undefined) {
    if (mapper !== undefined) requireCallable(mapper);
    if (asyncItems === null || asyncItems === undefined) throw new TypeError(`${asyncItems} is not iterable`);
    const asyncMethod = asyncItems[Symbol.asyncIterator];
    const hasAsync = asyncMethod !== undefined && asyncMethod !== null;
    if (hasAsync) requireCallable(asyncMethod);
    const method = hasAsync ? undefined : asyncItems[Symbol.iterator];
    const hasSync = method !== undefined && method !== null;
    if (hasSync) requireCallable(method);
    if (!hasAsync && !hasSync) return fromArrayLike(this, asyncItems, mapper, thisArg);
    return fromIterable(this, iterableOf(asyncItems, asyncMethod, method), mapper, thisArg);
  },
};

module.exports = { arrayFunctions, tryFunction, withResolvers };
