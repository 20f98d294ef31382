// The state of a ReadableStream and its readers, and the steps that both kinds of controllers use. Names and
// order of the steps: https://streams.spec.whatwg.org/#rs-abstract-ops
'use strict';

const { Deferred, Queue, invalidState, react, rejectPromise, resolvePromise } = require('internal/webstreams/util');

// Read requests are objects with chunk(value), close(value) and error(reason); what a reader waits for.

class ReadableState {
  // The ReadableStream that programs see.
  object;
  state = 'readable';
  reader = undefined;
  storedError = undefined;
  disturbed = false;
  controller = undefined;
  // Settled when the stream is closed or has failed, for finished().
  ended = new Deferred();

  constructor(object) {
    this.object = object;
    // Failing is no news to whoever does not ask.
    react(this.ended.promise, undefined, () => {});
  }

  get locked() {
    return this.reader !== undefined;
  }

  get hasDefaultReader() {
    return this.reader !== undefined && !this.reader.byob;
  }

  get hasByobReader() {
    return this.reader !== undefined && this.reader.byob;
  }

  close() {
    this.state = 'closed';
    this.ended.resolve();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (!reader.byob) for (const request of reader.requests.takeAll()) request.close();
  }

  error(reason) {
    this.state = 'errored';
    this.storedError = reason;
    this.ended.reject(reason);
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.rejectQuietly(reason);
    reader.failRequests(reason);
  }

  // A promise that is fulfilled when the source has been told.
  cancel(reason) {
    this.disturbed = true;
    if (this.state === 'closed') return resolvePromise();
    if (this.state === 'errored') return rejectPromise(this.storedError);
    this.close();
    const { reader } = this;
    if (reader !== undefined && reader.byob) {
      for (const request of reader.requests.takeAll()) request.close(undefined);
    }
    return react(this.controller.cancelSteps(reason), () => {});
  }
}

// A reader, default or BYOB.
class ReaderState {
  object;
  byob;
  stream;
  closed = new Deferred();
  requests = new Queue();

  constructor(object, stream, byob) {
    if (stream.locked) throw invalidState('ReadableStream is locked');
    this.object = object;
    this.byob = byob;
    this.stream = stream;
    stream.reader = this;
    if (stream.state === 'closed') this.closed.resolve();
    else if (stream.state === 'errored') this.closed.rejectQuietly(stream.storedError);
  }

  // For default readers.
  read(request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'closed') request.close();
    else if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controller.pullSteps(request);
  }

  cancel(reason) {
    return this.stream.cancel(reason);
  }

  failRequests(reason) {
    for (const request of this.requests.takeAll()) request.error(reason);
  }

  release() {
    const { stream } = this;
    if (stream === undefined) return;
    const released = invalidState('Reader released');
    if (stream.state !== 'readable' || this.closed.settled) this.closed = new Deferred();
    this.closed.rejectQuietly(released);
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    this.failRequests(invalidState('Releasing reader'));
  }
}

// A read request that settles a promise with { value, done }.
class PromiseRequest extends Deferred {
  chunk(value) {
    this.resolve({ value, done: false });
  }

  close(value) {
    this.resolve({ value, done: true });
  }

  error(reason) {
    this.reject(reason);
  }
}

module.exports = { PromiseRequest, ReadableState, ReaderState };
