// Set.prototype.union() and its relatives.
'use strict';

const {
  closeIterator, isObject, requireCallable, step, toIntegerOrInfinity, uncurry,
} = require('internal/polyfills/abstract');

const NativeSet = Set;
const addTo = uncurry(Set.prototype.add);
const deleteFrom = uncurry(Set.prototype.delete);
const isIn = uncurry(Set.prototype.has);
// Throws for what is no Set.
const sizeOf = uncurry(Reflect.getOwnPropertyDescriptor(Set.prototype, 'size').get);
const valuesOf = uncurry(Set.prototype.values);
const nextOf = uncurry(Object.getPrototypeOf(new Set().values()).next);

// What the standard wants to know of the other one: { set, size, has, keys }.
function recordOf(other) {
  if (!isObject(other)) throw new TypeError('The argument must be an object with size, has() and keys()');
  const number = +other.size;
  if (number !== number) throw new TypeError("The 'size' property must be a number");
  const size = toIntegerOrInfinity(number);
  if (size < 0) throw new RangeError(`'${size}' is an invalid size`);
  const { has } = other;
  requireCallable(has);
  const { keys } = other;
  requireCallable(keys);
  return { set: other, size, has: (value) => Boolean(Reflect.apply(has, other, [value])), keys };
}

// Calls visit(key) for each key of the other one until it answers true; then that one's iterator is closed.
// `start` is called between keys() and the first key.
function eachKey({ set, keys }, visit, start = undefined) {
  const iterator = Reflect.apply(keys, set, []);
  if (!isObject(iterator)) throw new TypeError('keys() must return an object');
  const { next } = iterator;
  start?.();
  for (;;) {
    const { done, value } = step(iterator, next);
    if (done) return;
    if (visit(value) === true) {
      closeIterator(iterator);
      return;
    }
  }
}

// Calls visit(value) for each value, also those added meanwhile, until it answers true.
function eachValue(set, visit) {
  const values = valuesOf(set);
  for (;;) {
    const { done, value } = nextOf(values);
    if (done || visit(value) === true) return;
  }
}

function copyOf(set) {
  const copy = new NativeSet();
  eachValue(set, (value) => { addTo(copy, value); });
  return copy;
}

const setMethods = {
  union(other) {
    sizeOf(this);
    const record = recordOf(other);
    // The copy comes after keys() has been called, which may change this set.
    let result;
    eachKey(record, (value) => { addTo(result, value); }, () => { result = copyOf(this); });
    return result;
  },

  intersection(other) {
    const size = sizeOf(this);
    const record = recordOf(other);
    const result = new NativeSet();
    if (size <= record.size) {
      eachValue(this, (value) => { if (record.has(value)) addTo(result, value); });
    } else {
      eachKey(record, (value) => { if (isIn(this, value)) addTo(result, value); });
    }
    return result;
  },

  difference(other) {
    const size = sizeOf(this);
    const record = recordOf(other);
    const result = copyOf(this);
    if (size <= record.size) {
      eachValue(this, (value) => { if (record.has(value)) deleteFrom(result, value); });
    } else {
      eachKey(record, (value) => { deleteFrom(result, value); });
    }
    return result;
  },

  symmetricDifference(other) {
    sizeOf(this);
    const record = recordOf(other);
    let result;
    eachKey(record, (value) => {
      if (isIn(this, value)) deleteFrom(result, value);
      else addTo(result, value);
    }, () => { result = copyOf(this); });
    return result;
  },

  isSubsetOf(other) {
    const size = sizeOf(this);
    const record = recordOf(other);
    if (size > record.size) return false;
    let answer = true;
    eachValue(this, (value) => {
      answer = record.has(value);
      return !answer;
    });
    return answer;
  },

  isSupersetOf(other) {
    const size = sizeOf(this);
    const record = recordOf(other);
    if (size < record.size) return false;
    let answer = true;
    eachKey(record, (value) => {
      answer = isIn(this, value);
      return !answer;
    });
    return answer;
  },

  isDisjointFrom(other) {
    const size = sizeOf(this);
    const record = recordOf(other);
    let answer = true;
    if (size <= record.size) {
      eachValue(this, (value) => {
        answer = !record.has(value);
        return !answer;
      });
    } else {
      eachKey(record, (value) => {
        answer = !isIn(this, value);
        return !answer;
      });
    }
    return answer;
  },
};

module.exports = { setMethods };
