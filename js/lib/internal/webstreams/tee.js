// tee(): two streams that both get everything (https://streams.spec.whatwg.org/#abstract-opdef-readablestreamtee).
'use strict';

const { ReaderState } = require('internal/webstreams/readable_state');
const { createReadable, createReadableBytes, stateOf } = require('internal/webstreams/readable');
const { readInto } = require('internal/webstreams/readable_readers');
const { Deferred, react, resolvePromise } = require('internal/webstreams/util');

// What both kinds share: the branches cancel the source once both of them have been cancelled.
class Tee {
  reading = false;
  readAgain = [false, false];
  canceled = [false, false];
  reasons = [undefined, undefined];
  cancelDone = new Deferred();
  streams;
  // The states of the two streams.
  branches;
  source;
  reader;

  constructor(source) {
    this.source = source;
    this.reader = new ReaderState(undefined, source, false);
  }

  setStreams(streams) {
    this.streams = streams;
    this.branches = streams.map(stateOf);
  }

  cancel(index, reason) {
    this.canceled[index] = true;
    this.reasons[index] = reason;
    if (this.canceled[1 - index]) this.cancelDone.resolve(this.source.cancel([...this.reasons]));
    return this.cancelDone.promise;
  }

  closeBranch(index) {
    this.branches[index].controller.close();
  }

  settleUnlessCanceled() {
    if (!this.canceled[0] || !this.canceled[1]) this.cancelDone.resolve();
  }

  fail(error) {
    for (const { controller } of this.branches) controller.error(error);
    this.settleUnlessCanceled();
  }
}

function teeChunks(source) {
  const tee = new Tee(source);
  const pull = () => {
    if (tee.reading) {
      tee.readAgain[0] = true;
      return resolvePromise();
    }
    tee.reading = true;
    tee.reader.read({
      // Later: what the source does in its own turn must not show here.
      chunk: (chunk) => queueMicrotask(() => {
        tee.readAgain[0] = false;
        for (const i of [0, 1]) if (!tee.canceled[i]) tee.branches[i].controller.enqueue(chunk);
        tee.reading = false;
        if (tee.readAgain[0]) pull();
      }),
      close() {
        tee.reading = false;
        for (const i of [0, 1]) if (!tee.canceled[i]) tee.closeBranch(i);
        tee.settleUnlessCanceled();
      },
      error() {
        tee.reading = false;
      },
    });
    return resolvePromise();
  };
  tee.setStreams([0, 1].map((i) => createReadable({ pull, cancel: (reason) => tee.cancel(i, reason) })));
  react(tee.reader.closed.promise, undefined, (error) => tee.fail(error));
  return tee.streams;
}

// Reads with a reader of the kind that the branch needs which asks.
function teeBytes(source) {
  const tee = new Tee(source);

  const watchReader = () => {
    const { reader } = tee;
    react(reader.closed.promise, undefined, (error) => {
      if (reader === tee.reader) tee.fail(error);
    });
  };
  const useReader = (byob) => {
    if (tee.reader.byob === byob) return;
    tee.reader.release();
    tee.reader = new ReaderState(undefined, source, byob);
    watchReader();
  };
  const copyOf = (chunk) => {
    try {
      return new Uint8Array(chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength));
    } catch (error) {
      for (const { controller } of tee.branches) controller.error(error);
      tee.cancelDone.resolve(source.cancel(error));
      return undefined;
    }
  };
  const again = () => {
    tee.reading = false;
    if (tee.readAgain[0]) pull(0);
    else if (tee.readAgain[1]) pull(1);
  };

  const pullDefault = () => {
    useReader(false);
    tee.reader.read({
      chunk: (chunk) => queueMicrotask(() => {
        tee.readAgain = [false, false];
        let second = chunk;
        if (!tee.canceled[0] && !tee.canceled[1]) {
          second = copyOf(chunk);
          if (second === undefined) return;
        }
        if (!tee.canceled[0]) tee.branches[0].controller.enqueue(chunk);
        if (!tee.canceled[1]) tee.branches[1].controller.enqueue(second);
        again();
      }),
      close() {
        tee.reading = false;
        for (const i of [0, 1]) if (!tee.canceled[i]) tee.closeBranch(i);
        for (const { controller } of tee.branches) if (controller.pending.length > 0) controller.respond(0);
        tee.settleUnlessCanceled();
      },
      error() {
        tee.reading = false;
      },
    });
  };

  // Into the memory that branch `index` was given; the other one gets a copy.
  const pullByob = (view, index) => {
    useReader(true);
    const own = tee.branches[index].controller;
    const other = tee.branches[1 - index].controller;
    readInto(tee.reader, view, 1, {
      chunk: (chunk) => queueMicrotask(() => {
        tee.readAgain = [false, false];
        const ownCanceled = tee.canceled[index];
        if (!tee.canceled[1 - index]) {
          const copy = copyOf(chunk);
          if (copy === undefined) return;
          if (!ownCanceled) own.respondWithView(chunk);
          other.enqueue(copy);
        } else if (!ownCanceled) {
          own.respondWithView(chunk);
        }
        again();
      }),
      close(chunk) {
        tee.reading = false;
        const ownCanceled = tee.canceled[index];
        const otherCanceled = tee.canceled[1 - index];
        if (!ownCanceled) own.close();
        if (!otherCanceled) other.close();
        if (chunk !== undefined) {
          if (!ownCanceled) own.respondWithView(chunk);
          if (!otherCanceled && other.pending.length > 0) other.respond(0);
        }
        if (!ownCanceled || !otherCanceled) tee.cancelDone.resolve();
      },
      error() {
        tee.reading = false;
      },
    });
  };

  const pull = (index) => {
    if (tee.reading) {
      tee.readAgain[index] = true;
      return resolvePromise();
    }
    tee.reading = true;
    const request = tee.branches[index].controller.getByobRequest();
    if (request === null) pullDefault();
    else pullByob(request.view, index);
    return resolvePromise();
  };

  tee.setStreams([0, 1].map((i) => createReadableBytes({
    pull: () => pull(i), cancel: (reason) => tee.cancel(i, reason),
  })));
  watchReader();
  return tee.streams;
}

module.exports = { teeBytes, teeChunks };
