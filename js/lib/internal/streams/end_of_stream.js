// finished(): tells once when a stream of any make has ended, failed, or was closed too early.
'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_PREMATURE_CLOSE } } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateObject, validateBoolean } = require('internal/validators');
const { kEmptyObject, once } = require('internal/util');
const {
  isClosed, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream,
  isReadableWebStream, isRequest,
  isWritable, isWritableFinished, isWritableNodeStream, isWritableWebStream, readableErrored, willEmitClose, writableErrored,
} = require('internal/streams/utils');

// Calls callback(error) once; `this` is the stream. options: { readable, writable, error, cleanup, signal }.
// Returns the function that stops watching.
function eos(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = kEmptyObject;
  } else if (options === null || options === undefined) {
    options = kEmptyObject;
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  callback = once(callback);
  if (isReadableWebStream(stream) || isWritableWebStream(stream)) {
    const { webStateOf, whenWebStreamEnds } = require('internal/streams/web');
    if (webStateOf(stream) !== undefined) return whenWebStreamEnds(stream, options.signal, callback);
  }
  if (!isNodeStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const readable = options.readable ?? isReadableNodeStream(stream);
  const writable = options.writable ?? isWritableNodeStream(stream);
  const writableState = stream._writableState;
  const readableState = stream._readableState;
  // Streams that will say 'close' are done only then.
  let willClose = willEmitClose(stream) && isReadableNodeStream(stream) === readable &&
    isWritableNodeStream(stream) === writable;
  let readableDone = isReadableFinished(stream, false);
  let writableDone = isWritableFinished(stream, false);

  const onLegacyFinish = () => {
    if (!stream.writable) onFinish();
  };
  const onFinish = () => {
    writableDone = true;
    // destroy() came before 'finish': there may be no 'close' worth waiting for.
    if (stream.destroyed) willClose = false;
    if (willClose && (!stream.writable || readable)) return;
    if (!readable || readableDone) callback.call(stream);
  };
  const onEnd = () => {
    readableDone = true;
    if (stream.destroyed) willClose = false;
    if (willClose && (!stream.readable || writable)) return;
    if (!writable || writableDone) callback.call(stream);
  };
  const onError = (error) => callback.call(stream, error);

  let closed = isClosed(stream);
  const onClose = () => {
    closed = true;
    const errored = writableErrored(stream) || readableErrored(stream);
    if (errored && typeof errored !== 'boolean') return callback.call(stream, errored);
    if (readable && !readableDone && isReadableNodeStream(stream, true) && !isReadableFinished(stream, false)) {
      return callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
    }
    if (writable && !writableDone && !isWritableFinished(stream, false)) {
      return callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
    }
    callback.call(stream);
  };
  const onClosedAlready = () => {
    closed = true;
    const errored = writableErrored(stream) || readableErrored(stream);
    if (errored && typeof errored !== 'boolean') return callback.call(stream, errored);
    callback.call(stream);
  };
  const onRequest = () => stream.req.on('finish', onFinish);

  if (isRequest(stream)) {
    stream.on('complete', onFinish);
    if (!willClose) stream.on('abort', onClose);
    if (stream.req) onRequest();
    else stream.on('request', onRequest);
  } else if (writable && !writableState) {
    // Streams without state, from before there was any.
    stream.on('end', onLegacyFinish);
    stream.on('close', onLegacyFinish);
  }
  if (!willClose && typeof stream.aborted === 'boolean') stream.on('aborted', onClose);
  stream.on('end', onEnd);
  stream.on('finish', onFinish);
  if (options.error !== false) stream.on('error', onError);
  stream.on('close', onClose);

  if (closed) {
    process.nextTick(onClose);
  } else if (writableState?.errorEmitted || readableState?.errorEmitted) {
    if (!willClose) process.nextTick(onClosedAlready);
  } else if (!readable && (!willClose || isReadable(stream)) && (writableDone || isWritable(stream) === false)) {
    process.nextTick(onClosedAlready);
  } else if (!writable && (!willClose || isWritable(stream)) && (readableDone || isReadable(stream) === false)) {
    process.nextTick(onClosedAlready);
  } else if (readableState && stream.req && stream.aborted) {
    process.nextTick(onClosedAlready);
  }

  const cleanUp = () => {
    callback = () => {};
    stream.removeListener('aborted', onClose);
    stream.removeListener('complete', onFinish);
    stream.removeListener('abort', onClose);
    stream.removeListener('request', onRequest);
    if (stream.req) stream.req.removeListener('finish', onFinish);
    stream.removeListener('end', onLegacyFinish);
    stream.removeListener('close', onLegacyFinish);
    stream.removeListener('finish', onFinish);
    stream.removeListener('end', onEnd);
    stream.removeListener('error', onError);
    stream.removeListener('close', onClose);
  };

  const { signal } = options;
  if (signal && !closed) {
    const abort = () => {
      const tell = callback;
      cleanUp();
      tell.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      process.nextTick(abort);
    } else {
      const tell = callback;
      callback = once((...args) => {
        signal.removeEventListener('abort', abort);
        Reflect.apply(tell, stream, args);
      });
      signal.addEventListener('abort', abort, { once: true });
    }
  }
  return cleanUp;
}

// Promise form. options.cleanup: true takes the listeners away at the end.
function finished(stream, options) {
  if (options !== undefined && options !== null && options.cleanup !== undefined) {
    validateBoolean(options.cleanup, 'cleanup');
  }
  return new Promise((resolve, reject) => {
    const stop = eos(stream, options, (error) => {
      if (options?.cleanup) stop();
      if (error) reject(error);
      else resolve();
    });
  });
}

module.exports = { eos, finished };
