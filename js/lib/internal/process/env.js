// process.env: an ordinary object to look at, whose writes reach the process's environment.
'use strict';

const binding = internalBinding('process');

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

// Names with '=' or NUL inside cannot exist in an environment; they are kept in the object only.
function write(name, value) {
  if (name !== '' && !name.includes('=') && !name.includes('\0')) binding.setEnvironment(name, value);
}

const handlers = {
  set(target, name, value) {
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    const text = toText(value);
    write(name, text);
    target[name] = text;
    return true;
  },
  defineProperty(target, name, descriptor) {
    if (typeof name === 'symbol' || !('value' in descriptor)) {
      const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
      throw new ERR_INVALID_ARG_VALUE('descriptor', descriptor,
                                      'process.env only accepts a configurable, writable, and enumerable data descriptor');
    }
    const text = toText(descriptor.value);
    write(name, text);
    return Reflect.defineProperty(target, name,
                                  { value: text, writable: true, enumerable: true, configurable: true });
  },
  deleteProperty(target, name) {
    if (typeof name === 'string' && name !== '' && !name.includes('=')) binding.unsetEnvironment(name);
    delete target[name];
    return true;
  },
};

function makeEnv() {
  const flat = binding.environment();
  const target = {};
  for (let i = 0; i < flat.length; i += 2) target[flat[i]] = flat[i + 1];
  return new Proxy(target, handlers);
}

module.exports = { makeEnv };
