// Between our streams and those of the web: toWeb() and fromWeb() of Readable, Writable and Duplex.
'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateObject } = require('internal/validators');
const { Buffer } = require('buffer');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { Duplex } = require('internal/streams/duplex');
const { destroyer } = require('internal/streams/destroy');
const { eos } = require('internal/streams/end_of_stream');
const {
  isDestroyed, isReadable, isReadableEnded, isReadableNodeStream, isWritable, isWritableEnded, isWritableNodeStream,
} = require('internal/streams/utils');
const { ReadableStream, stateOf: readableStateOf } = require('internal/webstreams/readable');
const { WritableStream, stateOf: writableStateOf } = require('internal/webstreams/writable');
const { Deferred } = require('internal/webstreams/util');

// ---- To the web ------------------------------------------------------------------------------

// Counts as our streams do: objects by number, everything else by length.
function strategyOf(objectMode, highWaterMark) {
  return { highWaterMark, size: objectMode ? () => 1 : (chunk) => chunk.length };
}

// A stream that was closed early has not failed, but it was given up.
function endingOf(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: error }) : error;
}

function ignoreLateErrors(stream) {
  stream.on('error', () => {});
}

function readableToWeb(stream, options = {}) {
  if (!isReadableNodeStream(stream)) throw new ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', stream);
  validateObject(options, 'options');
  if (isDestroyed(stream) || !isReadable(stream)) {
    const closed = new ReadableStream();
    closed.cancel();
    return closed;
  }
  const objectMode = stream.readableObjectMode;
  const strategy = options.strategy ?? strategyOf(objectMode, stream.readableHighWaterMark);
  let controller;
  let over = false;

  const onData = (chunk) => {
    // The memory of a Buffer may be shared with others.
    if (!objectMode && Buffer.isBuffer(chunk)) chunk = new Uint8Array(chunk);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) stream.pause();
  };
  stream.pause();
  const stop = eos(stream, (failure) => {
    const error = endingOf(failure);
    stop();
    ignoreLateErrors(stream);
    if (over) return;
    over = true;
    if (error) controller.error(error);
    else controller.close();
  });
  const result = new ReadableStream({
    start(given) {
      controller = given;
    },
    pull() {
      stream.resume();
    },
    cancel(reason) {
      over = true;
      destroyer(stream, reason);
    },
  }, strategy);
  stream.on('data', onData);
  stream.pause();
  return result;
}

function writableToWeb(stream) {
  if (!isWritableNodeStream(stream)) throw new ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', stream);
  if (isDestroyed(stream) || !isWritable(stream)) {
    const closed = new WritableStream();
    closed.close();
    return closed;
  }
  let controller;
  // What a write and the close wait for.
  let drained;
  let closed;

  const stop = eos(stream, (failure) => {
    const error = endingOf(failure);
    stop();
    ignoreLateErrors(stream);
    if (error) {
      drained?.rejectQuietly(error);
      closed?.reject(error);
      controller?.error(error);
      controller = undefined;
      return;
    }
    if (closed !== undefined) {
      closed.resolve();
      return;
    }
    controller?.error(new AbortError());
    controller = undefined;
  });
  stream.on('drain', () => {
    drained?.resolve();
    drained = undefined;
  });
  return new WritableStream({
    start(given) {
      controller = given;
    },
    write(chunk) {
      if (!stream.writableNeedDrain && stream.write(chunk)) return undefined;
      drained = new Deferred();
      return drained.promise;
    },
    abort(reason) {
      destroyer(stream, reason);
    },
    close() {
      if (isWritableEnded(stream)) return undefined;
      closed = new Deferred();
      stream.end();
      return closed.promise;
    },
  }, strategyOf(stream.writableObjectMode, stream.writableHighWaterMark));
}

function duplexToWeb(duplex) {
  if (!isReadableNodeStream(duplex) || !isWritableNodeStream(duplex)) {
    throw new ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  if (isDestroyed(duplex)) {
    const writable = new WritableStream();
    const readable = new ReadableStream();
    writable.close();
    readable.cancel();
    return { readable, writable };
  }
  const writable = writableToWeb(duplex);
  const readable = isReadableEnded(duplex) ? new ReadableStream({ start: (c) => c.close() }) : readableToWeb(duplex);
  return { readable, writable };
}

// ---- From the web ----------------------------------------------------------------------------

// An exception out of `callback` is the program's, not a rejected promise.
function settle(callback) {
  return (error) => {
    process.nextTick(callback, error);
  };
}

// The reading half: what _read() does, and how to give up.
class Source {
  closed = false;

  constructor(readable) {
    this.reader = readable.getReader();
  }

  attach(stream) {
    this.reader.closed.then(() => {
      this.closed = true;
    }, (error) => {
      this.closed = true;
      stream.destroy(error);
    });
  }

  pull(stream) {
    this.reader.read().then(({ value, done }) => {
      if (isDestroyed(stream)) return;
      stream.push(done ? null : value);
    }, (error) => stream.destroy(error));
  }

  cancel(error) {
    return this.closed ? Promise.resolve() : this.reader.cancel(error);
  }
}

// The writing half.
class Sink {
  closed = false;

  constructor(writable, decodeStrings, objectMode) {
    this.writer = writable.getWriter();
    this.convert = (chunk, encoding) => {
      if (typeof chunk !== 'string' || !decodeStrings || objectMode) return chunk;
      return new Uint8Array(Buffer.from(chunk, encoding));
    };
  }

  attach(stream) {
    this.writer.closed.then(() => {
      this.closed = true;
      // Closed by somebody else.
      if (!isWritableEnded(stream)) stream.destroy(new AbortError());
    }, (error) => {
      this.closed = true;
      stream.destroy(error);
    });
  }

  async write(chunk, encoding) {
    await this.writer.ready;
    await this.writer.write(this.convert(chunk, encoding));
  }

  close() {
    return this.closed ? Promise.resolve() : this.writer.close();
  }

  abort(error) {
    if (this.closed) return Promise.resolve();
    return error === null || error === undefined ? this.writer.close() : this.writer.abort(error);
  }
}

function checkCommon({ signal, objectMode }) {
  if (objectMode !== undefined) validateBoolean(objectMode, 'options.objectMode');
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
}

function readableFromWeb(readableStream, options = {}) {
  if (readableStateOf(readableStream) === undefined) {
    throw new ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', readableStream);
  }
  validateObject(options, 'options');
  checkCommon(options);
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) {
    const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
  const source = new Source(readableStream);
  const readable = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read() {
      source.pull(this);
    },
    destroy(error, callback) {
      const done = settle(() => callback(error));
      source.cancel(error).then(done, done);
    },
  });
  source.attach(readable);
  return readable;
}

function writableFromWeb(writableStream, options = {}) {
  if (writableStateOf(writableStream) === undefined) {
    throw new ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  checkCommon(options);
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(decodeStrings, 'options.decodeStrings');
  const sink = new Sink(writableStream, decodeStrings, objectMode);
  const writable = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    write(chunk, encoding, callback) {
      const done = settle(callback);
      sink.write(chunk, encoding).then(() => done(), done);
    },
    final(callback) {
      const done = settle(callback);
      sink.close().then(() => done(), done);
    },
    destroy(error, callback) {
      const done = settle(() => callback(error));
      sink.abort(error).then(done, done);
    },
  });
  sink.attach(writable);
  return writable;
}

function duplexFromWeb(pair, options = {}) {
  validateObject(pair, 'pair');
  const { readable, writable } = pair;
  if (readableStateOf(readable) === undefined) {
    throw new ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readable);
  }
  if (writableStateOf(writable) === undefined) {
    throw new ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writable);
  }
  validateObject(options, 'options');
  checkCommon(options);
  const { allowHalfOpen = false, decodeStrings = true, objectMode = false, encoding, highWaterMark, signal } = options;
  validateBoolean(decodeStrings, 'options.decodeStrings');
  const source = new Source(readable);
  const sink = new Sink(writable, decodeStrings, objectMode);
  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    read() {
      source.pull(this);
    },
    write(chunk, encoding, callback) {
      const done = settle(callback);
      sink.write(chunk, encoding).then(() => done(), done);
    },
    final(callback) {
      const done = settle(callback);
      sink.close().then(() => done(), done);
    },
    destroy(error, callback) {
      const done = settle(() => callback(error));
      Promise.all([source.cancel(error), sink.abort(error)]).then(done, done);
    },
  });
  source.attach(duplex);
  sink.attach(duplex);
  return duplex;
}

// ---- For functions that take streams of any make ----------------------------------------------

// The inner state of a web stream, undefined for everything else.
function webStateOf(stream) {
  return readableStateOf(stream) ?? writableStateOf(stream);
}

// As finished() for our streams: callback(error) once; returns the function that stops watching.
function whenWebStreamEnds(stream, signal, callback) {
  let stopped = false;
  const tell = (error) => {
    if (stopped) return;
    stopped = true;
    signal?.removeEventListener('abort', onAbort);
    process.nextTick(() => Reflect.apply(callback, stream, error === undefined ? [] : [error]));
  };
  const onAbort = () => tell(new AbortError(undefined, { cause: signal.reason }));
  if (signal?.aborted) process.nextTick(onAbort);
  else signal?.addEventListener('abort', onAbort, { once: true });
  webStateOf(stream).ended.promise.then(() => tell(), tell);
  return () => {
    stopped = true;
    signal?.removeEventListener('abort', onAbort);
  };
}

// Fails the stream, as its own controller would.
function errorWebStream(stream, error) {
  const readable = readableStateOf(stream);
  if (readable !== undefined) readable.controller.error(error);
  else writableStateOf(stream)?.controller.errorIfNeeded(error);
}

module.exports = {
  duplexFromWeb,
  duplexToWeb,
  errorWebStream,
  readableFromWeb,
  readableToWeb,
  webStateOf,
  whenWebStreamEnds,
  writableFromWeb,
  writableToWeb,
};
