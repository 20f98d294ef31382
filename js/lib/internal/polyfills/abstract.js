// Abstract operations of ECMA-262 that the polyfills share, out of what the program cannot have changed.
'use strict';

const { apply } = Reflect;
const { trunc, min, max } = Math;

// fn.call(receiver, ...args), however fn's own call() may have changed.
function uncurry(fn) {
  return (receiver, ...args) => apply(fn, receiver, args);
}

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function toObject(value, method) {
  if (value === null || value === undefined) throw new TypeError(`${method} called on null or undefined`);
  return Object(value);
}

function toIntegerOrInfinity(value) {
  const number = trunc(+value);
  // Neither NaN nor -0.
  return number !== number || number === 0 ? 0 : number;
}

function toLength(value) {
  return min(max(toIntegerOrInfinity(value), 0), Number.MAX_SAFE_INTEGER);
}

// Counts from the end when it is negative; within 0 and length.
function clampIndex(value, length) {
  const index = toIntegerOrInfinity(value);
  return index < 0 ? max(length + index, 0) : min(index, length);
}

function requireCallable(value) {
  if (typeof value === 'function') return;
  let text = typeof value;
  try {
    text = typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
  } catch {
    // The type will do.
  }
  throw new TypeError(`${text} is not a function`);
}

// ---- Iterators -------------------------------------------------------------------------------

// { done, value } of one step; value only if not done.
function step(iterator, next) {
  const result = apply(next, iterator, []);
  if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
  return result.done ? { done: true, value: undefined } : { done: false, value: result.value };
}

// IteratorClose after success: what return() does wrong is thrown.
function closeIterator(iterator) {
  const end = iterator.return;
  if (end === undefined || end === null) return;
  const result = apply(end, iterator, []);
  if (!isObject(result)) throw new TypeError(`${String(result)} is not an object`);
}

// IteratorClose after a failure, which is thrown whatever return() does.
function closeAfterError(iterator, error) {
  try {
    const end = iterator.return;
    if (end !== undefined && end !== null) apply(end, iterator, []);
  } catch {
    // The first error is the one to tell.
  }
  throw error;
}

module.exports = {
  clampIndex,
  closeAfterError,
  closeIterator,
  isObject,
  requireCallable,
  step,
  toIntegerOrInfinity,
  toLength,
  toObject,
  uncurry,
};
