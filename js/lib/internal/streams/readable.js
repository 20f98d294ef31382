// Readable: where data comes from. Data is kept until somebody reads, listens for 'data', or pipes.
'use strict';

const EventEmitter = require('events');
const { Stream, prependListener } = require('internal/streams/legacy');
const { FastBuffer } = require('internal/buffer');
const { ChunkQueue } = require('internal/streams/chunk_queue');
const { getHighWaterMark } = require('internal/streams/state');
const destroyImpl = require('internal/streams/destroy');
const { kIsDuplex } = require('internal/streams/utils');
const {
  aggregateTwoErrors,
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE, ERR_STREAM_PUSH_AFTER_EOF,
    ERR_STREAM_UNSHIFT_AFTER_END_EVENT,
  },
} = require('internal/errors');
const { validateObject } = require('internal/validators');
const { errorOrDestroy } = destroyImpl;

// read(n) may raise the high-water mark up to here.
const kMaxHighWaterMark = 0x40000000;
const kPaused = Symbol('kPaused');

let Buffer;
function buffers() {
  return Buffer ??= require('buffer').Buffer;
}

class ReadableState {
  constructor(options, isDuplex) {
    this.objectMode = Boolean(options && (options.objectMode || (isDuplex && options.readableObjectMode)));
    this.highWaterMark = getHighWaterMark(this.objectMode, options, 'readableHighWaterMark', isDuplex);
    this.buffer = new ChunkQueue();
    this.length = 0;
    this.pipes = [];
    // null: nobody has decided; false: paused; true: 'data' is emitted as it comes.
    this.flowing = null;
    this.ended = false;
    this.endEmitted = false;
    // A _read() has not been answered yet.
    this.reading = false;
    this.constructed = true;
    // We are inside of _read().
    this.sync = true;
    this.needReadable = false;
    this.emittedReadable = false;
    this.readableListening = false;
    this.resumeScheduled = false;
    this[kPaused] = null;
    this.errorEmitted = false;
    this.emitClose = !options || options.emitClose !== false;
    this.autoDestroy = !options || options.autoDestroy !== false;
    this.destroyed = false;
    this.errored = null;
    this.closed = false;
    this.closeEmitted = false;
    this.defaultEncoding = options?.defaultEncoding || 'utf8';
    // The piped-to streams that must drain first: null, one of them, or a Set.
    this.awaitDrainWriters = null;
    this.multiAwaitDrain = false;
    this.readingMore = false;
    this.dataEmitted = false;
    this.decoder = null;
    this.encoding = null;
    if (options?.encoding) {
      const { StringDecoder } = require('string_decoder');
      this.decoder = new StringDecoder(options.encoding);
      this.encoding = options.encoding;
    }
  }

  get pipesCount() {
    return this.pipes.length;
  }

  get paused() {
    return this[kPaused] !== false;
  }

  set paused(value) {
    this[kPaused] = Boolean(value);
  }
}

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  this._readableState = new ReadableState(options, this[kIsDuplex] === true);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal && this[kIsDuplex] !== true) {
      require('internal/streams/add_abort_signal').addAbortSignal(options.signal, this);
    }
  }
  Stream.call(this, options);
  destroyImpl.construct(this, () => {
    if (this._readableState.needReadable) maybeReadMore(this, this._readableState);
  });
}
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

Readable.prototype.destroy = destroyImpl.destroy;
Readable.prototype._undestroy = destroyImpl.undestroy;
Readable.prototype._destroy = function(error, callback) {
  callback(error);
};
// Resolves once it is closed; destroying what has not ended is no failure.
Readable.prototype[Symbol.asyncDispose] = function() {
  const { AbortError } = require('internal/errors');
  const { eos } = require('internal/streams/end_of_stream');
  let error = null;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  return new Promise((resolve, reject) => {
    eos(this, (failure) => (failure && failure !== error ? reject(failure) : resolve(null)));
  });
};
Readable.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};
Readable.prototype._read = function() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

// ---- Data comes in ---------------------------------------------------------------------------

// What the source gives; null is the end. Returns false when it should stop for now.
Readable.prototype.push = function(chunk, encoding) {
  return addToQueue(this, chunk, encoding, false);
};

// Gives back what a consumer has taken too much.
Readable.prototype.unshift = function(chunk, encoding) {
  return addToQueue(this, chunk, encoding, true);
};

function wantsMore(state) {
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

// Turns a chunk of a byte stream into what its queue holds; undefined when it is of no fitting type.
function prepareChunk(state, chunk, encoding, toFront) {
  if (typeof chunk === 'string') {
    encoding ||= state.defaultEncoding;
    if (state.encoding === encoding) return chunk;
    const bytes = buffers().from(chunk, encoding);
    return toFront && state.encoding ? bytes.toString(state.encoding) : bytes;
  }
  if (chunk instanceof FastBuffer) return chunk;
  if (chunk instanceof Uint8Array || isForeignUint8Array(chunk)) {
    return buffers().from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  return undefined;
}

// A Uint8Array of another context.
function isForeignUint8Array(chunk) {
  return ArrayBuffer.isView(chunk) && Object.prototype.toString.call(chunk) === '[object Uint8Array]';
}

function addToQueue(stream, chunk, encoding, toFront) {
  const state = stream._readableState;
  if (chunk === null) {
    state.reading = false;
    onEnd(stream, state);
    return false;
  }
  if (!state.objectMode && chunk !== undefined) {
    const prepared = prepareChunk(state, chunk, encoding, toFront);
    if (prepared === undefined) {
      errorOrDestroy(stream, new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk));
      return wantsMore(state);
    }
    chunk = prepared;
  }
  let size = state.objectMode ? 1 : chunk === undefined ? 0 : chunk.length;
  if (size > 0) {
    if (toFront) {
      if (state.endEmitted) errorOrDestroy(stream, new ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
      else if (state.destroyed || state.errored) return false;
      else addChunk(stream, state, chunk, size, true);
    } else if (state.ended) {
      errorOrDestroy(stream, new ERR_STREAM_PUSH_AFTER_EOF());
    } else if (state.destroyed || state.errored) {
      return false;
    } else {
      state.reading = false;
      const decodes = state.decoder !== null && typeof chunk !== 'string';
      if (decodes) {
        chunk = state.decoder.write(chunk);
        if (!state.objectMode) size = chunk.length;
      }
      if (size > 0) addChunk(stream, state, chunk, size, false);
      else maybeReadMore(stream, state);
    }
  } else if (!toFront) {
    state.reading = false;
    maybeReadMore(stream, state);
  }
  return wantsMore(state);
}

// `size`: what it counts for in the queue. V8 does not always inline the length of a Buffer: it is read once.
function addChunk(stream, state, chunk, size, toFront) {
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    // Straight through.
    clearAwaitDrain(state);
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += size;
    if (toFront) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

function clearAwaitDrain(state) {
  if (state.multiAwaitDrain) state.awaitDrainWriters.clear();
  else state.awaitDrainWriters = null;
}

function onEnd(stream, state) {
  if (state.ended) return;
  if (state.decoder) {
    const rest = state.decoder.end();
    if (rest && rest.length > 0) {
      state.buffer.push(rest);
      state.length += state.objectMode ? 1 : rest.length;
    }
  }
  state.ended = true;
  if (state.sync) {
    emitReadable(stream);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadableNow(stream);
  }
}

// ---- 'readable' and reading ahead ------------------------------------------------------------

function emitReadable(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  process.nextTick(emitReadableNow, stream);
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}

// Fills the queue up to the mark, next tick: the consumer may still be inside of read().
function maybeReadMore(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  process.nextTick(readMore, stream, state);
}

function readMore(stream, state) {
  while (!state.reading && !state.ended &&
         (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
    const before = state.length;
    stream.read(0);
    // Nothing came at once: the answer will.
    if (before === state.length) break;
  }
  state.readingMore = false;
}

// ---- Data goes out ---------------------------------------------------------------------------

function howMuchToRead(size, state) {
  if (size <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (Number.isNaN(size)) {
    // While flowing, chunk by chunk.
    return state.flowing && state.buffer.length > 1 ? state.buffer.first().length : state.length;
  }
  if (size <= state.length) return size;
  return state.ended ? state.length : 0;
}

// The power of two that `size` fits into.
function raisedMark(size) {
  if (size > kMaxHighWaterMark) throw new ERR_OUT_OF_RANGE('size', '<= 1GiB', size);
  return 2 ** Math.ceil(Math.log2(size));
}

// `size` bytes (or characters after setEncoding), or all there are; one object in object mode. null when there
// is not enough yet. read(0) only makes the stream fetch.
Readable.prototype.read = function(size) {
  if (size === undefined) size = NaN;
  else if (!Number.isInteger(size)) size = Number.parseInt(size, 10);
  const state = this._readableState;
  const wanted = size;

  if (size > state.highWaterMark) state.highWaterMark = raisedMark(size);
  if (size !== 0) state.emittedReadable = false;

  if (size === 0 && state.needReadable &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.ended)) {
    if (state.length === 0 && state.ended) endReadable(this);
    else emitReadable(this);
    return null;
  }
  size = howMuchToRead(size, state);
  if (size === 0 && state.ended) {
    if (state.length === 0) endReadable(this);
    return null;
  }

  const fetch = state.needReadable || state.length === 0 || state.length - size < state.highWaterMark;
  if (fetch && !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
    state.reading = true;
    state.sync = true;
    if (state.length === 0) state.needReadable = true;
    try {
      this._read(state.highWaterMark);
    } catch (error) {
      errorOrDestroy(this, error);
    }
    state.sync = false;
    // It may have answered at once.
    if (!state.reading) size = howMuchToRead(wanted, state);
  }

  const chunk = size > 0 ? takeFromQueue(size, state) : null;
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark;
    size = 0;
  } else {
    state.length -= size;
    clearAwaitDrain(state);
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true;
    // This was the last of it.
    if (wanted !== size && state.ended) endReadable(this);
  }
  if (chunk !== null && !state.errorEmitted && !state.closeEmitted) {
    state.dataEmitted = true;
    this.emit('data', chunk);
  }
  return chunk;
};

function takeFromQueue(size, state) {
  if (state.length === 0) return null;
  if (state.objectMode) return state.buffer.shift();
  if (!size || size >= state.length) return state.buffer.takeAll(state.decoder !== null);
  if (size === state.buffer.first().length) return state.buffer.shift();
  return state.buffer.take(size, state.decoder !== null);
}

function endReadable(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  process.nextTick(emitEnd, state, stream);
}

function emitEnd(state, stream) {
  // It may have gone on or away meanwhile.
  if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
  state.endEmitted = true;
  stream.emit('end');
  if (stream.writable && stream.allowHalfOpen === false) {
    process.nextTick(endWritableSide, stream);
  } else if (state.autoDestroy) {
    const other = stream._writableState;
    if (!other || (other.autoDestroy && (other.finished || other.writable === false))) stream.destroy();
  }
}

function endWritableSide(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

// ---- Flow ------------------------------------------------------------------------------------

Readable.prototype.isPaused = function() {
  return this._readableState[kPaused] === true || this._readableState.flowing === false;
};

Readable.prototype.resume = function() {
  const state = this._readableState;
  if (!state.flowing) {
    // With a 'readable' listener the consumer reads by itself.
    state.flowing = !state.readableListening;
    if (!state.resumeScheduled) {
      state.resumeScheduled = true;
      process.nextTick(resumeNow, this, state);
    }
  }
  state[kPaused] = false;
  return this;
};

function resumeNow(stream, state) {
  if (!state.reading) stream.read(0);
  state.resumeScheduled = false;
  stream.emit('resume');
  flow(stream);
  if (state.flowing && !state.reading) stream.read(0);
}

Readable.prototype.pause = function() {
  const state = this._readableState;
  if (state.flowing !== false) {
    state.flowing = false;
    this.emit('pause');
  }
  state[kPaused] = true;
  return this;
};

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

Readable.prototype.on = function(event, listener) {
  const result = Stream.prototype.on.call(this, event, listener);
  if (event === 'data') {
    const state = this._readableState;
    state.readableListening = this.listenerCount('readable') > 0;
    if (state.flowing !== false) this.resume();
  } else if (event === 'readable') {
    const state = this._readableState;
    if (!state.endEmitted && !state.readableListening) {
      state.readableListening = state.needReadable = true;
      state.flowing = false;
      state.emittedReadable = false;
      if (state.length > 0) emitReadable(this);
      else if (!state.reading) process.nextTick(readNothing, this);
    }
  }
  return result;
};
Readable.prototype.addListener = Readable.prototype.on;

function readNothing(stream) {
  stream.read(0);
}

Readable.prototype.removeListener = function(event, listener) {
  const result = Stream.prototype.removeListener.call(this, event, listener);
  if (event === 'readable') process.nextTick(updateListening, this);
  return result;
};
Readable.prototype.off = Readable.prototype.removeListener;

Readable.prototype.removeAllListeners = function(event) {
  const result = Reflect.apply(Stream.prototype.removeAllListeners, this, arguments);
  if (event === 'readable' || event === undefined) process.nextTick(updateListening, this);
  return result;
};

// A 'readable' listener went, perhaps to be replaced: does the stream flow now?
function updateListening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && state[kPaused] === false) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

// From now on chunks are strings.
Readable.prototype.setEncoding = function(encoding) {
  const { StringDecoder } = require('string_decoder');
  const state = this._readableState;
  const decoder = new StringDecoder(encoding);
  state.decoder = decoder;
  state.encoding = decoder.encoding;
  let text = '';
  for (const chunk of state.buffer) text += decoder.write(chunk);
  state.buffer.clear();
  if (text !== '') state.buffer.push(text);
  state.length = text.length;
  return this;
};

// ---- Pipes -----------------------------------------------------------------------------------

// One source to one destination. Keeps the source paused while the destination is full.
class Pipe {
  constructor(source, dest, ends) {
    this.source = source;
    this.dest = dest;
    this.onDrain = null;
    this.cleaned = false;
    this.onUnpipe = (readable, info) => {
      if (readable !== source || info?.hasUnpiped !== false) return;
      info.hasUnpiped = true;
      this.cleanUp();
    };
    this.onData = (chunk) => {
      if (dest.write(chunk) === false) this.pause();
    };
    this.onError = (error) => {
      this.unpipe();
      dest.removeListener('error', this.onError);
      if (dest.listenerCount('error') > 0) return;
      const state = dest._writableState || dest._readableState;
      if (state && !state.errorEmitted) errorOrDestroy(dest, error);
      else dest.emit('error', error);
    };
    this.onClose = () => {
      dest.removeListener('finish', this.onFinish);
      this.unpipe();
    };
    this.onFinish = () => {
      dest.removeListener('close', this.onClose);
      this.unpipe();
    };
    this.onEnd = ends ? () => dest.end() : () => this.unpipe();
  }

  start() {
    const { source, dest } = this;
    const state = source._readableState;
    if (state.endEmitted) process.nextTick(this.onEnd);
    else source.once('end', this.onEnd);
    dest.on('unpipe', this.onUnpipe);
    source.on('data', this.onData);
    prependListener(dest, 'error', this.onError);
    dest.once('close', this.onClose);
    dest.once('finish', this.onFinish);
    dest.emit('pipe', source);
    if (dest.writableNeedDrain === true) this.pause();
    else if (!state.flowing) source.resume();
  }

  unpipe() {
    this.source.unpipe(this.dest);
  }

  pause() {
    const { source, dest } = this;
    const state = source._readableState;
    // It may have been unpiped while it wrote.
    if (!this.cleaned) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state.multiAwaitDrain = false;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        if (!state.multiAwaitDrain) {
          const one = state.awaitDrainWriters;
          state.awaitDrainWriters = new Set(one ? [one] : []);
          state.multiAwaitDrain = true;
        }
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (this.onDrain === null) {
      this.onDrain = () => drained(source, dest);
      dest.on('drain', this.onDrain);
    }
  }

  cleanUp() {
    const { source, dest } = this;
    dest.removeListener('close', this.onClose);
    dest.removeListener('finish', this.onFinish);
    if (this.onDrain !== null) dest.removeListener('drain', this.onDrain);
    dest.removeListener('error', this.onError);
    dest.removeListener('unpipe', this.onUnpipe);
    source.removeListener('end', this.onEnd);
    source.removeListener('data', this.onData);
    this.cleaned = true;
    // Others may wait for a drain that only this listener would have told of.
    if (this.onDrain !== null && source._readableState.awaitDrainWriters &&
        (!dest._writableState || dest._writableState.needDrain)) {
      this.onDrain();
    }
  }
}

function drained(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) state.awaitDrainWriters = null;
  else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(dest);
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data') > 0) {
    source.resume();
  }
}

Readable.prototype.pipe = function(dest, options) {
  const state = this._readableState;
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);
  const ends = (!options || options.end !== false) && !dest._isStdio;
  new Pipe(this, dest, ends).start();
  return dest;
};

Readable.prototype.unpipe = function(dest) {
  const state = this._readableState;
  if (state.pipes.length === 0) return this;
  if (!dest) {
    const all = state.pipes;
    state.pipes = [];
    this.pause();
    for (const each of all) each.emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const at = state.pipes.indexOf(dest);
  if (at < 0) return this;
  state.pipes.splice(at, 1);
  if (state.pipes.length === 0) this.pause();
  dest.emit('unpipe', this, { hasUnpiped: false });
  return this;
};

// ---- Other sources and consumers -------------------------------------------------------------

// Takes the data of an old-style stream, one that emits 'data' and 'end' by itself.
Readable.prototype.wrap = function(stream) {
  let paused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => this.push(null));
  stream.on('error', (error) => errorOrDestroy(this, error));
  stream.on('close', () => this.destroy());
  stream.on('destroy', () => this.destroy());
  this._read = () => {
    if (paused && stream.resume) {
      paused = false;
      stream.resume();
    }
  };
  for (const name of Object.keys(stream)) {
    if (this[name] === undefined && typeof stream[name] === 'function') this[name] = stream[name].bind(stream);
  }
  return this;
};

Readable.prototype[Symbol.asyncIterator] = function() {
  return iterate(this);
};

// options.destroyOnReturn: false leaves the stream alive when the loop is left early.
Readable.prototype.iterator = function(options) {
  if (options !== undefined) validateObject(options, 'options');
  return iterate(this, options);
};

function iterate(stream, options) {
  if (typeof stream.read !== 'function') stream = Readable.wrap(stream, { objectMode: true });
  const iterator = iterateChunks(stream, options);
  iterator.stream = stream;
  return iterator;
}

async function* iterateChunks(stream, options) {
  const { eos } = require('internal/streams/end_of_stream');
  let wake = null;
  // undefined: goes on; null: ended; else the error.
  let outcome;
  const onReadable = () => {
    wake?.();
    wake = null;
  };
  stream.on('readable', onReadable);
  const stopWatching = eos(stream, { writable: false }, (error) => {
    outcome = error ? aggregateTwoErrors(outcome, error) : null;
    onReadable();
  });
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) {
        yield chunk;
      } else if (outcome) {
        throw outcome;
      } else if (outcome === null) {
        return;
      } else {
        await new Promise((resolve) => { wake = resolve; });
      }
    }
  } catch (error) {
    outcome = aggregateTwoErrors(outcome, error);
    throw outcome;
  } finally {
    const leaves = (outcome || options?.destroyOnReturn !== false) &&
      (outcome === undefined || stream._readableState.autoDestroy);
    if (leaves) {
      destroyImpl.destroyer(stream, null);
    } else {
      stream.removeListener('readable', onReadable);
      stopWatching();
    }
  }
}

// ---- Properties ------------------------------------------------------------------------------

function accessor(get, set = undefined, enumerable = false) {
  return { get, set, enumerable, configurable: true };
}

Object.defineProperties(Readable.prototype, {
  readable: accessor(function() {
    const state = this._readableState;
    return Boolean(state) && state.readable !== false && !state.destroyed && !state.errorEmitted && !state.endEmitted;
  }, function(value) {
    if (this._readableState) this._readableState.readable = Boolean(value);
  }),
  readableDidRead: accessor(function() {
    return this._readableState.dataEmitted;
  }),
  readableAborted: accessor(function() {
    const state = this._readableState;
    return Boolean(state.readable !== false && (state.destroyed || state.errored) && !state.endEmitted);
  }),
  readableHighWaterMark: accessor(function() {
    return this._readableState.highWaterMark;
  }),
  readableBuffer: accessor(function() {
    return this._readableState?.buffer;
  }),
  readableFlowing: accessor(function() {
    return this._readableState.flowing;
  }, function(value) {
    if (this._readableState) this._readableState.flowing = value;
  }),
  readableLength: accessor(function() {
    return this._readableState.length;
  }),
  readableObjectMode: accessor(function() {
    return this._readableState ? this._readableState.objectMode : false;
  }),
  readableEncoding: accessor(function() {
    return this._readableState ? this._readableState.encoding : null;
  }),
  readableEnded: accessor(function() {
    return this._readableState ? this._readableState.endEmitted : false;
  }),
  errored: accessor(function() {
    return this._readableState ? this._readableState.errored : null;
  }),
  closed: accessor(function() {
    return this._readableState ? this._readableState.closed : false;
  }),
  destroyed: accessor(function() {
    return this._readableState ? this._readableState.destroyed : false;
  }, function(value) {
    if (this._readableState) this._readableState.destroyed = value;
  }),
});

// ---- Static parts ----------------------------------------------------------------------------

Readable._fromList = takeFromQueue;

Readable.from = function(iterable, options) {
  return require('internal/streams/from').from(Readable, iterable, options);
};

Readable.wrap = function(source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(error, callback) {
      destroyImpl.destroyer(source, error);
      callback(error);
    },
  }).wrap(source);
};

Readable.fromWeb = function(webStream, options) {
  return require('internal/streams/web').readableFromWeb(webStream, options);
};
Readable.toWeb = function(stream, options) {
  return require('internal/streams/web').readableToWeb(stream, options);
};

module.exports = { Readable, ReadableState };
