// node:test: tests that a program describes, run and reported as TAP.
'use strict';

const { Suite, Test, addHook, hookNames, place } = require('internal/test_runner/test');

// A function that adds tests of a class, with the short forms for options on it.
function makeAdder(Class, defaultName) {
  const add = { [defaultName](name, options, fn) { return place().add(Class, name, options, fn); } }[defaultName];
  for (const option of ['skip', 'todo', 'only']) {
    add[option] = (name, options, fn) => place().add(Class, name, options, fn, { [option]: true });
  }
  return add;
}

const test = makeAdder(Test, 'test');
module.exports = test;
module.exports.test = test;
module.exports.it = makeAdder(Test, 'it');
module.exports.describe = makeAdder(Suite, 'describe');
module.exports.suite = module.exports.describe;

for (const name of hookNames) module.exports[name] = (fn, options) => addHook(place(), name, fn, options);

let mock;
Object.defineProperty(module.exports, 'mock', {
  configurable: true,
  enumerable: true,
  get() {
    const { MockTracker } = require('internal/test_runner/mock');
    mock ??= new MockTracker();
    return mock;
  },
});
