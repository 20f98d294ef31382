// The state of a WritableStream, its writer and its controller. Names and order of the steps:
// https://streams.spec.whatwg.org/#ws-all-abstract-ops
'use strict';

const {
  Deferred, Queue, SizedQueue, ignoreRejection, invalidState, react, rejectPromise, resolvePromise,
} = require('internal/webstreams/util');

const kClose = Symbol('close');

class WritableState {
  // The WritableStream that programs see.
  object;
  // 'writable', 'erroring' (still busy with what was begun), 'errored' or 'closed'.
  state = 'writable';
  storedError = undefined;
  writer = undefined;
  controller = undefined;
  writeRequests = new Queue();
  inFlightWrite = undefined;
  closeRequest = undefined;
  inFlightClose = undefined;
  // { done, reason, wasErroring }
  pendingAbort = undefined;
  backpressure = false;
  // Settled when the stream is closed or has failed, for finished().
  ended = new Deferred();

  constructor(object) {
    this.object = object;
    ignoreRejection(this.ended.promise);
  }

  get locked() {
    return this.writer !== undefined;
  }

  get closeQueuedOrInFlight() {
    return this.closeRequest !== undefined || this.inFlightClose !== undefined;
  }

  get hasInFlight() {
    return this.inFlightWrite !== undefined || this.inFlightClose !== undefined;
  }

  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return resolvePromise();
    this.controller.abortSignal(reason);
    // The signal's listeners may have changed everything.
    if (this.state === 'closed' || this.state === 'errored') return resolvePromise();
    if (this.pendingAbort !== undefined) return this.pendingAbort.done.promise;
    const wasErroring = this.state === 'erroring';
    const done = new Deferred();
    this.pendingAbort = { done, reason: wasErroring ? undefined : reason, wasErroring };
    if (!wasErroring) this.startErroring(reason);
    return done.promise;
  }

  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return rejectPromise(invalidState('WritableStream is closed'));
    }
    this.closeRequest = new Deferred();
    const { promise } = this.closeRequest;
    if (this.writer !== undefined && this.backpressure && this.state === 'writable') this.writer.ready.resolve();
    this.controller.close();
    return promise;
  }

  addWriteRequest() {
    const request = new Deferred();
    this.writeRequests.push(request);
    return request.promise;
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  startErroring(reason) {
    this.state = 'erroring';
    this.storedError = reason;
    if (this.writer !== undefined) this.writer.failReady(reason);
    if (!this.hasInFlight && this.controller.started) this.finishErroring();
  }

  finishErroring() {
    this.state = 'errored';
    this.controller.errorSteps();
    for (const request of this.writeRequests.takeAll()) request.reject(this.storedError);
    if (this.pendingAbort === undefined) {
      this.rejectCloseAndClosed();
      return;
    }
    const { done, reason, wasErroring } = this.pendingAbort;
    this.pendingAbort = undefined;
    if (wasErroring) {
      done.reject(this.storedError);
      this.rejectCloseAndClosed();
      return;
    }
    react(this.controller.abortSteps(reason), () => {
      done.resolve();
      this.rejectCloseAndClosed();
    }, (error) => {
      done.reject(error);
      this.rejectCloseAndClosed();
    });
  }

  rejectCloseAndClosed() {
    if (this.closeRequest !== undefined) {
      this.closeRequest.reject(this.storedError);
      this.closeRequest = undefined;
    }
    this.ended.reject(this.storedError);
    if (this.writer !== undefined) this.writer.closed.rejectQuietly(this.storedError);
  }

  markFirstWriteInFlight() {
    this.inFlightWrite = this.writeRequests.shift();
  }

  finishInFlightWrite() {
    this.inFlightWrite.resolve();
    this.inFlightWrite = undefined;
  }

  failInFlightWrite(error) {
    this.inFlightWrite.reject(error);
    this.inFlightWrite = undefined;
    this.dealWithRejection(error);
  }

  markCloseInFlight() {
    this.inFlightClose = this.closeRequest;
    this.closeRequest = undefined;
  }

  finishInFlightClose() {
    this.inFlightClose.resolve();
    this.inFlightClose = undefined;
    if (this.state === 'erroring') {
      // It was closed well before the failure could do harm.
      this.storedError = undefined;
      if (this.pendingAbort !== undefined) {
        this.pendingAbort.done.resolve();
        this.pendingAbort = undefined;
      }
    }
    this.state = 'closed';
    this.ended.resolve();
    if (this.writer !== undefined) this.writer.closed.resolve();
  }

  failInFlightClose(error) {
    this.inFlightClose.reject(error);
    this.inFlightClose = undefined;
    if (this.pendingAbort !== undefined) {
      this.pendingAbort.done.reject(error);
      this.pendingAbort = undefined;
    }
    this.dealWithRejection(error);
  }

  updateBackpressure(backpressure) {
    if (this.writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) this.writer.ready = new Deferred();
      else this.writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

class WriterState {
  object;
  stream;
  closed;
  ready;

  constructor(object, stream) {
    if (stream.locked) throw invalidState('WritableStream is locked');
    this.object = object;
    this.stream = stream;
    stream.writer = this;
    const { state, storedError } = stream;
    if (state === 'writable' && !stream.closeQueuedOrInFlight && stream.backpressure) this.ready = new Deferred();
    else if (state === 'erroring' || state === 'errored') this.ready = Deferred.rejected(storedError);
    else this.ready = Deferred.resolved();
    if (state === 'closed') this.closed = Deferred.resolved();
    else if (state === 'errored') this.closed = Deferred.rejected(storedError);
    else this.closed = new Deferred();
  }

  get desiredSize() {
    const { state, controller } = this.stream;
    if (state === 'errored' || state === 'erroring') return null;
    return state === 'closed' ? 0 : controller.desiredSize;
  }

  failReady(error) {
    if (this.ready.settled) this.ready = new Deferred();
    this.ready.rejectQuietly(error);
  }

  failClosed(error) {
    if (this.closed.settled) this.closed = new Deferred();
    this.closed.rejectQuietly(error);
  }

  // As close(), but a stream that is closed already is no failure.
  closeWithErrorPropagation() {
    const { stream } = this;
    if (stream.closeQueuedOrInFlight || stream.state === 'closed') return resolvePromise();
    if (stream.state === 'errored') return rejectPromise(stream.storedError);
    return stream.close();
  }

  write(chunk) {
    const { stream } = this;
    const { controller } = stream;
    const size = controller.sizeOf(chunk);
    // The strategy is the program's: it may have released this writer or failed the stream.
    if (this.stream !== stream) return rejectPromise(invalidState('Mismatched WritableStreams'));
    const { state } = stream;
    if (state === 'errored') return rejectPromise(stream.storedError);
    if (stream.closeQueuedOrInFlight || state === 'closed') {
      return rejectPromise(invalidState('WritableStream is closed'));
    }
    if (state === 'erroring') return rejectPromise(stream.storedError);
    const promise = stream.addWriteRequest();
    controller.write(chunk, size);
    return promise;
  }

  release() {
    const error = invalidState('Writer has been released');
    this.failReady(error);
    this.failClosed(error);
    this.stream.writer = undefined;
    this.stream = undefined;
  }
}

// The controller: algorithms are { start, write, close, abort, size, highWaterMark }; makeObject() gives what
// programs see of it.
class WritableControllerState {
  object;
  stream;
  writeAlgorithm;
  closeAlgorithm;
  abortAlgorithm;
  size;
  highWaterMark;
  queue = new SizedQueue();
  started = false;
  abortController = undefined;

  constructor(stream, { start, write, close, abort, size, highWaterMark }, makeObject) {
    this.object = makeObject(this);
    this.stream = stream;
    this.writeAlgorithm = write;
    this.closeAlgorithm = close;
    this.abortAlgorithm = abort;
    this.size = size;
    this.highWaterMark = highWaterMark;
    stream.controller = this;
    stream.updateBackpressure(this.desiredSize <= 0);
    const started = start === undefined ? undefined : start(this.object);
    react(resolvePromise(started), () => {
      this.started = true;
      this.advance();
    }, (error) => {
      this.started = true;
      stream.dealWithRejection(error);
    });
  }

  get desiredSize() {
    return this.highWaterMark - this.queue.total;
  }

  // Made when first asked for: few sinks look at it.
  get signal() {
    this.abortController ??= new (require('internal/abort_controller').AbortController)();
    return this.abortController.signal;
  }

  abortSignal(reason) {
    void this.signal;
    this.abortController.abort(reason);
  }

  abortSteps(reason) {
    const result = this.abortAlgorithm(reason);
    this.clearAlgorithms();
    return result;
  }

  errorSteps() {
    this.queue.clear();
  }

  clearAlgorithms() {
    this.writeAlgorithm = this.closeAlgorithm = this.abortAlgorithm = this.size = undefined;
  }

  error(reason) {
    this.clearAlgorithms();
    this.stream.startErroring(reason);
  }

  errorIfNeeded(reason) {
    if (this.stream.state === 'writable') this.error(reason);
  }

  close() {
    this.queue.push(kClose, 0);
    this.advance();
  }

  sizeOf(chunk) {
    if (this.size === undefined) return 1;
    try {
      return this.size(chunk);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    try {
      this.queue.push(chunk, size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    const { stream } = this;
    if (!stream.closeQueuedOrInFlight && stream.state === 'writable') {
      stream.updateBackpressure(this.desiredSize <= 0);
    }
    this.advance();
  }

  // Begins with the next chunk, when it can.
  advance() {
    const { stream } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (this.queue.length === 0 || stream.state === 'closed' || stream.state === 'errored') return;
    const chunk = this.queue.peek();
    if (chunk === kClose) this.processClose();
    else this.processWrite(chunk);
  }

  processClose() {
    const { stream } = this;
    stream.markCloseInFlight();
    this.queue.shift();
    const closed = this.closeAlgorithm();
    this.clearAlgorithms();
    react(closed, () => stream.finishInFlightClose(), (error) => stream.failInFlightClose(error));
  }

  processWrite(chunk) {
    const { stream } = this;
    stream.markFirstWriteInFlight();
    react(this.writeAlgorithm(chunk, this.object), () => {
      stream.finishInFlightWrite();
      this.queue.shift();
      if (!stream.closeQueuedOrInFlight && stream.state === 'writable') {
        stream.updateBackpressure(this.desiredSize <= 0);
      }
      this.advance();
    }, (error) => {
      if (stream.state === 'writable') this.clearAlgorithms();
      stream.failInFlightWrite(error);
    });
  }
}

module.exports = { WritableControllerState, WritableState, WriterState };
