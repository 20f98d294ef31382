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

let warned = false;
function warnOfOddValue(value) {
  if (warned || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return;
  if (!require('internal/options').getOption('--pending-deprecation')) return;
  warned = true;
  process.emitWarning('Assigning any value other than a string, number, or boolean to a process.env property is deprecated. Please make ' +
    'sure to convert the value to a string before setting process.env with it.', 'DeprecationWarning', 'DEP0104');
}

const handlers = {
  set(target, name, value) {
    if (typeof name === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
    warnOfOddValue(value);
    const text = toText(value);
    if (name === '') return true;
    write(name, text);
    target[name] = text;
    return true;
  },
  defineProperty(target, name, descriptor) {
    const { codes: { ERR_INVALID_OBJECT_DEFINE_PROPERTY } } = require('internal/errors');
    if ('get' in descriptor || 'set' in descriptor) {
      throw new ERR_INVALID_OBJECT_DEFINE_PROPERTY("'process.env' does not accept an accessor(getter/setter) descriptor");
    }
    if (!descriptor.configurable || !descriptor.writable || !descriptor.enumerable) {
      throw new ERR_INVALID_OBJECT_DEFINE_PROPERTY(
        "'process.env' only accepts a configurable, writable, and enumerable data descriptor");
    }
    if (name === '') return true;
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
