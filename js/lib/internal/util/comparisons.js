// Deep equality, loose as assert.deepEqual means it and strict as assert.deepStrictEqual does.
'use strict';

const types = require('internal/util/types');
const { getOwnNonIndexProperties } = internalBinding('util');

const kOnlyEnumerable = 2;

// What is under comparison further out: pairs that are met again count as equal.
class Memory {
  #left = new Map();
  #right = new Map();
  #depth = 0;

  enter(a, b) {
    const seen = this.#left.get(a);
    if (seen !== undefined && this.#right.get(b) !== undefined) return seen === this.#right.get(b) ? 1 : 0;
    this.#depth++;
    this.#left.set(a, this.#depth);
    this.#right.set(b, this.#depth);
    return 2;
  }
  leave(a, b) {
    this.#left.delete(a);
    this.#right.delete(b);
  }
}

const isObject = (value) => value !== null && typeof value === 'object';
const tagOf = (value) => Object.prototype.toString.call(value);

function isDeep(a, b, strict, memory) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict) {
    if (!isObject(a) || !isObject(b)) return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b) && typeof b === 'number';
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  } else {
    if (!isObject(a)) return (!isObject(b) && typeof b !== 'function' && typeof a !== 'function') &&
      (a == b || (Number.isNaN(a) && Number.isNaN(b)));
    if (!isObject(b)) return false;
  }
  return compareObjects(a, b, strict, memory);
}

function compareObjects(a, b, strict, memory) {
  const tag = tagOf(a);
  if (tag !== tagOf(b)) {
    // 2010 compared ['a'] with {0: 'a'} by their properties.
    if (strict || !(Array.isArray(a) !== Array.isArray(b)) || !plain(a) || !plain(b) ||
        Object.keys(a).length === 0 || Object.keys(a).length !== Object.keys(b).length) return false;
    return compareKeys(a, b, Object.keys(a), strict, memory, undefined);
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    const filter = strict ? kOnlyEnumerable : kOnlyEnumerable | 16;
    const keys = getOwnNonIndexProperties(a, filter);
    if (keys.length !== getOwnNonIndexProperties(b, filter).length) return false;
    return compareKeys(a, b, keys, strict, memory, compareArrays);
  }
  if (tag === '[object Object]') return compareKeys(a, b, Object.keys(a), strict, memory, collections(a, b));
  if (types.isDate(a)) {
    if (!types.isDate(b)) return false;
    const [x, y] = [Date.prototype.getTime.call(a), Date.prototype.getTime.call(b)];
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false;
  } else if (types.isRegExp(a)) {
    if (!types.isRegExp(b) || a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false;
  } else if (types.isNativeError(a) || a instanceof Error) {
    if (!(types.isNativeError(b) || b instanceof Error) || a.message !== b.message || a.name !== b.name) return false;
    if (strict && !sameHidden(a, b, 'cause', memory)) return false;
    if (strict && !sameHidden(a, b, 'errors', memory)) return false;
  } else if (ArrayBuffer.isView(a)) {
    if (!ArrayBuffer.isView(b) || !sameBytes(a, b, strict)) return false;
    const keys = getOwnNonIndexProperties(a, kOnlyEnumerable);
    if (keys.length !== getOwnNonIndexProperties(b, kOnlyEnumerable).length) return false;
    return compareKeys(a, b, keys, strict, memory, undefined);
  } else if (types.isAnyArrayBuffer(a)) {
    if (!types.isAnyArrayBuffer(b) || Buffer.compare(new Uint8Array(a), new Uint8Array(b)) !== 0) return false;
  } else if (types.isBoxedPrimitive(a)) {
    if (!sameBoxed(a, b)) return false;
  } else if (types.isKeyObject(a)) {
    if (!types.isKeyObject(b) || !a.equals(b)) return false;
  } else if (types.isCryptoKey(a)) {
    if (!types.isCryptoKey(b) || !sameCryptoKeys(a, b, memory)) return false;
  } else if (types.isBoxedPrimitive(b) || types.isDate(b) || types.isRegExp(b)) {
    return false;
  }
  return compareKeys(a, b, Object.keys(a), strict, memory, collections(a, b));
}

function sameCryptoKeys(a, b, memory) {
  const { KeyObject } = require('internal/crypto/keys');
  return KeyObject.from(a).equals(KeyObject.from(b)) && a.extractable === b.extractable && isDeep(a.algorithm, b.algorithm, true, memory) &&
    isDeep(a.usages, b.usages, true, memory);
}

// By the kind of what is in the box, whatever prototype the box has.
function sameBoxed(a, b) {
  for (const [isKind, { prototype: { valueOf } }] of boxes) {
    if (isKind(a)) return isKind(b) && Object.is(valueOf.call(a), valueOf.call(b));
  }
  return false;
}
const boxes = [[types.isNumberObject, Number], [types.isStringObject, String], [types.isBooleanObject, Boolean],
               [types.isBigIntObject, BigInt], [types.isSymbolObject, Symbol]];

// An array or a plain object, with nothing else behind it.
function plain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Array.prototype || prototype === Object.prototype || prototype === null;
}

function sameHidden(a, b, key, memory) {
  const has = Object.prototype.hasOwnProperty;
  if (has.call(a, key) !== has.call(b, key)) return false;
  return !has.call(a, key) || isDeep(a[key], b[key], true, memory);
}

function sameBytes(a, b, strict) {
  if (a.byteLength !== b.byteLength) return false;
  const floats = types.isFloat32Array(a) || types.isFloat64Array(a);
  if (!strict && floats) {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
    return true;
  }
  return Buffer.compare(new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
                        new Uint8Array(b.buffer, b.byteOffset, b.byteLength)) === 0;
}

function collections(a, b) {
  if (types.isSet(a)) return types.isSet(b) && a.size === b.size ? compareSets : () => false;
  if (types.isMap(a)) return types.isMap(b) && a.size === b.size ? compareMaps : () => false;
  if (types.isSet(b) || types.isMap(b) || types.isWeakMap(a) || types.isWeakSet(a)) return () => false;
  return undefined;
}

// Own enumerable properties (and symbols when strict), then what the kind of object holds.
function compareKeys(a, b, keys, strict, memory, compareEntries) {
  const isEnumerable = Object.prototype.propertyIsEnumerable;
  if (!Array.isArray(a) && !ArrayBuffer.isView(a) && keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!(strict ? isEnumerable.call(b, key) : Object.prototype.hasOwnProperty.call(b, key))) return false;
  }
  if (strict) {
    const symbols = Object.getOwnPropertySymbols(a).filter((key) => isEnumerable.call(a, key));
    const others = Object.getOwnPropertySymbols(b).filter((key) => isEnumerable.call(b, key));
    if (symbols.length !== others.length || symbols.some((key) => !isEnumerable.call(b, key))) return false;
    keys = [...new Set([...keys, ...symbols])];
  }
  memory ??= new Memory();
  const state = memory.enter(a, b);
  if (state !== 2) return state === 1;
  const equal = keys.every((key) => isDeep(a[key], b[key], strict, memory)) &&
    (compareEntries === undefined || compareEntries(a, b, strict, memory));
  memory.leave(a, b);
  return equal;
}

function compareArrays(a, b, strict, memory) {
  const has = Object.prototype.hasOwnProperty;
  for (let i = 0; i < a.length; i++) {
    if (has.call(a, i)) {
      if (!has.call(b, i) || !isDeep(a[i], b[i], strict, memory)) return false;
    } else if (has.call(b, i)) {
      return false;
    } else {
      // Holes: only the indices that are there.
      const keys = Object.keys(a).filter((key) => key >= i);
      const others = Object.keys(b).filter((key) => key >= i);
      if (keys.length !== others.length) return false;
      return keys.every((key) => has.call(b, key) && isDeep(a[key], b[key], strict, memory));
    }
  }
  return true;
}

// Each value of `a` needs a partner of its own in `b`; primitives are found at once.
function compareSets(a, b, strict, memory) {
  let rest;
  for (const value of a) {
    if (isObject(value) || (!strict && !b.has(value))) {
      if (isObject(value) && b.has(value)) continue;
      (rest ??= new Set()).add(value);
    } else if (!b.has(value)) {
      return false;
    }
  }
  if (rest === undefined) return true;
  const candidates = [...b].filter((value) => !a.has(value) && (!strict || isObject(value)));
  for (const value of rest) {
    const index = candidates.findIndex((other) => isDeep(value, other, strict, memory));
    if (index < 0) return false;
    candidates.splice(index, 1);
  }
  return candidates.length === 0;
}

function compareMaps(a, b, strict, memory) {
  let rest;
  for (const [key, value] of a) {
    if (b.has(key)) {
      if (!isDeep(value, b.get(key), strict, memory)) return false;
    } else if (isObject(key) || !strict) {
      (rest ??= []).push([key, value]);
    } else {
      return false;
    }
  }
  if (rest === undefined) return true;
  const candidates = [...b].filter(([key]) => !a.has(key));
  for (const [key, value] of rest) {
    const index = candidates.findIndex(([otherKey, other]) =>
      isDeep(key, otherKey, strict, memory) && isDeep(value, other, strict, memory));
    if (index < 0) return false;
    candidates.splice(index, 1);
  }
  return candidates.length === 0;
}

module.exports = {
  isDeepEqual: (a, b) => isDeep(a, b, false, undefined),
  isDeepStrictEqual: (a, b) => isDeep(a, b, true, undefined),
};
