// pipeline(): streams, iterables and functions in a row; all of them end together.
'use strict';

const {
  aggregateTwoErrors, AbortError,
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS, ERR_STREAM_DESTROYED,
    ERR_STREAM_PREMATURE_CLOSE,
  },
} = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { once } = require('internal/util');
const { destroyer } = require('internal/streams/destroy');
const { eos } = require('internal/streams/end_of_stream');
const { Readable } = require('internal/streams/readable');
const { PassThrough } = require('internal/streams/transform');
const {
  isIterable, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream, isTransformWebStream,
  isWebStream,
} = require('internal/streams/utils');

// Watches one stream of the row. Returns { destroy, cleanUp }.
function watch(stream, reading, writing) {
  let finished = false;
  stream.on('close', () => { finished = true; });
  const cleanUp = eos(stream, { readable: reading, writable: writing }, (error) => { finished = !error; });
  return {
    cleanUp,
    destroy(error) {
      if (finished) return;
      finished = true;
      destroyer(stream, error || new ERR_STREAM_DESTROYED('pipe'));
    },
  };
}

// Touches the stream only when somebody wants a value of it.
async function* fromReadable(stream) {
  yield* Readable.prototype[Symbol.asyncIterator].call(stream);
}

// An iterable out of what a step has given.
function makeIterable(value) {
  if (isTransformWebStream(value)) return value.readable;
  if (isIterable(value)) return value;
  if (isReadableNodeStream(value)) return fromReadable(value);
  throw new ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

// Writes all of `iterable` into a stream, with back-pressure.
async function pumpToStream(iterable, writable, callback, ends) {
  let error;
  let wake = null;
  const resume = (failure) => {
    if (failure) error = failure;
    if (wake) {
      const go = wake;
      wake = null;
      go();
    }
  };
  const drained = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
      return;
    }
    wake = () => {
      if (error) reject(error);
      else resolve();
    };
  });
  writable.on('drain', resume);
  const stop = eos(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await drained();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await drained();
    }
    if (ends) {
      writable.end();
      await drained();
    }
    callback();
  } catch (failure) {
    callback(error !== failure ? aggregateTwoErrors(error, failure) : failure);
  } finally {
    stop();
    writable.off('drain', resume);
  }
}

// Writes all of `iterable` into a web stream; a transform is written to at its writable side.
async function pumpToWebStream(iterable, stream, callback, ends) {
  const writer = (isTransformWebStream(stream) ? stream.writable : stream).getWriter();
  try {
    for await (const chunk of iterable) {
      await writer.ready;
      // A failure shows in `ready` and close().
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (ends) await writer.close();
    callback();
  } catch (error) {
    try {
      await writer.abort(error);
      callback(error);
    } catch (failure) {
      callback(failure);
    }
  }
}

// One state for a run of the row.
class Pipeline {
  constructor(steps, callback, options) {
    this.steps = steps;
    this.callback = callback;
    this.ends = options?.end !== false;
    this.outer = options?.signal;
    this.controller = new AbortController();
    this.error = undefined;
    this.value = undefined;
    this.destroys = [];
    this.finishCount = 0;
    this.lastStreamCleanUps = [];
    this.onAbort = () => this.finishAll(new AbortError());
    validateAbortSignal(this.outer, 'options.signal');
    this.outer?.addEventListener('abort', this.onAbort);
  }

  // One of the parts is through.
  finish(error) {
    this.finishAll(error, --this.finishCount === 0);
  }

  finishAll(error, final) {
    if (error && (!this.error || this.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) this.error = error;
    if (!this.error && !final) return;
    while (this.destroys.length > 0) this.destroys.shift()(this.error);
    this.outer?.removeEventListener('abort', this.onAbort);
    this.controller.abort();
    if (!final) return;
    if (!this.error) for (const cleanUp of this.lastStreamCleanUps) cleanUp();
    process.nextTick(this.callback, this.error, this.value);
  }

  run() {
    const { steps } = this;
    let result;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      const isFirst = i === 0;
      const isLast = i === steps.length - 1;
      const reading = !isLast;
      const ends = reading || this.ends;

      if (isNodeStream(step)) this.watchStream(step, reading, !isFirst, ends, isLast);
      if (isFirst) result = this.firstStep(step);
      else if (typeof step === 'function') result = this.callStep(step, result, isLast);
      else result = this.streamStep(step, result, ends);
    }
    if (this.outer?.aborted) process.nextTick(this.onAbort);
    return result;
  }

  watchStream(stream, reading, writing, ends, isLast) {
    if (ends) {
      const { destroy, cleanUp } = watch(stream, reading, writing);
      this.destroys.push(destroy);
      if (isReadable(stream) && isLast) this.lastStreamCleanUps.push(cleanUp);
    }
    // What a stream says after the pipeline is over must not crash the program.
    const onError = (error) => {
      if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') this.finish(error);
    };
    stream.on('error', onError);
    if (isReadable(stream) && isLast) {
      this.lastStreamCleanUps.push(() => stream.removeListener('error', onError));
    }
  }

  firstStep(step) {
    if (typeof step === 'function') {
      const result = step({ signal: this.controller.signal });
      if (!isIterable(result) && !isReadableNodeStream(result) && !isTransformWebStream(result)) {
        throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', result);
      }
      return result;
    }
    if (isIterable(step) || isReadableNodeStream(step) || isTransformWebStream(step)) return step;
    return require('internal/streams/duplexify').duplexify(step, 'source');
  }

  callStep(step, input, isLast) {
    const result = step(makeIterable(input), { signal: this.controller.signal });
    if (!isLast) {
      if (!isIterable(result, true) && !isTransformWebStream(result)) {
        throw new ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${this.steps.indexOf(step) - 1}]`, result);
      }
      return result;
    }
    // The caller of pipeline() gets a stream, whatever the last function returns.
    const output = new PassThrough({ objectMode: true });
    const then = result?.then;
    if (typeof then === 'function') {
      this.finishCount++;
      Reflect.apply(then, result, [(value) => {
        this.value = value;
        if (value !== undefined && value !== null) output.write(value);
        if (this.ends) output.end();
        process.nextTick(() => this.finish());
      }, (error) => {
        output.destroy(error);
        process.nextTick(() => this.finish(error));
      }]);
    } else if (isIterable(result, true)) {
      this.finishCount++;
      pumpToStream(result, output, (error) => this.finish(error), this.ends);
    } else {
      throw new ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
    }
    const { destroy, cleanUp } = watch(output, false, true);
    this.destroys.push(destroy);
    this.lastStreamCleanUps.push(cleanUp);
    return output;
  }

  streamStep(stream, input, ends) {
    if (isWebStream(stream)) {
      this.finishCount++;
      pumpToWebStream(makeIterable(input), stream, (error) => this.finish(error), ends);
      return stream;
    }
    if (!isNodeStream(stream)) return require('internal/streams/duplexify').duplexify(stream, 'body');
    if (isReadableNodeStream(input)) {
      this.finishCount += 2;
      const cleanUp = pipe(input, stream, (error) => this.finish(error), ends);
      if (isReadable(stream) && stream === this.steps[this.steps.length - 1]) this.lastStreamCleanUps.push(cleanUp);
    } else {
      this.finishCount++;
      pumpToStream(makeIterable(input), stream, (error) => this.finish(error), ends);
    }
    return stream;
  }
}

// source.pipe(dest); `callback` is called for each of the two when it is through.
function pipe(source, dest, callback, ends) {
  let ended = false;
  dest.on('close', () => {
    if (!ended) callback(new ERR_STREAM_PREMATURE_CLOSE());
  });
  // end() is ours to call, only when the source has ended well.
  source.pipe(dest, { end: false });
  if (ends) {
    const onEnd = () => {
      ended = true;
      dest.end();
    };
    if (isReadableFinished(source)) process.nextTick(onEnd);
    else source.once('end', onEnd);
  } else {
    callback();
  }
  eos(source, { readable: true, writable: false }, (error) => {
    const state = source._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && state?.ended && !state.errored && !state.errorEmitted) {
      // It closes before it has told all: 'end' will still come from what it has buffered.
      source.once('end', callback).once('error', callback);
    } else {
      callback(error);
    }
  });
  return eos(dest, { readable: false, writable: true }, callback);
}

function pipelineOf(steps, callback, options) {
  if (steps.length === 1 && Array.isArray(steps[0])) steps = steps[0];
  if (steps.length < 2) throw new ERR_MISSING_ARGS('streams');
  return new Pipeline(steps, callback, options).run();
}

function pipeline(...steps) {
  validateFunction(steps[steps.length - 1], 'streams[stream.length - 1]');
  return pipelineOf(steps, once(steps.pop()));
}

// Promise form; an object after the steps is { signal, end }.
function pipelinePromise(...steps) {
  return new Promise((resolve, reject) => {
    let options;
    const last = steps[steps.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) && !isWebStream(last)) {
      options = steps.pop();
      validateAbortSignal(options.signal, 'options.signal');
    }
    pipelineOf(steps, once((error, value) => {
      if (error) reject(error);
      else resolve(value);
    }), options);
  });
}

module.exports = { pipeline, pipelineOf, pipelinePromise };
