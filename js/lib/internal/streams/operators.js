// map, filter and the like on readables. Those that return streams are composed of async generators.
'use strict';

const {
  AbortError, codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateAbortSignal, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { finished } = require('internal/streams/end_of_stream');
const { isNodeStream, isWritable } = require('internal/streams/utils');

const kEmpty = Symbol('kEmpty');
const kEnd = Symbol('kEnd');

function checkOptions(options) {
  if (options !== undefined && options !== null) validateObject(options, 'options');
  if (options?.signal !== undefined && options?.signal !== null) validateAbortSignal(options.signal, 'options.signal');
}

function abortError(signal) {
  return new AbortError(undefined, { cause: signal.reason });
}

function throwIfAborted(options) {
  if (options?.signal?.aborted) throw abortError(options.signal);
}

// Results of fn(chunk, { signal }) in order, up to options.concurrency of them at work at once.
function mapped(stream, fn, options) {
  validateFunction(fn, 'fn');
  checkOptions(options);
  const concurrency = options?.concurrency === undefined ? 1 : Math.floor(options.concurrency);
  validateInteger(concurrency, 'concurrency', 1);

  return (async function* map() {
    const controller = new AbortController();
    const { signal } = controller;
    const outer = options?.signal;
    const onAbort = () => controller.abort();
    if (outer?.aborted) onAbort();
    outer?.addEventListener('abort', onAbort);

    // Promises of results in order, then kEnd.
    const queue = [];
    let wake;
    let wakeProducer;
    let done = false;
    const signalConsumer = () => {
      wake?.();
      wake = undefined;
    };
    const onCatch = () => { done = true; };

    async function produce() {
      try {
        for await (const chunk of stream) {
          if (done) return;
          if (signal.aborted) throw new AbortError();
          let result;
          try {
            result = fn(chunk, { signal });
          } catch (error) {
            result = Promise.reject(error);
          }
          if (result === kEmpty) continue;
          result = Promise.resolve(result);
          result.catch(onCatch);
          queue.push(result);
          signalConsumer();
          if (!done && queue.length >= concurrency) {
            await new Promise((resolve) => { wakeProducer = resolve; });
          }
        }
        queue.push(kEnd);
      } catch (error) {
        const failed = Promise.reject(error);
        failed.catch(onCatch);
        queue.push(failed);
      } finally {
        done = true;
        signalConsumer();
        outer?.removeEventListener('abort', onAbort);
      }
    }

    produce();
    try {
      for (;;) {
        while (queue.length > 0) {
          const result = await queue[0];
          if (result === kEnd) return;
          if (signal.aborted) throw new AbortError();
          if (result !== kEmpty) yield result;
          queue.shift();
          wakeProducer?.();
          wakeProducer = undefined;
        }
        await new Promise((resolve) => { wake = resolve; });
      }
    } finally {
      controller.abort();
      done = true;
      wakeProducer?.();
    }
  }).call(stream);
}

function map(fn, options) {
  return mapped(this, fn, options);
}

function filter(fn, options) {
  validateFunction(fn, 'fn');
  return mapped(this, async (chunk, context) => await fn(chunk, context) ? chunk : kEmpty, options);
}

function flatMap(fn, options) {
  const values = mapped(this, fn, options);
  return (async function* flatMap() {
    for await (const value of values) yield* value;
  })();
}

async function forEach(fn, options) {
  validateFunction(fn, 'fn');
  const each = async (chunk, context) => {
    await fn(chunk, context);
    return kEmpty;
  };
  for await (const unused of mapped(this, each, options));
}

async function some(fn, options) {
  for await (const unused of filter.call(this, fn, options)) {
    void unused;
    return true;
  }
  return false;
}

async function every(fn, options) {
  validateFunction(fn, 'fn');
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  for await (const chunk of filter.call(this, fn, options)) return chunk;
  return undefined;
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  for await (const chunk of this) {
    throwIfAborted(options);
    result.push(chunk);
  }
  return result;
}

async function reduce(reducer, initial, options) {
  validateFunction(reducer, 'reducer');
  checkOptions(options);
  let hasInitial = arguments.length > 1;
  if (options?.signal?.aborted) {
    const error = abortError(options.signal);
    // Nobody else will hear of the stream's own error.
    this.once('error', () => {});
    await finished(this.destroy(error)).catch(() => {});
    throw error;
  }
  const controller = new AbortController();
  const { signal } = controller;
  options?.signal?.addEventListener('abort', () => controller.abort(), { once: true });
  let gotOne = false;
  try {
    for await (const value of this) {
      gotOne = true;
      throwIfAborted(options);
      if (!hasInitial) {
        initial = value;
        hasInitial = true;
      } else {
        initial = await reducer(initial, value, { signal });
      }
    }
  } finally {
    controller.abort();
  }
  if (!gotOne && !hasInitial) {
    const error = new ERR_MISSING_ARGS('reduce');
    error.message = 'Reduce of an empty stream requires an initial value';
    throw error;
  }
  return initial;
}

function asIndexedPairs(options) {
  checkOptions(options);
  const stream = this;
  return (async function* asIndexedPairs() {
    let index = 0;
    for await (const value of stream) {
      throwIfAborted(options);
      yield [index++, value];
    }
  })();
}

function checkedCount(count) {
  count = Number(count);
  if (Number.isNaN(count)) return 0;
  if (count < 0) throw new ERR_OUT_OF_RANGE('number', '>= 0', count);
  return count;
}

function drop(count, options) {
  checkOptions(options);
  count = checkedCount(count);
  const stream = this;
  return (async function* drop() {
    throwIfAborted(options);
    for await (const value of stream) {
      throwIfAborted(options);
      if (count-- <= 0) yield value;
    }
  })();
}

function take(count, options) {
  checkOptions(options);
  count = checkedCount(count);
  const stream = this;
  return (async function* take() {
    throwIfAborted(options);
    if (count <= 0) return;
    for await (const value of stream) {
      throwIfAborted(options);
      yield value;
      if (--count <= 0) return;
    }
  })();
}

function compose(step, options) {
  checkOptions(options);
  if (isNodeStream(step) && !isWritable(step)) {
    throw new ERR_INVALID_ARG_VALUE('stream', step, 'must be writable');
  }
  const composed = require('internal/streams/compose').compose(this, step);
  if (options?.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, composed);
  return composed;
}

module.exports = {
  returningStreams: { asIndexedPairs, drop, filter, flatMap, map, take, compose },
  returningPromises: { every, forEach, reduce, toArray, some, find },
};
