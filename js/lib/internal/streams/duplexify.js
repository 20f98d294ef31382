// Duplex.from(): a duplex out of streams, pairs of streams, iterables, promises and functions.
'use strict';

const { Buffer } = require('buffer');
const { Readable } = require('internal/streams/readable');
const { Duplex } = require('internal/streams/duplex');
const { destroyer } = require('internal/streams/destroy');
const { eos } = require('internal/streams/end_of_stream');
const { from } = require('internal/streams/from');
const { createDeferredPromise } = require('internal/util');
const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE } } = require('internal/errors');
const {
  isDuplexNodeStream, isIterable, isNodeStream, isReadable, isReadableNodeStream, isReadableWebStream,
  isTransformWebStream, isWebStream, isWritable, isWritableNodeStream,
} = require('internal/streams/utils');

function isBlob(value) {
  return typeof globalThis.Blob === 'function' && value instanceof globalThis.Blob;
}

// A stream of the web as one of ours; everything else as it is.
function withoutWeb(step) {
  if (!isWebStream(step)) return step;
  const { duplexFromWeb, readableFromWeb, writableFromWeb } = require('internal/streams/web');
  const options = { objectMode: true };
  if (isTransformWebStream(step)) return duplexFromWeb(step, { ...options, allowHalfOpen: true });
  return isReadableWebStream(step) ? readableFromWeb(step, options) : writableFromWeb(step, options);
}

function duplexify(body, name) {
  body = withoutWeb(body);
  if (isDuplexNodeStream(body)) return body;
  if (isReadableNodeStream(body)) return join({ readable: body });
  if (isWritableNodeStream(body)) return join({ writable: body });
  if (isNodeStream(body)) return join({ writable: false, readable: false });
  if (typeof body === 'function') return fromFunction(body, name);
  if (isBlob(body)) return duplexify(body.arrayBuffer().then((bytes) => Buffer.from(bytes)), name);
  if (typeof body === 'string' || body instanceof Buffer || isIterable(body)) {
    return from(Duplex, body, { objectMode: true, writable: false });
  }
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    const side = (value) => value && (isNodeStream(value) ? value : duplexify(value, name));
    return join({ readable: side(body.readable), writable: side(body.writable) });
  }
  if (typeof body?.then === 'function') return fromPromise(body);
  throw new ERR_INVALID_ARG_TYPE(name, [
    'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise',
  ], body);
}

function fromPromise(promise) {
  const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (value !== undefined && value !== null) duplex.push(value);
    duplex.push(null);
  }, (error) => destroyer(duplex, error));
  return duplex;
}

// The function gets what is written as an async iterable, and returns what is to be read, or a promise.
function fromFunction(body, name) {
  let next = createDeferredPromise();
  const controller = new AbortController();
  const { signal } = controller;
  const written = (async function* () {
    for (;;) {
      const taken = next.promise;
      const { chunk, done, callback } = await taken;
      process.nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      next = createDeferredPromise();
      yield chunk;
    }
  })();
  const sink = {
    write(chunk, encoding, callback) {
      const { resolve } = next;
      resolve({ chunk, done: false, callback });
    },
    final(callback) {
      next.resolve({ done: true, callback });
    },
    destroy(error, callback) {
      controller.abort();
      callback(error);
    },
  };
  const result = body(written, { signal });
  if (isIterable(result)) return from(Duplex, result, { objectMode: true, ...sink, write: sink.write });
  if (typeof result?.then !== 'function') {
    throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, result);
  }
  let duplex;
  const settled = result.then((value) => {
    if (value !== undefined && value !== null) throw new ERR_INVALID_RETURN_VALUE('nully', 'body', value);
  }, (error) => destroyer(duplex, error));
  duplex = new Duplex({
    objectMode: true,
    readable: false,
    ...sink,
    final(callback) {
      const done = (error) => process.nextTick(callback, error ?? null);
      sink.final(() => settled.then(() => done(), done));
    },
  });
  return duplex;
}

// A duplex that writes into one stream and reads from another.
function join(pair) {
  let { readable } = pair;
  const { writable } = pair;
  if (readable && typeof readable.read !== 'function') readable = Readable.wrap(readable);
  let canRead = Boolean(isReadable(readable));
  let canWrite = Boolean(isWritable(writable));
  let onDrain = null;
  let onFinish = null;
  let onReadable = null;
  // undefined until one of the streams is through; then null, or the callback of _destroy().
  let onClose;

  const duplex = new Duplex({
    readableObjectMode: Boolean(readable?.readableObjectMode),
    writableObjectMode: Boolean(writable?.writableObjectMode),
    readable: canRead,
    writable: canWrite,
  });

  function onSideFinished(error) {
    const callback = onClose;
    onClose = null;
    if (callback) callback(error);
    else if (error) duplex.destroy(error);
    // What has not been read yet is still to come; it ends by itself then.
    else if (!canRead && !canWrite && duplex._readableState.endEmitted) duplex.destroy();
  }

  if (canWrite) {
    eos(writable, (error) => {
      canWrite = false;
      if (error) destroyer(readable, error);
      onSideFinished(error);
    });
    duplex._write = function(chunk, encoding, callback) {
      if (writable.write(chunk, encoding)) callback();
      else onDrain = callback;
    };
    duplex._final = function(callback) {
      writable.end();
      onFinish = callback;
    };
    writable.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      callback?.();
    });
    writable.on('finish', () => {
      const callback = onFinish;
      onFinish = null;
      callback?.();
    });
  }
  if (canRead) {
    eos(readable, (error) => {
      canRead = false;
      if (error) destroyer(readable, error);
      onSideFinished(error);
    });
    readable.on('readable', () => {
      const callback = onReadable;
      onReadable = null;
      callback?.();
    });
    readable.on('end', () => duplex.push(null));
    duplex._read = function() {
      for (;;) {
        const chunk = readable.read();
        if (chunk === null) {
          onReadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }
  duplex._destroy = function(error, callback) {
    if (!error && onClose !== null) error = new AbortError();
    onReadable = null;
    onDrain = null;
    onFinish = null;
    if (onClose === null) {
      callback(error);
      return;
    }
    onClose = callback;
    destroyer(writable, error);
    destroyer(readable, error);
  };
  return duplex;
}

module.exports = { duplexify, withoutWeb };
