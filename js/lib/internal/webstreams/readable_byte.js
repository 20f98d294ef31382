// ReadableByteStreamController: a source of bytes, which can be read into memory of the reader's own (BYOB).
'use strict';

const { codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const {
  Queue, algorithmOf, finishClass, invalidState, invalidThis, kCreate, react, resolvePromise,
} = require('internal/webstreams/util');
const { isDetached, transferBuffer, viewInfo } = require('internal/webstreams/buffers');

function rangeError(name, value, reason) {
  return new ERR_INVALID_ARG_VALUE.RangeError(name, value, reason);
}

// Memory that is being filled: what a pull asked for. `reader` is 'default', 'byob', or 'none' once its reader left.
class PullInto {
  buffer;
  bufferByteLength;
  byteOffset;
  byteLength;
  minimum;
  elementSize;
  type;
  reader;
  filled = 0;

  constructor(buffer, byteOffset, byteLength, { minimum, elementSize, type, reader }) {
    this.buffer = buffer;
    this.bufferByteLength = buffer.byteLength;
    this.byteOffset = byteOffset;
    this.byteLength = byteLength;
    this.minimum = minimum;
    this.elementSize = elementSize;
    this.type = type;
    this.reader = reader;
  }

  toView() {
    return new this.type(transferBuffer(this.buffer), this.byteOffset, this.filled / this.elementSize);
  }
}

class ByteControllerState {
  object;
  stream;
  pull;
  cancel;
  highWaterMark;
  autoAllocateChunkSize;
  // Entries are { buffer, byteOffset, byteLength }; `total` counts their bytes.
  queue = new Queue();
  total = 0;
  pending = new Queue();
  byobRequest = null;
  started = false;
  closeRequested = false;
  pullAgain = false;
  pulling = false;

  constructor(stream, { start, pull, cancel, highWaterMark, autoAllocateChunkSize }) {
    this.object = new ReadableByteStreamController(kCreate, this);
    this.stream = stream;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    this.autoAllocateChunkSize = autoAllocateChunkSize;
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
    return state === 'closed' ? 0 : this.highWaterMark - this.total;
  }

  get shouldPull() {
    if (!this.canCloseOrEnqueue || !this.started) return false;
    const { reader } = this.stream;
    return (reader !== undefined && reader.requests.length > 0) || this.desiredSize > 0;
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

  clearAlgorithms() {
    this.pull = this.cancel = undefined;
  }

  resetQueue() {
    this.queue.clear();
    this.total = 0;
  }

  // ---- The controller's interface --------------------------------------------------------------

  close() {
    if (!this.canCloseOrEnqueue) return;
    if (this.total > 0) {
      this.closeRequested = true;
      return;
    }
    if (this.pending.length > 0) {
      const first = this.pending.peek();
      if (first.filled % first.elementSize !== 0) {
        const error = invalidState('Partial read');
        this.error(error);
        throw error;
      }
    }
    this.clearAlgorithms();
    this.stream.close();
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    const { stream } = this;
    const { byteLength } = chunk;
    if (isDetached(chunk.buffer)) throw invalidState('Destination ArrayBuffer is detached');
    const { buffer, byteOffset } = transferBuffer(chunk.buffer, chunk);
    if (this.pending.length > 0) {
      const first = this.pending.peek();
      if (isDetached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
      this.invalidateByobRequest();
      first.buffer = transferBuffer(first.buffer);
      if (first.reader === 'none') this.enqueueAbandoned(first);
    }
    if (stream.hasDefaultReader) {
      this.serveReadsFromQueue();
      if (stream.reader.requests.length === 0) {
        this.push(buffer, byteOffset, byteLength);
      } else {
        if (this.pending.length > 0) this.pending.shift();
        stream.reader.requests.shift().chunk(new Uint8Array(buffer, byteOffset, byteLength));
      }
    } else {
      this.push(buffer, byteOffset, byteLength);
      if (stream.hasByobReader) for (const full of this.fillPendingFromQueue()) this.commit(full);
    }
    this.callPullIfNeeded();
  }

  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.clearPending();
    this.resetQueue();
    this.clearAlgorithms();
    this.stream.error(reason);
  }

  getByobRequest() {
    if (this.byobRequest === null && this.pending.length > 0) {
      const { buffer, byteOffset, byteLength, filled } = this.pending.peek();
      const view = new Uint8Array(buffer, byteOffset + filled, byteLength - filled);
      this.byobRequest = new ByobRequestState(this, view);
    }
    return this.byobRequest === null ? null : this.byobRequest.object;
  }

  // ---- Steps that streams and readers call -----------------------------------------------------

  cancelSteps(reason) {
    this.clearPending();
    this.resetQueue();
    const result = this.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  pullSteps(request) {
    if (this.total > 0) {
      this.serveFromQueue(request);
      return;
    }
    const size = this.autoAllocateChunkSize;
    if (size !== undefined) {
      let buffer;
      try {
        buffer = new ArrayBuffer(size);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pending.push(new PullInto(buffer, 0, size, {
        minimum: 1, elementSize: 1, type: Uint8Array, reader: 'default',
      }));
    }
    this.stream.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  releaseSteps() {
    if (this.pending.length === 0) return;
    const first = this.pending.peek();
    first.reader = 'none';
    this.pending.clear();
    this.pending.push(first);
  }

  // A read into `view`, of at least `min` elements.
  pullInto(view, min, request) {
    const { stream } = this;
    const { type, elementSize } = viewInfo(view);
    const { byteOffset, byteLength } = view;
    let buffer;
    try {
      buffer = transferBuffer(view.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const pull = new PullInto(buffer, byteOffset, byteLength, {
      minimum: min * elementSize, elementSize, type, reader: 'byob',
    });
    if (this.pending.length === 0) {
      if (stream.state === 'closed') {
        request.close(new type(buffer, byteOffset, 0));
        return;
      }
      if (this.total > 0) {
        if (this.fillFromQueue(pull)) {
          const filled = pull.toView();
          this.handleQueueDrain();
          request.chunk(filled);
          return;
        }
        if (this.closeRequested) {
          const error = invalidState('ReadableStream closed');
          this.error(error);
          request.error(error);
          return;
        }
      }
      this.pending.push(pull);
      stream.reader.requests.push(request);
      this.callPullIfNeeded();
    } else {
      this.pending.push(pull);
      stream.reader.requests.push(request);
    }
  }

  // `count` more bytes of the first pending memory are there.
  respond(count) {
    const first = this.pending.peek();
    if (this.stream.state === 'closed') {
      if (count !== 0) throw invalidState('Controller is already closed');
    } else {
      if (count === 0) throw invalidState('Controller cannot respond with 0 bytes');
      if (first.filled + count > first.byteLength) throw rangeError('bytesWritten', count);
    }
    first.buffer = transferBuffer(first.buffer);
    this.respondWith(count);
  }

  // The same memory again, in another view.
  respondWithView(view) {
    const first = this.pending.peek();
    const { byteLength, byteOffset } = view;
    if (this.stream.state === 'closed') {
      if (byteLength !== 0) throw invalidState('View is not zero-length');
    } else if (byteLength === 0) {
      throw invalidState('View is zero-length');
    }
    if (first.byteOffset + first.filled !== byteOffset) throw rangeError('view', view);
    if (first.bufferByteLength !== view.buffer.byteLength) throw rangeError('view.buffer', view.buffer);
    if (first.filled + byteLength > first.byteLength) throw rangeError('view', view);
    first.buffer = transferBuffer(view.buffer);
    this.respondWith(byteLength);
  }

  // ---- Inside ------------------------------------------------------------------------------------

  respondWith(count) {
    this.invalidateByobRequest();
    if (this.stream.state === 'closed') this.respondClosed();
    else this.respondReadable(count);
    this.callPullIfNeeded();
  }

  respondClosed() {
    if (this.pending.peek().reader === 'none') this.pending.shift();
    if (!this.stream.hasByobReader) return;
    const done = [];
    while (done.length < this.stream.reader.requests.length) done.push(this.pending.shift());
    for (const pull of done) this.commit(pull);
  }

  respondReadable(count) {
    const first = this.pending.peek();
    first.filled += count;
    if (first.reader === 'none') {
      this.enqueueAbandoned(first);
      for (const full of this.fillPendingFromQueue()) this.commit(full);
      return;
    }
    if (first.filled < first.minimum) return;
    this.pending.shift();
    const rest = first.filled % first.elementSize;
    if (rest > 0) {
      const end = first.byteOffset + first.filled;
      this.pushCopy(first.buffer, end - rest, rest);
      first.filled -= rest;
    }
    const full = this.fillPendingFromQueue();
    this.commit(first);
    for (const pull of full) this.commit(pull);
  }

  push(buffer, byteOffset, byteLength) {
    this.queue.push({ buffer, byteOffset, byteLength });
    this.total += byteLength;
  }

  pushCopy(buffer, byteOffset, byteLength) {
    let copy;
    try {
      copy = buffer.slice(byteOffset, byteOffset + byteLength);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.push(copy, 0, byteLength);
  }

  // What was written for a reader that has left goes to the next one.
  enqueueAbandoned(pull) {
    if (pull.filled > 0) this.pushCopy(pull.buffer, pull.byteOffset, pull.filled);
    this.pending.shift();
  }

  invalidateByobRequest() {
    if (this.byobRequest === null) return;
    this.byobRequest.controller = undefined;
    this.byobRequest.view = null;
    this.byobRequest = null;
  }

  clearPending() {
    this.invalidateByobRequest();
    this.pending.clear();
  }

  handleQueueDrain() {
    if (this.total === 0 && this.closeRequested) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.callPullIfNeeded();
    }
  }

  serveReadsFromQueue() {
    const { requests } = this.stream.reader;
    while (requests.length > 0 && this.total > 0) this.serveFromQueue(requests.shift());
  }

  serveFromQueue(request) {
    const { buffer, byteOffset, byteLength } = this.queue.shift();
    this.total -= byteLength;
    this.handleQueueDrain();
    request.chunk(new Uint8Array(buffer, byteOffset, byteLength));
  }

  // Fills pending memory with what is queued; returns those that have enough.
  fillPendingFromQueue() {
    const full = [];
    while (this.pending.length > 0 && this.total > 0) {
      if (this.fillFromQueue(this.pending.peek())) full.push(this.pending.shift());
    }
    return full;
  }

  // Whether `pull` has all that it must have; only whole elements count.
  fillFromQueue(pull) {
    const available = Math.min(this.total, pull.byteLength - pull.filled);
    const reach = pull.filled + available;
    const aligned = reach - reach % pull.elementSize;
    const ready = aligned >= pull.minimum;
    let left = ready ? aligned - pull.filled : available;
    while (left > 0) {
      const head = this.queue.peek();
      const count = Math.min(left, head.byteLength);
      new Uint8Array(pull.buffer, pull.byteOffset + pull.filled, count)
        .set(new Uint8Array(head.buffer, head.byteOffset, count));
      if (count === head.byteLength) {
        this.queue.shift();
      } else {
        head.byteOffset += count;
        head.byteLength -= count;
      }
      this.total -= count;
      pull.filled += count;
      left -= count;
    }
    return ready;
  }

  // Gives filled memory to the request that has waited for it.
  commit(pull) {
    const done = this.stream.state === 'closed';
    const view = pull.toView();
    const request = this.stream.reader.requests.shift();
    if (done) request.close(view);
    else request.chunk(view);
  }
}

class ByobRequestState {
  controller;
  view;
  object;

  constructor(controller, view) {
    this.controller = controller;
    this.view = view;
    this.object = new ReadableStreamBYOBRequest(kCreate, this);
  }
}

class ReadableStreamBYOBRequest {
  #state;

  constructor(key, state) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#state = state;
  }

  get view() {
    if (!(#state in this)) throw invalidThis('ReadableStreamBYOBRequest');
    return this.#state.view;
  }

  respond(bytesWritten) {
    if (!(#state in this)) throw invalidThis('ReadableStreamBYOBRequest');
    const count = Math.trunc(+bytesWritten);
    if (!(count >= 0 && count <= Number.MAX_SAFE_INTEGER)) {
      throw new ERR_INVALID_ARG_VALUE('bytesWritten', bytesWritten);
    }
    const { controller, view } = this.#state;
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respond(count);
  }

  respondWithNewView(view) {
    if (!(#state in this)) throw invalidThis('ReadableStreamBYOBRequest');
    if (!ArrayBuffer.isView(view)) throw new ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    const { controller } = this.#state;
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    controller.respondWithView(view);
  }
}
finishClass(ReadableStreamBYOBRequest, ['respond', 'respondWithNewView', 'view'], ({ view }) => ({ view }));

class ReadableByteStreamController {
  #state;

  constructor(key, state) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#state = state;
  }

  get byobRequest() {
    if (!(#state in this)) throw invalidThis('ReadableByteStreamController');
    return this.#state.getByobRequest();
  }

  get desiredSize() {
    if (!(#state in this)) throw invalidThis('ReadableByteStreamController');
    return this.#state.desiredSize;
  }

  close() {
    if (!(#state in this)) throw invalidThis('ReadableByteStreamController');
    if (!this.#state.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    this.#state.close();
  }

  enqueue(chunk) {
    if (!(#state in this)) throw invalidThis('ReadableByteStreamController');
    if (!ArrayBuffer.isView(chunk)) {
      throw new ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], chunk);
    }
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (!this.#state.canCloseOrEnqueue) throw invalidState('Controller is already closed');
    this.#state.enqueue(chunk);
  }

  error(error = undefined) {
    if (!(#state in this)) throw invalidThis('ReadableByteStreamController');
    this.#state.error(error);
  }
}
finishClass(ReadableByteStreamController, ['byobRequest', 'close', 'desiredSize', 'enqueue', 'error'], () => ({}));

function setUpFromSource(stream, source, { start, pull, cancel, autoAllocateChunkSize }, highWaterMark) {
  if (autoAllocateChunkSize === 0) {
    throw new ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
  }
  return new ByteControllerState(stream, {
    start: start === undefined ? undefined : (controller) => Reflect.apply(start, source, [controller]),
    pull: algorithmOf(pull, source),
    cancel: algorithmOf(cancel, source),
    highWaterMark,
    autoAllocateChunkSize,
  });
}

module.exports = {
  ByteControllerState, ReadableByteStreamController, ReadableStreamBYOBRequest, setUpFromSource,
};
