// WritableStream, WritableStreamDefaultWriter and WritableStreamDefaultController
// (https://streams.spec.whatwg.org/#ws-class).
'use strict';

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { WritableControllerState, WritableState, WriterState } = require('internal/webstreams/writable_state');
const {
  algorithmOf, callbackOf, finishClass, invalidState, invalidThis, kCreate, readStrategy, rejectPromise,
  sizeAlgorithmOf,
} = require('internal/webstreams/util');

const makeController = (state) => new WritableStreamDefaultController(kCreate, state);

function setUpFromSink(stream, sink, { start, write, close, abort }, queuing) {
  const size = sizeAlgorithmOf(queuing);
  return new WritableControllerState(stream, {
    start: start === undefined ? undefined : (controller) => Reflect.apply(start, sink, [controller]),
    write: algorithmOf(write, sink),
    close: algorithmOf(close, sink),
    abort: algorithmOf(abort, sink),
    size,
    highWaterMark: queuing.markOr(1),
  }, makeController);
}

let stateOf;
let writerStateOf;

class WritableStream {
  #state;

  constructor(sink = {}, strategy = undefined) {
    // Inside the library: setUp(state) makes the controller.
    if (sink === kCreate) {
      this.#state = new WritableState(this);
      strategy(this.#state);
      return;
    }
    if (sink === null || (typeof sink !== 'object' && typeof sink !== 'function')) {
      throw new ERR_INVALID_ARG_VALUE('sink', sink, 'must be an object');
    }
    const queuing = readStrategy(strategy);
    const abort = callbackOf(sink, 'abort', 'sink');
    const close = callbackOf(sink, 'close', 'sink');
    const start = callbackOf(sink, 'start', 'sink');
    const { type } = sink;
    const write = callbackOf(sink, 'write', 'sink');
    if (type !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('type', type);
    this.#state = new WritableState(this);
    setUpFromSink(this.#state, sink, { abort, close, start, write }, queuing);
  }

  static {
    stateOf = (value) =>
      (value !== null && typeof value === 'object' && #state in value ? value.#state : undefined);
  }

  get locked() {
    if (!(#state in this)) throw invalidThis('WritableStream');
    return this.#state.locked;
  }

  abort(reason = undefined) {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStream'));
    if (this.#state.locked) return rejectPromise(invalidState('WritableStream is locked'));
    return this.#state.abort(reason);
  }

  close() {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStream'));
    if (this.#state.locked) return rejectPromise(invalidState('WritableStream is locked'));
    if (this.#state.closeQueuedOrInFlight) return rejectPromise(invalidState('Failure closing WritableStream'));
    return this.#state.close();
  }

  getWriter() {
    if (!(#state in this)) throw invalidThis('WritableStream');
    return new WritableStreamDefaultWriter(this);
  }

  // What the functions of `stream` ask of every kind of stream.
  get [Symbol.for('nodejs.stream.errored')]() {
    return this.#state.state === 'errored';
  }
}
Object.defineProperty(WritableStream, 'length', { value: 0 });
finishClass(WritableStream, ['abort', 'close', 'getWriter', 'locked'], (stream) => {
  const { locked, state } = stateOf(stream);
  return { locked, state };
});

class WritableStreamDefaultWriter {
  #state;

  constructor(stream) {
    const state = stateOf(stream);
    if (state === undefined) throw new ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    this.#state = new WriterState(this, state);
  }

  static {
    writerStateOf = (writer) => writer.#state;
  }

  get closed() {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStreamDefaultWriter'));
    return this.#state.closed.promise;
  }

  get desiredSize() {
    if (!(#state in this)) throw invalidThis('WritableStreamDefaultWriter');
    if (this.#state.stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    return this.#state.desiredSize;
  }

  get ready() {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStreamDefaultWriter'));
    return this.#state.ready.promise;
  }

  abort(reason = undefined) {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStreamDefaultWriter'));
    const { stream } = this.#state;
    if (stream === undefined) return rejectPromise(invalidState('Writer is not bound to a WritableStream'));
    return stream.abort(reason);
  }

  close() {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStreamDefaultWriter'));
    const { stream } = this.#state;
    if (stream === undefined) return rejectPromise(invalidState('Writer is not bound to a WritableStream'));
    if (stream.closeQueuedOrInFlight) return rejectPromise(invalidState('Failure to close WritableStream'));
    return stream.close();
  }

  releaseLock() {
    if (!(#state in this)) throw invalidThis('WritableStreamDefaultWriter');
    if (this.#state.stream !== undefined) this.#state.release();
  }

  write(chunk = undefined) {
    if (!(#state in this)) return rejectPromise(invalidThis('WritableStreamDefaultWriter'));
    if (this.#state.stream === undefined) {
      return rejectPromise(invalidState('Writer is not bound to a WritableStream'));
    }
    return this.#state.write(chunk);
  }
}
finishClass(WritableStreamDefaultWriter, ['abort', 'close', 'closed', 'desiredSize', 'ready', 'releaseLock', 'write'],
            (writer) => {
              const state = writerStateOf(writer);
              const desiredSize = state.stream === undefined ? null : state.desiredSize;
              return { close: state.closed.promise, ready: state.ready.promise, desiredSize };
            });

class WritableStreamDefaultController {
  #state;

  constructor(key, state) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#state = state;
  }

  // Aborted when the stream is.
  get signal() {
    if (!(#state in this)) throw invalidThis('WritableStreamDefaultController');
    return this.#state.signal;
  }

  error(error = undefined) {
    if (!(#state in this)) throw invalidThis('WritableStreamDefaultController');
    this.#state.errorIfNeeded(error);
  }
}
finishClass(WritableStreamDefaultController, ['error', 'signal'], () => ({}));

// A stream whose controller works for the library.
function createWritable(algorithms) {
  return new WritableStream(kCreate, (state) => new WritableControllerState(state, {
    __proto__: null, size: () => 1, highWaterMark: 1, ...algorithms,
  }, makeController));
}

module.exports = {
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter, createWritable, stateOf,
};
