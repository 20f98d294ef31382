// The end of a stream's life, and its delayed beginning: destroy(), errors, 'close', construct.
'use strict';

const { aggregateTwoErrors, codes: { ERR_MULTIPLE_CALLBACK }, AbortError } = require('internal/errors');
const { isDestroyed, isFinished, isRequest, isServerRequest, kDestroyed } = require('internal/streams/utils');

const kDestroy = Symbol('kDestroy');
const kConstruct = Symbol('kConstruct');

// Both sides remember the first error.
function noteError(error, writable, readable) {
  if (!error) return;
  // V8 makes the text of a stack when it is first read, and holds the frames until then.
  void error.stack;
  if (writable && !writable.errored) writable.errored = error;
  if (readable && !readable.errored) readable.errored = error;
}

// The method destroy() of all streams. `callback` gets what _destroy() answers.
function destroy(error, callback) {
  const readable = this._readableState;
  const writable = this._writableState;
  if (writable?.destroyed || readable?.destroyed) {
    if (typeof callback === 'function') callback();
    return this;
  }
  noteError(error, writable, readable);
  if (writable) writable.destroyed = true;
  if (readable) readable.destroyed = true;
  const state = writable || readable;
  if (state !== undefined && !state.constructed) {
    this.once(kDestroy, (constructError) => callDestroy(this, aggregateTwoErrors(constructError, error), callback));
  } else {
    callDestroy(this, error, callback);
  }
  return this;
}

function callDestroy(stream, error, callback) {
  let called = false;
  function onDestroy(result) {
    if (called) return;
    called = true;
    const readable = stream._readableState;
    const writable = stream._writableState;
    noteError(result, writable, readable);
    if (writable) writable.closed = true;
    if (readable) readable.closed = true;
    if (typeof callback === 'function') callback(result);
    if (result) process.nextTick(emitErrorAndClose, stream, result);
    else process.nextTick(emitClose, stream);
  }
  try {
    stream._destroy(error || null, onDestroy);
  } catch (thrown) {
    onDestroy(thrown);
  }
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error);
  emitClose(stream);
}

function emitClose(stream) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable) writable.closeEmitted = true;
  if (readable) readable.closeEmitted = true;
  if (writable?.emitClose || readable?.emitClose) stream.emit('close');
}

function emitError(stream, error) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable?.errorEmitted || readable?.errorEmitted) return;
  if (writable) writable.errorEmitted = true;
  if (readable) readable.errorEmitted = true;
  stream.emit('error', error);
}

function undestroy() {
  const readable = this._readableState;
  const writable = this._writableState;
  if (readable) {
    Object.assign(readable, {
      constructed: true, closed: false, closeEmitted: false, destroyed: false, errored: null, errorEmitted: false,
      reading: false, ended: readable.readable === false, endEmitted: readable.readable === false,
    });
  }
  if (writable) {
    const off = writable.writable === false;
    Object.assign(writable, {
      constructed: true, destroyed: false, closed: false, closeEmitted: false, errored: null, errorEmitted: false,
      finalCalled: false, prefinished: false, ended: off, ending: off, finished: off,
    });
  }
}

// An error inside the stream: destroys it when it destroys itself at all, else only tells.
function errorOrDestroy(stream, error, sync) {
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (writable?.destroyed || readable?.destroyed) return;
  if (readable?.autoDestroy || writable?.autoDestroy) {
    stream.destroy(error);
  } else if (error) {
    noteError(error, writable, readable);
    if (sync) process.nextTick(emitError, stream, error);
    else emitError(stream, error);
  }
}

// Runs _construct() next tick, if there is one; `callback` when it is done.
function construct(stream, callback) {
  if (typeof stream._construct !== 'function') return;
  const readable = stream._readableState;
  const writable = stream._writableState;
  if (readable) readable.constructed = false;
  if (writable) writable.constructed = false;
  stream.once(kConstruct, callback);
  // The other side of a duplex has started it.
  if (stream.listenerCount(kConstruct) > 1) return;
  process.nextTick(callConstruct, stream);
}

function callConstruct(stream) {
  let called = false;
  function onConstruct(error) {
    if (called) return errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
    called = true;
    const readable = stream._readableState;
    const writable = stream._writableState;
    if (readable) readable.constructed = true;
    if (writable) writable.constructed = true;
    if ((writable || readable).destroyed) stream.emit(kDestroy, error);
    else if (error) errorOrDestroy(stream, error, true);
    else process.nextTick(() => stream.emit(kConstruct));
  }
  try {
    stream._construct((error) => process.nextTick(onConstruct, error));
  } catch (error) {
    process.nextTick(onConstruct, error);
  }
}

function emitCloseOf(stream) {
  stream.emit('close');
}

// Ends a stream of any make, as pipeline() must when another one of its streams has failed.
function destroyer(stream, error) {
  if (!stream || isDestroyed(stream)) return;
  if (!error && !isFinished(stream)) error = new AbortError();
  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(error);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(error);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else {
    if (error) process.nextTick(() => stream.emit('error', error));
    process.nextTick(emitCloseOf, stream);
  }
  if (!stream.destroyed) stream[kDestroyed] = true;
}

module.exports = { construct, destroy, destroyer, errorOrDestroy, undestroy };
