// Errors that leave a worker: a structured clone keeps neither the class nor properties such as `code`.
'use strict';

const classes = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

// The first of the error's classes that everybody has.
function classOf(error) {
  for (let p = Object.getPrototypeOf(error); p !== null; p = Object.getPrototypeOf(p)) {
    const name = Object.keys(classes).find((key) => classes[key].prototype === p);
    if (name !== undefined) return name;
  }
  return 'Error';
}

function isCloneable(value) {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

// What can be cloned: { error: [class, properties] }, { value }, or { text }.
function pack(thrown) {
  try {
    if (thrown instanceof Error) {
      const properties = [];
      for (const key of new Set([...Object.getOwnPropertyNames(thrown), 'name', 'message', 'stack'])) {
        try {
          const value = thrown[key];
          const { enumerable = false } = Object.getOwnPropertyDescriptor(thrown, key) ?? {};
          if (isCloneable(value)) properties.push([key, value, enumerable]);
        } catch {
          // A getter of the program's own, or its Error.prepareStackTrace.
        }
      }
      return { error: [classOf(thrown), properties] };
    }
    if (isCloneable(thrown)) return { value: thrown };
  } catch {
    // Getters of the program's own may throw.
  }
  return { text: require('util').inspect(thrown) };
}

function unpack({ error, value, text }) {
  if (text !== undefined) return text;
  if (error === undefined) return value;
  const [name, properties] = error;
  const made = new classes[name]();
  Object.defineProperty(made, 'stack', { value: undefined, writable: true, configurable: true });
  for (const [key, item, enumerable] of properties) {
    if (key === 'name' && item === name) continue;
    Object.defineProperty(made, key, { value: item, enumerable, writable: true, configurable: true });
  }
  return made;
}

module.exports = { pack, unpack };
