// Writable: where data goes to. One _write() at a time; what comes meanwhile waits in order.
'use strict';

const EventEmitter = require('events');
const { FastBuffer } = require('internal/buffer');
const { Stream } = require('internal/streams/legacy');
const { getHighWaterMark } = require('internal/streams/state');
const destroyImpl = require('internal/streams/destroy');
const { kIsDuplex } = require('internal/streams/utils');
const {
  ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_MULTIPLE_CALLBACK, ERR_STREAM_ALREADY_FINISHED,
  ERR_STREAM_CANNOT_PIPE, ERR_STREAM_DESTROYED, ERR_STREAM_NULL_VALUES, ERR_STREAM_WRITE_AFTER_END,
  ERR_UNKNOWN_ENCODING,
} = require('internal/errors').codes;
const { errorOrDestroy } = destroyImpl;

const kOnFinished = Symbol('kOnFinished');

let Buffer;
function buffers() {
  return Buffer ??= require('buffer').Buffer;
}

function nothing() {}

class WritableState {
  constructor(options, isDuplex) {
    this.objectMode = Boolean(options && (options.objectMode || (isDuplex && options.writableObjectMode)));
    this.highWaterMark = getHighWaterMark(this.objectMode, options, 'writableHighWaterMark', isDuplex);
    this.finalCalled = false;
    this.needDrain = false;
    // end() was called; it has returned; 'finish' was emitted.
    this.ending = false;
    this.ended = false;
    this.finished = false;
    this.destroyed = false;
    this.decodeStrings = !options || options.decodeStrings !== false;
    this.defaultEncoding = options?.defaultEncoding || 'utf8';
    // Bytes (objects) that were written and not yet taken by _write().
    this.length = 0;
    // A _write() has not been answered yet.
    this.writing = false;
    this.corked = 0;
    // We are inside of _write().
    this.sync = true;
    this.bufferProcessing = false;
    this.onwrite = null;
    this.writecb = null;
    this.writelen = 0;
    this.afterWriteTickInfo = null;
    this.buffered = [];
    this.bufferedIndex = 0;
    this.allBuffers = true;
    this.allNoop = true;
    // Callbacks that must have run before 'finish'.
    this.pendingcb = 0;
    this.constructed = true;
    this.prefinished = false;
    this.errorEmitted = false;
    this.emitClose = !options || options.emitClose !== false;
    this.autoDestroy = !options || options.autoDestroy !== false;
    this.errored = null;
    this.closed = false;
    this.closeEmitted = false;
    this[kOnFinished] = [];
  }

  getBuffer() {
    return this.buffered.slice(this.bufferedIndex);
  }

  get bufferedRequestCount() {
    return this.buffered.length - this.bufferedIndex;
  }
}

function resetBuffer(state) {
  state.buffered = [];
  state.bufferedIndex = 0;
  state.allBuffers = true;
  state.allNoop = true;
}

function Writable(options) {
  const isDuplex = this?.[kIsDuplex] === true;
  if (!isDuplex && !(this instanceof Writable)) return new Writable(options);
  this._writableState = new WritableState(options, isDuplex);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
  }
  Stream.call(this, options);
  destroyImpl.construct(this, () => {
    const state = this._writableState;
    if (!state.writing) clearBuffer(this, state);
    finishMaybe(this, state);
  });
}
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;

// A duplex is a Writable too, though its prototype chain has only Readable.
Object.defineProperty(Writable, Symbol.hasInstance, {
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && Boolean(object) && object._writableState instanceof WritableState;
  },
});

Writable.prototype.pipe = function() {
  errorOrDestroy(this, new ERR_STREAM_CANNOT_PIPE());
};

Writable.prototype._write = function(chunk, encoding, callback) {
  if (!this._writev) throw new ERR_METHOD_NOT_IMPLEMENTED('_write()');
  this._writev([{ chunk, encoding }], callback);
};
Writable.prototype._writev = null;

// ---- Writing ---------------------------------------------------------------------------------

function checkEncoding(encoding) {
  if (encoding !== 'buffer' && !buffers().isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
}

// Returns true, false (over the mark), or the error that the callback and 'error' get as well.
function write(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = state.defaultEncoding;
  } else {
    if (!encoding) encoding = state.defaultEncoding;
    else checkEncoding(encoding);
    if (typeof callback !== 'function') callback = nothing;
  }

  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      if (state.decodeStrings !== false) {
        chunk = buffers().from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof FastBuffer) {
      encoding = 'buffer';
    } else if (chunk instanceof Uint8Array || Object.prototype.toString.call(chunk) === '[object Uint8Array]') {
      chunk = buffers().from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
    }
  }

  let error;
  if (state.ending) error = new ERR_STREAM_WRITE_AFTER_END();
  else if (state.destroyed) error = new ERR_STREAM_DESTROYED('write');
  if (error !== undefined) {
    process.nextTick(callback, error);
    errorOrDestroy(stream, error, true);
    return error;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, callback);
}

Writable.prototype.write = function(chunk, encoding, callback) {
  return write(this, chunk, encoding, callback) === true;
};

function onwriteOf(stream, state) {
  return state.onwrite ??= (error) => onWritten(stream, error);
}

function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const size = state.objectMode ? 1 : chunk.length;
  state.length += size;
  const below = state.length < state.highWaterMark;
  if (!below) state.needDrain = true;
  // What waits goes first: it may stand there for the end of _construct() only.
  if (state.writing || state.corked > 0 || state.errored || !state.constructed || state.buffered.length > state.bufferedIndex) {
    state.buffered.push({ chunk, encoding, callback });
    if (state.allBuffers && encoding !== 'buffer') state.allBuffers = false;
    if (state.allNoop && callback !== nothing) state.allNoop = false;
  } else {
    state.writelen = size;
    state.writecb = callback;
    state.writing = true;
    state.sync = true;
    stream._write(chunk, encoding, onwriteOf(stream, state));
    state.sync = false;
  }
  return below && !state.errored && !state.destroyed;
}

function writeBuffered(stream, state, isBatch, size, chunk, encoding, callback) {
  state.writelen = size;
  state.writecb = callback;
  state.writing = true;
  state.sync = true;
  if (state.destroyed) onwriteOf(stream, state)(new ERR_STREAM_DESTROYED('write'));
  else if (isBatch) stream._writev(chunk, onwriteOf(stream, state));
  else stream._write(chunk, encoding, onwriteOf(stream, state));
  state.sync = false;
}

// _write() has answered.
function onWritten(stream, error) {
  const state = stream._writableState;
  const { sync, writecb: callback } = state;
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, new ERR_MULTIPLE_CALLBACK());
    return;
  }
  state.writing = false;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (error) {
    void error.stack;
    if (!state.errored) state.errored = error;
    if (stream._readableState && !stream._readableState.errored) stream._readableState.errored = error;
    if (sync) process.nextTick(afterFailure, stream, state, error, callback);
    else afterFailure(stream, state, error, callback);
    return;
  }
  if (state.buffered.length > state.bufferedIndex) clearBuffer(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, callback);
    return;
  }
  // Equal callbacks of one tick (mostly none at all) are told of together.
  const info = state.afterWriteTickInfo;
  if (info !== null && info.callback === callback) {
    info.count++;
  } else {
    state.afterWriteTickInfo = { count: 1, callback, stream, state };
    process.nextTick(afterWriteTick, state.afterWriteTickInfo);
  }
}

function afterWriteTick({ stream, state, count, callback }) {
  state.afterWriteTickInfo = null;
  afterWrite(stream, state, count, callback);
}

function afterWrite(stream, state, count, callback) {
  if (!state.ending && !stream.destroyed && state.length === 0 && state.needDrain) {
    state.needDrain = false;
    stream.emit('drain');
  }
  while (count-- > 0) {
    state.pendingcb--;
    callback(null);
  }
  if (state.destroyed) failBuffered(state);
  finishMaybe(stream, state);
}

function afterFailure(stream, state, error, callback) {
  state.pendingcb--;
  callback(error);
  failBuffered(state);
  errorOrDestroy(stream, error);
}

// What waits will never be written.
function failBuffered(state) {
  if (state.writing) return;
  for (let i = state.bufferedIndex; i < state.buffered.length; i++) {
    const { chunk, callback } = state.buffered[i];
    state.length -= state.objectMode ? 1 : chunk.length;
    callback(state.errored ?? new ERR_STREAM_DESTROYED('write'));
  }
  for (const callback of state[kOnFinished].splice(0)) callback(state.errored ?? new ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

// Writes what waits: all at once when the stream can.
function clearBuffer(stream, state) {
  if (state.corked > 0 || state.bufferProcessing || state.destroyed || !state.constructed) return;
  const { buffered, bufferedIndex } = state;
  const count = buffered.length - bufferedIndex;
  if (count === 0) return;
  state.bufferProcessing = true;

  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const callback = state.allNoop ? nothing : (error) => {
      for (let i = bufferedIndex; i < buffered.length; i++) buffered[i].callback(error);
    };
    // The callback above needs the array as it is.
    const chunks = state.allNoop && bufferedIndex === 0 ? buffered : buffered.slice(bufferedIndex);
    chunks.allBuffers = state.allBuffers;
    // Before the write: what is written from within it starts a new list.
    resetBuffer(state);
    writeBuffered(stream, state, true, state.length, chunks, '', callback);
  } else {
    let i = bufferedIndex;
    do {
      const { chunk, encoding, callback } = buffered[i];
      buffered[i++] = null;
      writeBuffered(stream, state, false, state.objectMode ? 1 : chunk.length, chunk, encoding, callback);
    } while (i < buffered.length && !state.writing);
    if (i === buffered.length) {
      resetBuffer(state);
    } else if (i > 256) {
      buffered.splice(0, i);
      state.bufferedIndex = 0;
    } else {
      state.bufferedIndex = i;
    }
  }
  state.bufferProcessing = false;
}

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked === 0) return;
  state.corked--;
  if (!state.writing) clearBuffer(this, state);
};

Writable.prototype.setDefaultEncoding = function(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!buffers().isEncoding(encoding)) throw new ERR_UNKNOWN_ENCODING(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// ---- Ending ----------------------------------------------------------------------------------

Writable.prototype.end = function(chunk, encoding, callback) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }

  let error;
  if (chunk !== null && chunk !== undefined) {
    const result = write(this, chunk, encoding);
    if (result instanceof Error) error = result;
  }
  if (state.corked > 0) {
    state.corked = 1;
    this.uncork();
  }
  if (error === undefined) {
    if (!state.errored && !state.ending) {
      state.ending = true;
      finishMaybe(this, state, true);
      state.ended = true;
    } else if (state.finished) {
      error = new ERR_STREAM_ALREADY_FINISHED('end');
    } else if (state.destroyed) {
      error = new ERR_STREAM_DESTROYED('end');
    }
  }
  if (typeof callback === 'function') {
    if (error) process.nextTick(callback, error);
    else if (state.finished) process.nextTick(callback);
    else state[kOnFinished].push(callback);
  }
  return this;
};

function needFinish(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored &&
    state.buffered.length === 0 && !state.finished && !state.writing && !state.errorEmitted && !state.closeEmitted;
}

function callFinal(stream, state) {
  let called = false;
  function onFinal(error) {
    if (called) {
      errorOrDestroy(stream, error ?? new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (error) {
      for (const callback of state[kOnFinished].splice(0)) callback(error);
      errorOrDestroy(stream, error, state.sync);
    } else if (needFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      // 'finish' must not come before end() has returned.
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  }
  state.sync = true;
  state.pendingcb++;
  try {
    stream._final(onFinal);
  } catch (error) {
    onFinal(error);
  }
  state.sync = false;
}

function prefinish(stream, state) {
  if (state.prefinished || state.finalCalled) return;
  if (typeof stream._final === 'function' && !state.destroyed) {
    state.finalCalled = true;
    callFinal(stream, state);
  } else {
    state.prefinished = true;
    stream.emit('prefinish');
  }
}

function finishMaybe(stream, state, sync) {
  if (!needFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb > 0) return;
  if (sync) {
    state.pendingcb++;
    process.nextTick(finishIfStillDue, stream, state);
  } else if (needFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishIfStillDue(stream, state) {
  if (needFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function finish(stream, state) {
  state.pendingcb--;
  state.finished = true;
  for (const callback of state[kOnFinished].splice(0)) callback();
  stream.emit('finish');
  if (!state.autoDestroy) return;
  const other = stream._readableState;
  if (!other || (other.autoDestroy && (other.endEmitted || other.readable === false))) stream.destroy();
}

Writable.prototype.destroy = function(error, callback) {
  const state = this._writableState;
  if (!state.destroyed && (state.bufferedIndex < state.buffered.length || state[kOnFinished].length > 0)) {
    process.nextTick(failBuffered, state);
  }
  destroyImpl.destroy.call(this, error, callback);
  return this;
};
Writable.prototype._undestroy = destroyImpl.undestroy;
Writable.prototype._destroy = function(error, callback) {
  callback(error);
};
Writable.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};

// ---- Properties ------------------------------------------------------------------------------

function accessor(get, set = undefined) {
  return { get, set, enumerable: false, configurable: true };
}

Object.defineProperties(Writable.prototype, {
  writable: accessor(function() {
    const state = this._writableState;
    return Boolean(state) && state.writable !== false && !state.destroyed && !state.errored && !state.ending &&
      !state.ended;
  }, function(value) {
    if (this._writableState) this._writableState.writable = Boolean(value);
  }),
  writableFinished: accessor(function() {
    return this._writableState ? this._writableState.finished : false;
  }),
  writableObjectMode: accessor(function() {
    return this._writableState ? this._writableState.objectMode : false;
  }),
  writableBuffer: accessor(function() {
    return this._writableState?.getBuffer();
  }),
  writableEnded: accessor(function() {
    return this._writableState ? this._writableState.ending : false;
  }),
  writableNeedDrain: accessor(function() {
    const state = this._writableState;
    return Boolean(state) && !state.destroyed && !state.ending && state.needDrain;
  }),
  writableHighWaterMark: accessor(function() {
    return this._writableState?.highWaterMark;
  }),
  writableCorked: accessor(function() {
    return this._writableState ? this._writableState.corked : 0;
  }),
  writableLength: accessor(function() {
    return this._writableState?.length;
  }),
  writableAborted: accessor(function() {
    const state = this._writableState;
    return Boolean(state.writable !== false && (state.destroyed || state.errored) && !state.finished);
  }),
  errored: accessor(function() {
    return this._writableState ? this._writableState.errored : null;
  }),
  closed: accessor(function() {
    return this._writableState ? this._writableState.closed : false;
  }),
  destroyed: accessor(function() {
    return this._writableState ? this._writableState.destroyed : false;
  }, function(value) {
    if (this._writableState) this._writableState.destroyed = value;
  }),
});

Writable.fromWeb = function(webStream, options) {
  return require('internal/streams/web').writableFromWeb(webStream, options);
};
Writable.toWeb = function(stream) {
  return require('internal/streams/web').writableToWeb(stream);
};

module.exports = { Writable, WritableState };
