// ReadableStream (https://streams.spec.whatwg.org/#rs-class).
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { PromiseRequest, ReadableState, ReaderState } = require('internal/webstreams/readable_state');
const {
  ReadableStreamBYOBReader, ReadableStreamDefaultReader, shared,
} = require('internal/webstreams/readable_readers');
const defaults = require('internal/webstreams/readable_default');
const bytes = require('internal/webstreams/readable_byte');
const {
  callbackOf, finishClass, invalidState, invalidThis, kCreate, react, readStrategy, rejectPromise, resolvePromise,
  sizeAlgorithmOf, validateDictionary,
} = require('internal/webstreams/util');

// A source that the program made, read in the order that the standard gives.
function readSource(source) {
  const size = source.autoAllocateChunkSize;
  let autoAllocateChunkSize;
  if (size !== undefined) {
    autoAllocateChunkSize = Math.trunc(+size);
    if (!(autoAllocateChunkSize >= 0 && autoAllocateChunkSize <= Number.MAX_SAFE_INTEGER)) {
      throw new ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', size);
    }
  }
  const cancel = callbackOf(source, 'cancel', 'source');
  const pull = callbackOf(source, 'pull', 'source');
  const start = callbackOf(source, 'start', 'source');
  const type = source.type === undefined ? undefined : `${source.type}`;
  if (type !== undefined && type !== 'bytes') throw new ERR_INVALID_ARG_VALUE('source.type', type);
  return { autoAllocateChunkSize, cancel, pull, start, type };
}

// { preventAbort, preventCancel, preventClose, signal } of pipeTo() and pipeThrough().
function pipeOptions(options) {
  validateDictionary(options, 'options');
  const preventAbort = Boolean(options?.preventAbort);
  const preventCancel = Boolean(options?.preventCancel);
  const preventClose = Boolean(options?.preventClose);
  const signal = options?.signal;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  return { preventAbort, preventCancel, preventClose, signal };
}

function writableStateOf(value) {
  return require('internal/webstreams/writable').stateOf(value);
}

let stateOf;

class ReadableStream {
  #state;

  constructor(source = {}, strategy = undefined) {
    // Inside the library: setUp(state) makes the controller.
    if (source === kCreate) {
      this.#state = new ReadableState(this);
      strategy(this.#state);
      return;
    }
    if (source === null || (typeof source !== 'object' && typeof source !== 'function')) {
      throw new ERR_INVALID_ARG_VALUE('source', source, 'must be an object');
    }
    const queuing = readStrategy(strategy);
    const callbacks = readSource(source);
    this.#state = new ReadableState(this);
    if (callbacks.type === 'bytes') {
      if (queuing.size !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('strategy.size', queuing.size);
      bytes.setUpFromSource(this.#state, source, callbacks, queuing.markOr(0));
    } else {
      defaults.setUpFromSource(this.#state, source, callbacks, sizeAlgorithmOf(queuing), queuing.markOr(1));
    }
  }

  static {
    stateOf = (value) =>
      (value !== null && typeof value === 'object' && #state in value ? value.#state : undefined);
    shared.streamStateOf = stateOf;
  }

  // A stream of what an iterable yields.
  static from(iterable) {
    return require('internal/webstreams/readable_from').streamFromIterable(iterable);
  }

  get locked() {
    if (!(#state in this)) throw invalidThis('ReadableStream');
    return this.#state.locked;
  }

  cancel(reason = undefined) {
    if (!(#state in this)) return rejectPromise(invalidThis('ReadableStream'));
    if (this.#state.locked) return rejectPromise(invalidState('ReadableStream is locked'));
    return this.#state.cancel(reason);
  }

  getReader(options = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStream');
    validateDictionary(options, 'options');
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStream');
    const readable = transform?.readable;
    if (stateOf(readable) === undefined) {
      throw new ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    const writable = writableStateOf(transform.writable);
    if (writable === undefined) {
      throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', transform.writable);
    }
    const checked = pipeOptions(options);
    if (this.#state.locked) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    // Its failures show in the readable side.
    react(require('internal/webstreams/pipe').pipeTo(this.#state, writable, checked), undefined, () => {});
    return readable;
  }

  async pipeTo(destination, options = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStream');
    const writable = writableStateOf(destination);
    if (writable === undefined) throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
    const checked = pipeOptions(options);
    if (this.#state.locked) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    return require('internal/webstreams/pipe').pipeTo(this.#state, writable, checked);
  }

  tee() {
    if (!(#state in this)) throw invalidThis('ReadableStream');
    const { teeBytes, teeChunks } = require('internal/webstreams/tee');
    const split = this.#state.controller.pullInto === undefined ? teeChunks : teeBytes;
    return split(this.#state);
  }

  values(options = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStream');
    validateDictionary(options, 'options');
    const preventCancel = Boolean(options?.preventCancel);
    return makeIterator(new ReaderState(undefined, this.#state, false), preventCancel);
  }

  // What the functions of `stream` ask of every kind of stream.
  get [Symbol.for('nodejs.stream.disturbed')]() {
    return this.#state.disturbed;
  }

  get [Symbol.for('nodejs.stream.errored')]() {
    return this.#state.state === 'errored';
  }

  get [Symbol.for('nodejs.stream.readable')]() {
    return this.#state.state === 'readable';
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  value: ReadableStream.prototype.values, writable: true, enumerable: false, configurable: true,
});
Object.defineProperty(ReadableStream, 'from', { enumerable: true });
Object.defineProperty(ReadableStream, 'length', { value: 0 });
finishClass(ReadableStream, ['cancel', 'getReader', 'locked', 'pipeThrough', 'pipeTo', 'tee', 'values'], (stream) => {
  const { locked, state, controller } = stateOf(stream);
  return { locked, state, supportsBYOB: controller.pullInto !== undefined };
});

// ---- Iteration -------------------------------------------------------------------------------

const iteratorStates = new WeakMap();

const IteratorPrototype = {
  __proto__: Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype),

  next() {
    const state = iteratorStates.get(this);
    if (state === undefined) return rejectPromise(invalidThis('ReadableStreamAsyncIterator'));
    return inTurn(state, () => readNext(state));
  },

  return(value) {
    const state = iteratorStates.get(this);
    if (state === undefined) return rejectPromise(invalidThis('ReadableStreamAsyncIterator'));
    return react(inTurn(state, () => leave(state, value)), () => ({ done: true, value }));
  },
};

function makeIterator(reader, preventCancel) {
  const iterator = Object.create(IteratorPrototype);
  iteratorStates.set(iterator, { reader, preventCancel, finished: false, ongoing: undefined });
  return iterator;
}

// Calls come one after the other, whatever happened to those before.
function inTurn(state, step) {
  state.ongoing = state.ongoing === undefined ? step() : react(state.ongoing, step, step);
  return state.ongoing;
}

function readNext(state) {
  if (state.finished) return resolvePromise({ done: true, value: undefined });
  const { reader } = state;
  const request = new PromiseRequest();
  reader.read({
    chunk: (value) => request.chunk(value),
    close() {
      state.finished = true;
      reader.release();
      request.close(undefined);
    },
    error(reason) {
      state.finished = true;
      reader.release();
      request.error(reason);
    },
  });
  // One turn later than the read: the standard's order of events.
  return react(request.promise, (result) => result);
}

function leave(state, value) {
  if (state.finished) return resolvePromise();
  state.finished = true;
  const { reader } = state;
  if (state.preventCancel) {
    reader.release();
    return resolvePromise();
  }
  const cancelled = reader.cancel(value);
  reader.release();
  return cancelled;
}

// ---- For the library -------------------------------------------------------------------------

// A stream whose controller works for the library: { start, pull, cancel } promise, and no program sees them.
function createReadable(algorithms) {
  return new ReadableStream(kCreate, (state) => new defaults.DefaultControllerState(state, {
    __proto__: null, start: undefined, size: () => 1, highWaterMark: 1, ...algorithms,
  }));
}

function createReadableBytes(algorithms) {
  return new ReadableStream(kCreate, (state) => new bytes.ByteControllerState(state, {
    __proto__: null, start: undefined, autoAllocateChunkSize: undefined, highWaterMark: 0, ...algorithms,
  }));
}

module.exports = { ReadableStream, createReadable, createReadableBytes, stateOf };
