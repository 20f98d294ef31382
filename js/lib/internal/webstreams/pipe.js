// pipeTo(): https://streams.spec.whatwg.org/#readable-stream-pipe-to
'use strict';

const { ReaderState } = require('internal/webstreams/readable_state');
const { WriterState } = require('internal/webstreams/writable_state');
const {
  Deferred, ignoreRejection, invalidState, react, resolvePromise,
} = require('internal/webstreams/util');

// Pipes one stream into another; both are states. Returns a promise.
function pipeTo(source, dest, options) {
  return new Pipe(source, dest, options).result.promise;
}

class Pipe {
  result = new Deferred();
  shuttingDown = false;
  // The newest write; all before it are done when it is.
  lastWrite = resolvePromise();
  // A chunk that was read and is not yet being written.
  reading = undefined;
  onAbort = undefined;
  source;
  dest;
  preventAbort;
  preventCancel;
  preventClose;
  signal;
  reader;
  writer;

  constructor(source, dest, { preventAbort, preventCancel, preventClose, signal }) {
    this.source = source;
    this.dest = dest;
    this.preventAbort = preventAbort;
    this.preventCancel = preventCancel;
    this.preventClose = preventClose;
    this.signal = signal;
    this.reader = new ReaderState(undefined, source, false);
    this.writer = new WriterState(undefined, dest);
    source.disturbed = true;

    if (signal !== undefined) {
      this.onAbort = () => this.abort(signal.reason);
      if (signal.aborted) {
        this.onAbort();
        return;
      }
      signal.addEventListener('abort', this.onAbort);
    }
    this.watch();
    this.step();
  }

  watch() {
    const { source, dest } = this;
    whenErrored(source, this.reader.closed.promise, (error) => {
      if (this.preventAbort) this.shutDown(undefined, [error]);
      else this.shutDown(() => dest.abort(error), [error]);
    });
    whenErrored(dest, this.writer.closed.promise, (error) => {
      if (this.preventCancel) this.shutDown(undefined, [error]);
      else this.shutDown(() => source.cancel(error), [error]);
    });
    whenClosed(source, this.reader.closed.promise, () => {
      if (this.preventClose) this.shutDown();
      else this.shutDown(() => this.writer.closeWithErrorPropagation());
    });
    if (dest.closeQueuedOrInFlight || dest.state === 'closed') {
      const error = invalidState('Destination WritableStream is closed');
      if (this.preventCancel) this.shutDown(undefined, [error]);
      else this.shutDown(() => source.cancel(error), [error]);
    }
  }

  abort(reason) {
    const { source, dest } = this;
    const actions = [];
    if (!this.preventAbort) actions.push(() => (dest.state === 'writable' ? dest.abort(reason) : resolvePromise()));
    if (!this.preventCancel) actions.push(() => (source.state === 'readable' ? source.cancel(reason) : resolvePromise()));
    this.shutDown(() => Promise.all(actions.map((action) => action())), [reason]);
  }

  // One chunk at a time, as fast as the destination takes them.
  step() {
    if (this.shuttingDown) return;
    const { ready } = this.writer;
    react(ready.promise, () => {
      if (this.shuttingDown) return;
      this.reader.read({
        // In its own turn: the source may be in the middle of enqueue().
        chunk: (chunk) => {
          this.reading = new Deferred();
          queueMicrotask(() => {
            this.lastWrite = this.writer.write(chunk);
            ignoreRejection(this.lastWrite);
            this.reading.resolve();
            this.step();
          });
        },
        close() {},
        error() {},
      });
    }, () => {});
  }

  // Ends the pipe: after all that was read has been written, `action`; then the promise, with [error] if given.
  shutDown(action, failure = undefined) {
    if (this.shuttingDown) return;
    this.shuttingDown = true;
    const act = () => {
      if (action === undefined) {
        this.finish(failure);
        return;
      }
      react(action(), () => this.finish(failure), (error) => this.finish([error]));
    };
    if (this.dest.state === 'writable' && !this.dest.closeQueuedOrInFlight) react(this.writesDone(), act);
    else act();
  }

  // Waits until what was read is written, including what is read in between.
  writesDone() {
    return react(resolvePromise(this.reading?.promise), () => {
      const last = this.lastWrite;
      const check = () => (last === this.lastWrite ? undefined : this.writesDone());
      return react(last, check, check);
    });
  }

  finish(failure) {
    this.writer.release();
    this.reader.release();
    if (this.signal !== undefined && this.onAbort !== undefined) {
      this.signal.removeEventListener('abort', this.onAbort);
    }
    if (failure === undefined) this.result.resolve();
    else this.result.reject(failure[0]);
  }
}

function whenErrored(stream, closed, action) {
  if (stream.state === 'errored') action(stream.storedError);
  else react(closed, undefined, action);
}

function whenClosed(stream, closed, action) {
  if (stream.state === 'closed') action();
  else react(closed, action, () => {});
}

module.exports = { pipeTo };
