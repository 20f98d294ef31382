// ReadableStream.from(): a stream of what an iterable or async iterable yields.
'use strict';

const { codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_STATE } } = require('internal/errors');
const { createReadable, stateOf } = require('internal/webstreams/readable');
const { promiseCall, react, rejectPromise, resolvePromise } = require('internal/webstreams/util');

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function streamFromIterable(iterable) {
  const asyncMethod = iterable?.[Symbol.asyncIterator];
  const isAsync = asyncMethod !== undefined && asyncMethod !== null;
  const method = isAsync ? asyncMethod : iterable?.[Symbol.iterator];
  if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE('value');
  const iterator = Reflect.apply(method, iterable, []);
  if (!isObject(iterator)) throw new ERR_INVALID_STATE.TypeError('The iterator method must return an object');
  const { next } = iterator;
  // Values of a plain iterator may be promises.
  const settle = (result) => {
    if (!isObject(result)) throw new ERR_INVALID_STATE.TypeError('The iterator result must be an object');
    if (isAsync || result.done) return { done: result.done, value: result.done ? undefined : result.value };
    return react(resolvePromise(result.value), (value) => ({ done: false, value }));
  };
  const stream = createReadable({
    highWaterMark: 0,
    pull() {
      return react(react(promiseCall(next, iterator, []), settle), ({ done, value }) => {
        const { controller } = stateOf(stream);
        if (done) controller.close();
        else controller.enqueue(value);
      });
    },
    cancel(reason) {
      let end;
      try {
        end = iterator.return;
      } catch (error) {
        return rejectPromise(error);
      }
      if (end === undefined || end === null) return resolvePromise();
      return react(promiseCall(end, iterator, [reason]), (result) => {
        if (!isObject(result)) throw new ERR_INVALID_STATE.TypeError('return() must give an object');
      });
    },
  });
  return stream;
}

module.exports = { streamFromIterable };
