// Iterator and its helpers: map(), filter(), take() and the rest, on the prototype of all iterators.
'use strict';

const {
  closeAfterError, closeIterator, isObject, requireCallable, step, toIntegerOrInfinity, uncurry,
} = require('internal/polyfills/abstract');

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
const GeneratorPrototype = Object.getPrototypeOf(function* () {}.prototype);
const generatorNext = uncurry(GeneratorPrototype.next);
const generatorReturn = uncurry(GeneratorPrototype.return);
const isPrototypeOf = uncurry(Object.prototype.isPrototypeOf);

function Iterator() {
  if (new.target === undefined) throw new TypeError("Constructor Iterator requires 'new'");
  if (new.target === Iterator) throw new TypeError('Abstract class Iterator not directly constructable');
}

// ---- What the methods start from -------------------------------------------------------------

function checkReceiver(value) {
  if (!isObject(value)) throw new TypeError('Iterator helper called on non-object');
}

// The argument must be a function; if not the iterator is closed.
function checkCallback(iterator, callback) {
  try {
    requireCallable(callback);
  } catch (error) {
    closeAfterError(iterator, error);
  }
}

// The argument of take() and drop().
function limitOf(iterator, limit) {
  try {
    const number = +limit;
    const integer = toIntegerOrInfinity(number);
    if (number !== number || integer < 0) throw new RangeError(`${limit} must be positive`);
    return integer;
  } catch (error) {
    return closeAfterError(iterator, error);
  }
}

// fn(...args); when it throws the iterator is closed.
function callOrClose(iterator, fn, ...args) {
  try {
    return fn(...args);
  } catch (error) {
    return closeAfterError(iterator, error);
  }
}

// GetIteratorFlattenable: { iterator, next } of an iterable, or of what is an iterator already.
function flattenable(value, allowStrings) {
  if (!isObject(value) && !(allowStrings && typeof value === 'string')) {
    throw new TypeError(`${String(value)} is not an object`);
  }
  const method = value[Symbol.iterator];
  let iterator = value;
  if (method !== undefined && method !== null) {
    requireCallable(method);
    iterator = Reflect.apply(method, value, []);
  }
  if (!isObject(iterator)) throw new TypeError(`${String(iterator)} is not an object`);
  return { iterator, next: iterator.next };
}

// ---- Helper objects --------------------------------------------------------------------------

// Puts the private field below on an object of any class.
class Stamp {
  constructor(target) {
    return target;
  }
}

class HelperState extends Stamp {
  #generator;
  #iterator;
  #started = false;

  constructor(target, generator, iterator) {
    super(target);
    this.#generator = generator;
    this.#iterator = iterator;
  }

  static next(helper) {
    if (!isObject(helper) || !(#generator in helper)) throw new TypeError('not an Iterator Helper object');
    helper.#started = true;
    return generatorNext(helper.#generator);
  }

  static return(helper) {
    if (!isObject(helper) || !(#generator in helper)) throw new TypeError('not an Iterator Helper object');
    if (!helper.#started) {
      // None of the generator runs, so it cannot close what it reads from.
      helper.#started = true;
      generatorReturn(helper.#generator);
      closeIterator(helper.#iterator);
      return { value: undefined, done: true };
    }
    return generatorReturn(helper.#generator);
  }
}

const IteratorHelperPrototype = Object.create(IteratorPrototype);

function makeHelper(iterator, run) {
  const helper = Object.create(IteratorHelperPrototype);
  void new HelperState(helper, run(iterator, iterator.next), iterator);
  return helper;
}

function defineHidden(target, members) {
  for (const key of Reflect.ownKeys(members)) {
    Object.defineProperty(target, key, { ...Reflect.getOwnPropertyDescriptor(members, key), enumerable: false });
  }
}

defineHidden(IteratorHelperPrototype, {
  next() {
    return HelperState.next(this);
  },
  return() {
    return HelperState.return(this);
  },
});
Object.defineProperty(IteratorHelperPrototype, Symbol.toStringTag, { value: 'Iterator Helper', configurable: true });

// ---- The methods -----------------------------------------------------------------------------

const methods = {
  map(mapper) {
    checkReceiver(this);
    checkCallback(this, mapper);
    return makeHelper(this, function* (iterator, next) {
      for (let index = 0; ; index++) {
        const { done, value } = step(iterator, next);
        if (done) return;
        const mapped = callOrClose(iterator, mapper, value, index);
        let left = true;
        try {
          yield mapped;
          left = false;
        } finally {
          if (left) closeIterator(iterator);
        }
      }
    });
  },

  filter(predicate) {
    checkReceiver(this);
    checkCallback(this, predicate);
    return makeHelper(this, function* (iterator, next) {
      for (let index = 0; ; index++) {
        const { done, value } = step(iterator, next);
        if (done) return;
        if (!callOrClose(iterator, predicate, value, index)) continue;
        let left = true;
        try {
          yield value;
          left = false;
        } finally {
          if (left) closeIterator(iterator);
        }
      }
    });
  },

  take(limit) {
    checkReceiver(this);
    const count = limitOf(this, limit);
    return makeHelper(this, function* (iterator, next) {
      for (let remaining = count; remaining > 0; remaining--) {
        const { done, value } = step(iterator, next);
        if (done) return;
        let left = true;
        try {
          yield value;
          left = false;
        } finally {
          if (left) closeIterator(iterator);
        }
      }
      closeIterator(iterator);
    });
  },

  drop(limit) {
    checkReceiver(this);
    const count = limitOf(this, limit);
    return makeHelper(this, function* (iterator, next) {
      for (let remaining = count; remaining > 0; remaining--) if (step(iterator, next).done) return;
      for (;;) {
        const { done, value } = step(iterator, next);
        if (done) return;
        let left = true;
        try {
          yield value;
          left = false;
        } finally {
          if (left) closeIterator(iterator);
        }
      }
    });
  },

  flatMap(mapper) {
    checkReceiver(this);
    checkCallback(this, mapper);
    return makeHelper(this, function* (iterator, next) {
      for (let index = 0; ; index++) {
        const { done, value } = step(iterator, next);
        if (done) return;
        const inner = callOrClose(iterator, () => flattenable(mapper(value, index), false));
        for (;;) {
          const part = callOrClose(iterator, step, inner.iterator, inner.next);
          if (part.done) break;
          let left = true;
          try {
            yield part.value;
            left = false;
          } finally {
            if (left) {
              callOrClose(iterator, closeIterator, inner.iterator);
              closeIterator(iterator);
            }
          }
        }
      }
    });
  },

  reduce(reducer, ...initial) {
    checkReceiver(this);
    checkCallback(this, reducer);
    const { next } = this;
    let index = 0;
    let result;
    if (initial.length > 0) {
      result = initial[0];
    } else {
      const first = step(this, next);
      if (first.done) throw new TypeError('Reduce of a done iterator with no initial value');
      result = first.value;
      index = 1;
    }
    for (; ; index++) {
      const { done, value } = step(this, next);
      if (done) return result;
      result = callOrClose(this, reducer, result, value, index);
    }
  },

  toArray() {
    checkReceiver(this);
    const { next } = this;
    const items = [];
    for (;;) {
      const { done, value } = step(this, next);
      if (done) return items;
      items[items.length] = value;
    }
  },

  forEach(fn) {
    checkReceiver(this);
    checkCallback(this, fn);
    find(this, (value, index) => { fn(value, index); });
  },

  some(predicate) {
    checkReceiver(this);
    checkCallback(this, predicate);
    return find(this, predicate) !== undefined;
  },

  every(predicate) {
    checkReceiver(this);
    checkCallback(this, predicate);
    return find(this, (value, index) => !predicate(value, index)) === undefined;
  },

  find(predicate) {
    checkReceiver(this);
    checkCallback(this, predicate);
    return find(this, predicate)?.value;
  },
};

// The first { value } for which the predicate holds; the iterator is closed then.
function find(iterator, predicate) {
  const { next } = iterator;
  for (let index = 0; ; index++) {
    const { done, value } = step(iterator, next);
    if (done) return undefined;
    if (callOrClose(iterator, predicate, value, index)) {
      closeIterator(iterator);
      return { value };
    }
  }
}

// ---- Iterator.from() -------------------------------------------------------------------------

class Wrapped extends Stamp {
  #inner;

  constructor(target, inner) {
    super(target);
    this.#inner = inner;
  }

  static innerOf(wrapper) {
    if (!isObject(wrapper) || !(#inner in wrapper)) throw new TypeError('not a wrapped iterator');
    return wrapper.#inner;
  }
}

const WrapPrototype = Object.create(IteratorPrototype);
defineHidden(WrapPrototype, {
  next() {
    const { iterator, next } = Wrapped.innerOf(this);
    return Reflect.apply(next, iterator, []);
  },
  return() {
    const { iterator } = Wrapped.innerOf(this);
    const end = iterator.return;
    return end === undefined || end === null ? { value: undefined, done: true } : Reflect.apply(end, iterator, []);
  },
});

// Property `key` of Iterator.prototype is an accessor that programs can shadow, even by assignment.
function weirdProperty(key, value) {
  const { get, set } = {
    get() {
      return value;
    },
    set(given) {
      if (!isObject(this)) throw new TypeError('Iterator.prototype setter called on non-object');
      if (this === IteratorPrototype) throw new TypeError(`Cannot assign to property of Iterator.prototype`);
      if (Reflect.getOwnPropertyDescriptor(this, key) === undefined) {
        Object.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
      } else {
        this[key] = given;
      }
    },
  };
  const name = typeof key === 'symbol' ? `[${key.description}]` : key;
  Object.defineProperty(get, 'name', { value: `get ${name}` });
  Object.defineProperty(set, 'name', { value: `set ${name}` });
  Object.defineProperty(IteratorPrototype, key, { get, set, enumerable: false, configurable: true });
}

Object.defineProperty(Iterator, 'prototype', { value: IteratorPrototype, writable: false });
defineHidden(Iterator, {
  from(value) {
    const inner = flattenable(value, true);
    if (isPrototypeOf(IteratorPrototype, inner.iterator)) return inner.iterator;
    const wrapper = Object.create(WrapPrototype);
    void new Wrapped(wrapper, inner);
    return wrapper;
  },
});
defineHidden(IteratorPrototype, methods);
weirdProperty('constructor', Iterator);
weirdProperty(Symbol.toStringTag, 'Iterator');

module.exports = { iteratorGlobal: { Iterator } };
