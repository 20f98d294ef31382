// ReadableStreamDefaultReader and ReadableStreamBYOBReader.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { PromiseRequest, ReaderState } = require('internal/webstreams/readable_state');
const { isDetached, viewInfo } = require('internal/webstreams/buffers');
const { finishClass, invalidState, invalidThis, kCreate, rejectPromise } = require('internal/webstreams/util');

// The state of a ReadableStream; set by internal/webstreams/readable, which makes the class.
const shared = { streamStateOf: undefined };

function checkedStream(stream) {
  const state = shared.streamStateOf(stream);
  if (state === undefined) throw new ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  return state;
}

function released(what) {
  return rejectPromise(invalidState(`The reader is not attached to a stream: ${what}`));
}

class ReadableStreamDefaultReader {
  #state;

  // Inside the library a stream's state comes instead, after kCreate.
  constructor(stream, state = undefined) {
    this.#state = new ReaderState(this, stream === kCreate ? state : checkedStream(stream), false);
  }

  static {
    shared.defaultReaderStateOf = (reader) => reader.#state;
  }

  get closed() {
    if (!(#state in this)) return rejectPromise(invalidThis('ReadableStreamDefaultReader'));
    return this.#state.closed.promise;
  }

  cancel(reason = undefined) {
    if (!(#state in this)) return rejectPromise(invalidThis('ReadableStreamDefaultReader'));
    if (this.#state.stream === undefined) return released('cancel()');
    return this.#state.cancel(reason);
  }

  read() {
    if (!(#state in this)) return rejectPromise(invalidThis('ReadableStreamDefaultReader'));
    if (this.#state.stream === undefined) return released('read()');
    const request = new PromiseRequest();
    this.#state.read(request);
    return request.promise;
  }

  releaseLock() {
    if (!(#state in this)) throw invalidThis('ReadableStreamDefaultReader');
    this.#state.release();
  }
}

// How many elements read(view, { min }) must deliver.
function minimumOf(view, options) {
  const value = options?.min;
  if (value === undefined) return 1;
  const min = Math.trunc(+value);
  if (Number.isNaN(min) || min <= 0) throw new ERR_INVALID_ARG_VALUE('options.min', value, 'must be above 0');
  const limit = viewInfo(view).type === DataView ? view.byteLength : view.length;
  if (min > limit) throw new ERR_INVALID_ARG_VALUE.RangeError('options.min', value, `must be at most ${limit}`);
  return min;
}

class ReadableStreamBYOBReader {
  #state;

  constructor(stream, state = undefined) {
    if (stream !== kCreate) state = checkedStream(stream);
    if (state.controller.pullInto === undefined) {
      throw new ERR_INVALID_ARG_VALUE('stream', state.object, 'must be a byte stream');
    }
    this.#state = new ReaderState(this, state, true);
  }

  static {
    shared.byobReaderStateOf = (reader) => reader.#state;
  }

  get closed() {
    if (!(#state in this)) return rejectPromise(invalidThis('ReadableStreamBYOBReader'));
    return this.#state.closed.promise;
  }

  cancel(reason = undefined) {
    if (!(#state in this)) return rejectPromise(invalidThis('ReadableStreamBYOBReader'));
    if (this.#state.stream === undefined) return released('cancel()');
    return this.#state.cancel(reason);
  }

  // Takes the view's memory; it comes back in the result.
  async read(view, options = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStreamBYOBReader');
    if (!ArrayBuffer.isView(view)) throw new ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    if (isDetached(view.buffer) || view.buffer.byteLength === 0) {
      throw invalidState('Viewed ArrayBuffer is zero-length or detached');
    }
    if (view.byteLength === 0) throw invalidState('View is zero-length');
    const min = minimumOf(view, options);
    if (this.#state.stream === undefined) return released('read()');
    const request = new PromiseRequest();
    readInto(this.#state, view, min, request);
    return request.promise;
  }

  releaseLock() {
    if (!(#state in this)) throw invalidThis('ReadableStreamBYOBReader');
    this.#state.release();
  }
}

// For BYOB readers: request.close(view) gets undefined when the stream was cancelled.
function readInto(reader, view, min, request) {
  const { stream } = reader;
  stream.disturbed = true;
  if (stream.state === 'errored') request.error(stream.storedError);
  else stream.controller.pullInto(view, min, request);
}

for (const type of [ReadableStreamDefaultReader, ReadableStreamBYOBReader]) {
  finishClass(type, ['cancel', 'closed', 'read', 'releaseLock'], ({ closed }) => ({ close: closed }));
}

module.exports = { ReadableStreamBYOBReader, ReadableStreamDefaultReader, readInto, shared };
