// ReadableStreamDefaultController: a source of chunks of any kind.
'use strict';

const { codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require('internal/errors');
const {
  SizedQueue, algorithmOf, finishClass, invalidState, invalidThis, kCreate, react, resolvePromise,
} = require('internal/webstreams/util');

// The algorithms of one controller: start(), pull(), cancel(reason) and size(chunk).
class DefaultControllerState {
  object;
  stream;
  pull;
  cancel;
  size;
  highWaterMark;
  queue = new SizedQueue();
  started = false;
  closeRequested = false;
  pullAgain = false;
  pulling = false;

  constructor(stream, { start, pull, cancel, size, highWaterMark }) {
    this.object = new ReadableStreamDefaultController(kCreate, this);
    this.stream = stream;
    this.pull = pull;
    this.cancel = cancel;
    this.size = size;
    this.highWaterMark = highWaterMark;
    stream.controller = this;
    const started = start === undefined ? undefined : start(this.object);
    react(resolvePromise(started), () => {
      this.started = true;
      this.callPullIfNeeded();
    }, (error) => this.error(error));
  }

  get canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  get desiredSize() {
    const { state } = this.stream;
    if (state === 'errored') return null;
    return state === 'closed' ? 0 : this.highWaterMark - this.queue.total;
  }

  get shouldPull() {
    if (!this.canCloseOrEnqueue || !this.started) return false;
    const { stream } = this;
    return (stream.hasDefaultReader && stream.reader.requests.length > 0) || this.desiredSize > 0;
  }

  callPullIfNeeded() {
    if (!this.shouldPull) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    react(this.pull(this.object), () => {
      this.pulling = false;
      if (!this.pullAgain) return;
      this.pullAgain = false;
      this.callPullIfNeeded();
    }, (error) => this.error(error));
  }

  // Lets go of what belongs to the program.
  clearAlgorithms() {
    this.pull = this.cancel = this.size = undefined;
  }

  close() {
    if (!this.canCloseOrEnqueue) return;
    this.closeRequested = true;
    if (this.queue.length > 0) return;
    this.clearAlgorithms();
    this.stream.close();
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { stream } = this;
    if (stream.hasDefaultReader && stream.reader.requests.length > 0) {
      stream.reader.requests.shift().chunk(chunk);
    } else {
      try {
        this.queue.push(chunk, this.size(chunk));
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.callPullIfNeeded();
  }

  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(reason);
  }

  cancelSteps(reason) {
    this.queue.clear();
    const result = this.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  pullSteps(request) {
    if (this.queue.length === 0) {
      this.stream.reader.requests.push(request);
      this.callPullIfNeeded();
      return;
    }
    const chunk = this.queue.shift();
    if (this.closeRequested && this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.callPullIfNeeded();
    }
    request.chunk(chunk);
  }

  releaseSteps() {}
}

class ReadableStreamDefaultController {
  #state;

  constructor(key, state) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#state = state;
  }

  get desiredSize() {
    if (!(#state in this)) throw invalidThis('ReadableStreamDefaultController');
    return this.#state.desiredSize;
  }

  close() {
    if (!(#state in this)) throw invalidThis('ReadableStreamDefaultController');
    if (!this.#state.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    this.#state.close();
  }

  enqueue(chunk = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStreamDefaultController');
    if (!this.#state.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    this.#state.enqueue(chunk);
  }

  error(error = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableStreamDefaultController');
    this.#state.error(error);
  }
}
finishClass(ReadableStreamDefaultController, ['close', 'desiredSize', 'enqueue', 'error'], () => ({}));

// Makes the controller of a new stream for what the program gave.
function setUpFromSource(stream, source, { start, pull, cancel }, size, highWaterMark) {
  return new DefaultControllerState(stream, {
    start: start === undefined ? undefined : (controller) => Reflect.apply(start, source, [controller]),
    pull: algorithmOf(pull, source),
    cancel: algorithmOf(cancel, source),
    size,
    highWaterMark,
  });
}

module.exports = { DefaultControllerState, ReadableStreamDefaultController, setUpFromSource };
