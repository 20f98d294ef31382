// Ties a stream's life to an AbortSignal.
'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { isNodeStream, isReadableWebStream, isWritableWebStream } = require('internal/streams/utils');

function addAbortSignal(signal, stream) {
  validateAbortSignal(signal, 'signal');
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  const isWeb = isReadableWebStream(stream) || isWritableWebStream(stream);
  if (!isNodeStream(stream) && !isWeb) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  const onAbort = () => {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (isWeb) require('internal/streams/web').errorWebStream(stream, error);
    else stream.destroy(error);
  };
  if (signal.aborted) {
    onAbort();
    return stream;
  }
  signal.addEventListener('abort', onAbort);
  const { eos } = require('internal/streams/end_of_stream');
  const stop = () => signal.removeEventListener('abort', onAbort);
  // The constructor of the stream may not be through.
  if (!isWeb && stream._events === undefined) process.nextTick(() => eos(stream, stop));
  else eos(stream, stop);
  return stream;
}

module.exports = { addAbortSignal };
