// TransformStream (https://streams.spec.whatwg.org/#ts-class): what is written to one side comes out, changed, at
// the other.
'use strict';

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { createReadable, stateOf: readableStateOf } = require('internal/webstreams/readable');
const { createWritable, stateOf: writableStateOf } = require('internal/webstreams/writable');
const {
  Deferred, callbackOf, finishClass, invalidState, invalidThis, kCreate, promiseCall, react, readStrategy, rejectPromise,
  resolvePromise, sizeAlgorithmOf,
} = require('internal/webstreams/util');

class TransformState {
  object;
  writable;
  readable;
  writableState;
  readableState;
  backpressure = undefined;
  // Fulfilled when backpressure changes.
  changed = undefined;
  // Set once one side has begun to end both; all who end it afterwards wait for it.
  finishing = undefined;
  controller = undefined;

  // started: a promise that both sides wait for.
  constructor(object, started, writableStrategy, readableStrategy) {
    this.object = object;
    const start = () => started;
    this.writable = createWritable({
      ...writableStrategy,
      start,
      write: (chunk) => this.sinkWrite(chunk),
      close: () => this.sinkClose(),
      abort: (reason) => this.sinkAbort(reason),
    });
    this.readable = createReadable({
      ...readableStrategy,
      start,
      pull: () => this.sourcePull(),
      cancel: (reason) => this.sourceCancel(reason),
    });
    this.writableState = writableStateOf(this.writable);
    this.readableState = readableStateOf(this.readable);
    this.setBackpressure(true);
  }

  setBackpressure(on) {
    if (this.changed !== undefined) this.changed.resolve();
    this.changed = new Deferred();
    this.backpressure = on;
  }

  error(reason) {
    this.readableState.controller.error(reason);
    this.errorWritable(reason);
  }

  errorWritable(reason) {
    this.controller.clearAlgorithms();
    this.writableState.controller.errorIfNeeded(reason);
    this.unblockWrite();
  }

  unblockWrite() {
    if (this.backpressure) this.setBackpressure(false);
  }

  sinkWrite(chunk) {
    if (!this.backpressure) return this.controller.perform(chunk);
    return react(this.changed.promise, () => {
      const { state, storedError } = this.writableState;
      if (state === 'erroring') throw storedError;
      return this.controller.perform(chunk);
    });
  }

  sinkAbort(reason) {
    return this.finish(() => this.controller.cancel(reason), () => {
      const { state, storedError, controller } = this.readableState;
      if (state === 'errored') throw storedError;
      controller.error(reason);
    }, (error) => this.readableState.controller.error(error));
  }

  sinkClose() {
    return this.finish(() => this.controller.flush(), () => {
      const { state, storedError, controller } = this.readableState;
      if (state === 'errored') throw storedError;
      controller.close();
    }, (error) => this.readableState.controller.error(error));
  }

  sourcePull() {
    this.setBackpressure(false);
    return this.changed.promise;
  }

  sourceCancel(reason) {
    return this.finish(() => this.controller.cancel(reason), () => {
      const { state, storedError, controller } = this.writableState;
      if (state === 'errored') throw storedError;
      controller.errorIfNeeded(reason);
      this.unblockWrite();
    }, (error) => {
      this.writableState.controller.errorIfNeeded(error);
      this.unblockWrite();
    });
  }

  // Runs the last callback of the transformer once, and settles both sides by how it went.
  finish(run, onDone, onError) {
    if (this.finishing !== undefined) return this.finishing.promise;
    this.finishing = new Deferred();
    const last = run();
    this.controller.clearAlgorithms();
    react(last, () => {
      try {
        onDone();
        this.finishing.resolve();
      } catch (error) {
        this.finishing.reject(error);
      }
    }, (error) => {
      onError(error);
      this.finishing.reject(error);
    });
    return this.finishing.promise;
  }
}

class TransformControllerState {
  object;
  stream;
  transform;
  flush;
  cancel;

  constructor(stream, transformer, { transform, flush, cancel }) {
    this.object = new TransformStreamDefaultController(kCreate, this);
    this.stream = stream;
    this.transform = transform === undefined ? (chunk) => {
      try {
        this.enqueue(chunk);
        return resolvePromise();
      } catch (error) {
        return rejectPromise(error);
      }
    } : (chunk) => promiseCall(transform, transformer, [chunk, this.object]);
    this.flush = flush === undefined ? () => resolvePromise() : () => promiseCall(flush, transformer, [this.object]);
    this.cancel = cancel === undefined ? () => resolvePromise() : (reason) => promiseCall(cancel, transformer, [reason]);
    stream.controller = this;
  }

  clearAlgorithms() {
    this.transform = this.flush = this.cancel = undefined;
  }

  get desiredSize() {
    return this.stream.readableState.controller.desiredSize;
  }

  enqueue(chunk) {
    const { stream } = this;
    const { controller } = stream.readableState;
    if (!controller.canCloseOrEnqueue) throw invalidState('Unable to enqueue');
    try {
      controller.enqueue(chunk);
    } catch (error) {
      stream.errorWritable(error);
      throw stream.readableState.storedError;
    }
    const backpressure = !controller.shouldPull;
    if (backpressure !== stream.backpressure) stream.setBackpressure(true);
  }

  perform(chunk) {
    return react(this.transform(chunk), undefined, (error) => {
      this.stream.error(error);
      throw error;
    });
  }

  terminate() {
    this.stream.readableState.controller.close();
    this.stream.errorWritable(invalidState('TransformStream has been terminated'));
  }
}

let stateOf;

class TransformStream {
  #state;

  constructor(transformer = {}, writableStrategy = undefined, readableStrategy = undefined) {
    const writing = readStrategy(writableStrategy, 'writableStrategy');
    const reading = readStrategy(readableStrategy, 'readableStrategy');
    if (transformer === null || (typeof transformer !== 'object' && typeof transformer !== 'function')) {
      throw new ERR_INVALID_ARG_VALUE('transformer', transformer, 'must be an object');
    }
    const cancel = callbackOf(transformer, 'cancel', 'transformer');
    const flush = callbackOf(transformer, 'flush', 'transformer');
    const { readableType } = transformer;
    if (readableType !== undefined) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    const start = callbackOf(transformer, 'start', 'transformer');
    const transform = callbackOf(transformer, 'transform', 'transformer');
    const { writableType } = transformer;
    if (writableType !== undefined) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const readableSide = { highWaterMark: reading.markOr(0), size: sizeAlgorithmOf(reading) };
    const writableSide = { highWaterMark: writing.markOr(1), size: sizeAlgorithmOf(writing) };
    const started = new Deferred();
    this.#state = new TransformState(this, started.promise, writableSide, readableSide);
    const controller = new TransformControllerState(this.#state, transformer, { cancel, flush, transform });
    started.resolve(start === undefined ? undefined : Reflect.apply(start, transformer, [controller.object]));
  }

  static {
    stateOf = (value) => value.#state;
  }

  get readable() {
    if (!(#state in this)) throw invalidThis('TransformStream');
    return this.#state.readable;
  }

  get writable() {
    if (!(#state in this)) throw invalidThis('TransformStream');
    return this.#state.writable;
  }
}
Object.defineProperty(TransformStream, 'length', { value: 0 });
finishClass(TransformStream, ['readable', 'writable'], (stream) => {
  const { readable, writable, backpressure } = stateOf(stream);
  return { readable, writable, backpressure };
});

class TransformStreamDefaultController {
  #state;

  constructor(key, state) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#state = state;
  }

  get desiredSize() {
    if (!(#state in this)) throw invalidThis('TransformStreamDefaultController');
    return this.#state.desiredSize;
  }

  enqueue(chunk = undefined) {
    if (!(#state in this)) throw invalidThis('TransformStreamDefaultController');
    this.#state.enqueue(chunk);
  }

  error(reason = undefined) {
    if (!(#state in this)) throw invalidThis('TransformStreamDefaultController');
    this.#state.stream.error(reason);
  }

  terminate() {
    if (!(#state in this)) throw invalidThis('TransformStreamDefaultController');
    this.#state.terminate();
  }
}
finishClass(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate'], () => ({}));

module.exports = { TransformStream, TransformStreamDefaultController };
