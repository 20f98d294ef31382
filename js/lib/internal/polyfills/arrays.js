// Changing arrays by copy: toReversed(), toSorted(), toSpliced() and with().
'use strict';

const { clampIndex, toIntegerOrInfinity, toLength, toObject, uncurry } = require('internal/polyfills/abstract');

const sort = uncurry(Array.prototype.sort);
const kMaxLength = 2 ** 32 - 1;

function newArray(length) {
  if (length > kMaxLength) throw new RangeError('Invalid array length');
  return new Array(length);
}

function checkComparator(compare) {
  if (compare !== undefined && typeof compare !== 'function') {
    throw new TypeError('The comparison function must be either a function or undefined');
  }
}

const arrayMethods = {
  toReversed() {
    const source = toObject(this, 'Array.prototype.toReversed');
    const length = toLength(source.length);
    const result = newArray(length);
    for (let i = 0; i < length; i++) result[i] = source[length - 1 - i];
    return result;
  },

  toSorted(compareFn) {
    checkComparator(compareFn);
    const source = toObject(this, 'Array.prototype.toSorted');
    const length = toLength(source.length);
    const result = newArray(length);
    for (let i = 0; i < length; i++) result[i] = source[i];
    return sort(result, compareFn);
  },

  toSpliced(start, skipCount, ...items) {
    const source = toObject(this, 'Array.prototype.toSpliced');
    const length = toLength(source.length);
    const first = clampIndex(start, length);
    let skip = 0;
    if (arguments.length === 1) skip = length - first;
    else if (arguments.length > 1) skip = Math.min(Math.max(toIntegerOrInfinity(skipCount), 0), length - first);
    const newLength = length + items.length - skip;
    if (newLength > Number.MAX_SAFE_INTEGER) throw new TypeError('Invalid array length');
    const result = newArray(newLength);
    let at = 0;
    for (; at < first; at++) result[at] = source[at];
    for (let i = 0; i < items.length; i++) result[at++] = items[i];
    for (let from = first + skip; at < newLength; from++) result[at++] = source[from];
    return result;
  },

  with(index, value) {
    const source = toObject(this, 'Array.prototype.with');
    const length = toLength(source.length);
    const relative = toIntegerOrInfinity(index);
    const at = relative < 0 ? length + relative : relative;
    if (at >= length || at < 0) throw new RangeError('Invalid index');
    const result = newArray(length);
    for (let i = 0; i < length; i++) result[i] = i === at ? value : source[i];
    return result;
  },
};

// ---- Typed arrays ----------------------------------------------------------------------------

const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const getter = (key) => uncurry(Reflect.getOwnPropertyDescriptor(TypedArrayPrototype, key).get);
const tagOf = getter(Symbol.toStringTag);
const lengthOf = getter('length');
const bufferOf = getter('buffer');
const sortTyped = uncurry(TypedArrayPrototype.sort);
const setAll = uncurry(TypedArrayPrototype.set);
const constructors = { __proto__: null };
for (const type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
                    Float32Array, Float64Array, BigInt64Array, BigUint64Array]) {
  constructors[type.name] = type;
}

// The built-in class of a typed array, which must not be detached.
function typeOf(value) {
  const tag = value === null || value === undefined ? undefined : tagOf(value);
  if (tag === undefined) throw new TypeError('this is not a typed array.');
  // Throws for memory that is detached; what has a length is not.
  if (lengthOf(value) === 0) void new Uint8Array(bufferOf(value));
  return constructors[tag];
}

const typedArrayMethods = {
  toReversed() {
    const Type = typeOf(this);
    const length = lengthOf(this);
    const result = new Type(length);
    for (let i = 0; i < length; i++) result[i] = this[length - 1 - i];
    return result;
  },

  toSorted(compareFn) {
    checkComparator(compareFn);
    const Type = typeOf(this);
    const result = new Type(lengthOf(this));
    setAll(result, this);
    return sortTyped(result, compareFn);
  },

  with(index, value) {
    const Type = typeOf(this);
    const length = lengthOf(this);
    const relative = toIntegerOrInfinity(index);
    const at = relative < 0 ? length + relative : relative;
    const element = Type === BigInt64Array || Type === BigUint64Array ? BigInt.asIntN(64, toBigInt(value)) : +value;
    // Conversion runs code of the program, which may have taken the memory away.
    if (!(at >= 0 && at < lengthOf(this))) throw new RangeError('Invalid typed array index');
    const result = new Type(length);
    for (let i = 0; i < length; i++) result[i] = i === at ? element : this[i];
    return result;
  },
};

// ToBigInt, which unlike BigInt() takes no numbers.
function toBigInt(value) {
  const cell = new BigInt64Array(1);
  cell[0] = value;
  return typeof value === 'bigint' ? value : cell[0];
}

module.exports = { arrayMethods, typedArrayMethods };
