// The timers module: setTimeout and its relatives; counting down is internal/timers.js's.
'use strict';

const {
  Immediate, Timeout, active, clearImmediate, clearTimeout, getTimerDuration, unenroll, unrefActive,
} = require('internal/timers');
const { validateFunction } = require('internal/validators');
const { deprecate, promisify } = require('internal/util');

// The arguments of a call from the third on, undefined when there are none.
function extraArguments(args, from) {
  if (args.length <= from) return undefined;
  const extra = new Array(args.length - from);
  for (let i = from; i < args.length; i++) extra[i - from] = args[i];
  return extra;
}

function setTimeout(callback, delay) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, delay, extraArguments(arguments, 2), false, true);
}

function setInterval(callback, delay) {
  validateFunction(callback, 'callback');
  return new Timeout(callback, delay, extraArguments(arguments, 2), true, true);
}

function clearInterval(timer) {
  clearTimeout(timer);
}

function setImmediate(callback) {
  validateFunction(callback, 'callback');
  return new Immediate(callback, extraArguments(arguments, 1));
}

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(fn, promisify.custom, {
    enumerable: true,
    configurable: true,
    get: () => require('timers/promises')[name],
  });
}

module.exports = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };

Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('timers/promises'),
});

// ---- Names from 0.3.1: idle timeouts of any object that has an _onTimeout method -----------------------

function enroll(item, delay) {
  delay = getTimerDuration(delay, 'msecs');
  if (item._idleNext) unenroll(item);
  item._idleNext = null;
  item._idlePrev = null;
  item._idleTimeout = delay;
}

const advice = 'Please use setTimeout instead.';
module.exports.enroll = deprecate(enroll, `timers.enroll() is deprecated. ${advice}`, 'DEP0095');
module.exports.unenroll = deprecate((item) => {
  item._destroyed = false;
  unenroll(item);
}, 'timers.unenroll() is deprecated. Please use clearTimeout instead.', 'DEP0096');
module.exports.active = deprecate(active,
  'timers.active() is deprecated. Please use timeout.refresh() instead.', 'DEP0126');
module.exports._unrefActive = deprecate(unrefActive,
  'timers._unrefActive() is deprecated. Please use timeout.refresh() instead.', 'DEP0127');
