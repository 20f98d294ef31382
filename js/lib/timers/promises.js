// Timers as promises.
'use strict';

const { Immediate, Timeout, clearImmediate, clearTimeout } = require('internal/timers');
const { AbortError, codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_THIS } } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateObject } = require('internal/validators');
const { kEmptyObject } = require('internal/util');

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

function checkOptions(options) {
  validateObject(options, 'options');
  const { signal, ref = true } = options;
  validateAbortSignal(signal, 'options.signal');
  validateBoolean(ref, 'options.ref');
  return { signal, ref };
}

// Promise of `value`, kept by begin(resolve), which returns the function that gives up.
function wait(value, options, begin) {
  let signal;
  let ref;
  try {
    ({ signal, ref } = checkOptions(options));
  } catch (error) {
    return Promise.reject(error);
  }
  if (signal?.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    let onAbort;
    const stop = begin(() => {
      if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
      resolve(value);
    }, ref);
    if (signal) {
      onAbort = () => {
        stop();
        reject(abortError(signal));
      };
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
}

function setTimeout(delay, value, options = kEmptyObject) {
  return wait(value, options, (resolve, ref) => {
    const timer = new Timeout(resolve, delay, undefined, false, ref);
    return () => clearTimeout(timer);
  });
}

function setImmediate(value, options = kEmptyObject) {
  return wait(value, options, (resolve, ref) => {
    const immediate = new Immediate(resolve, undefined);
    if (!ref) immediate.unref();
    return () => clearImmediate(immediate);
  });
}

// Async iterator that yields `value` every `delay` ms; ticks that nobody waited for are made up for.
async function* setInterval(delay, value, options = kEmptyObject) {
  const { signal, ref } = checkOptions(options);
  if (signal?.aborted) throw abortError(signal);
  let missed = 0;
  let wake;
  const timer = new Timeout(() => {
    missed++;
    wake?.();
  }, delay, undefined, true, ref);
  const onAbort = () => {
    clearTimeout(timer);
    wake?.();
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      if (missed === 0) {
        await new Promise((resolve) => { wake = resolve; });
        wake = undefined;
      }
      for (; missed > 0; missed--) yield value;
    }
    throw abortError(signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

class Scheduler {
  constructor() {
    throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  yield() {
    if (!(this instanceof Scheduler)) throw new ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  wait(delay, options) {
    if (!(this instanceof Scheduler)) throw new ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, { signal: options?.signal });
  }
}

module.exports = { setTimeout, setImmediate, setInterval, scheduler: Object.create(Scheduler.prototype) };
