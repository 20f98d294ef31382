// zlib: the stream that all its classes are. A native stream does the work, a piece of output at a time, on the thread pool;
// one native write is under way at a time, and the next waits for a reader that has enough.
'use strict';

const binding = internalBinding('zlib');
const assert = require('assert');
const asyncContext = require('internal/async_context');
const { Buffer } = require('buffer');
const { Transform, finished } = require('stream');
const { ERR_BUFFER_TOO_LARGE } = require('internal/errors').codes;
const { deprecate } = require('internal/util');
const { constants, codes } = require('internal/zlib/constants');
const { checkFormatOptions, checkLevel, checkStrategy, checkStreamOptions } = require('internal/zlib/options');

const {
  Z_BLOCK, Z_FINISH, Z_FULL_FLUSH, Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH,
} = constants;

// In ascending order of what they flush.
const kFlushOrder = [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH];
const strongerFlush = (a, b) => (kFlushOrder.indexOf(a) > kFlushOrder.indexOf(b) ? a : b);

// An empty chunk that carries a flush through the stream's queue, in its place among what is written.
const kFlush = Symbol('kFlush');
const flushChunks = kFlushOrder.map(() => Buffer.alloc(0));
for (const flush of kFlushOrder) flushChunks[flush][kFlush] = flush;

// What synchronous calls failed with.
const kError = Symbol('kError');

function makeError(message, code) {
  const error = new Error(message);
  error.errno = code;
  error.code = codes[code];
  return error;
}

function Zlib(options, mode) {
  const { chunkSize, flush, finishFlush, maxOutputLength } =
    checkStreamOptions(options, { flush: Z_NO_FLUSH, finishFlush: Z_FINISH });
  const { windowBits, level, memLevel, strategy, dictionary } = checkFormatOptions(options, mode);
  if (options && (options.encoding || options.objectMode || options.writableObjectMode)) {
    options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
  }
  Transform.call(this, { autoDestroy: true, ...options });
  this.bytesWritten = 0;
  // [room left in the output, input left, status]: see js/bind_zlib.cc.
  this._writeState = new Float64Array(3);
  this._handle = new binding.ZlibStream(mode, windowBits, level, memLevel, strategy, dictionary, this._writeState,
                                        asyncContext.bind(onWritten, 'ZLIB'));
  this._handle.owner = this;
  this._handle.current = undefined;
  this._outBuffer = Buffer.allocUnsafe(chunkSize);
  this._outOffset = 0;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = Z_FULL_FLUSH;
  this._info = Boolean(options?.info);
  this._maxOutputLength = maxOutputLength;
  this._level = level;
  this._strategy = strategy;
  this[kError] = null;
}
Object.setPrototypeOf(Zlib.prototype, Transform.prototype);
Object.setPrototypeOf(Zlib, Transform);

Object.defineProperty(Zlib.prototype, '_closed', {
  configurable: true,
  enumerable: true,
  get() {
    return this._handle === null;
  },
});

const bytesReadWarning = 'zlib.bytesRead is deprecated and will change its meaning in the future. Use zlib.bytesWritten instead.';
Object.defineProperty(Zlib.prototype, 'bytesRead', {
  configurable: true,
  enumerable: true,
  get: deprecate(function() {
    return this.bytesWritten;
  }, bytesReadWarning, 'DEP0108'),
  set: deprecate(function(value) {
    this.bytesWritten = value;
  }, bytesReadWarning, 'DEP0108'),
});

// ---- Methods ---------------------------------------------------------------------------------

function isOpen(stream) {
  assert(stream._handle, 'zlib binding closed');
}

Zlib.prototype.reset = function() {
  isOpen(this);
  this._handle.reset();
};

Zlib.prototype.params = function(level, strategy, callback) {
  const newLevel = checkLevel(level);
  const newStrategy = checkStrategy(strategy);
  if (this._level === newLevel && this._strategy === newStrategy) {
    process.nextTick(callback);
    return;
  }
  // What has been written before is compressed as it was to be.
  this.flush(Z_SYNC_FLUSH, () => {
    isOpen(this);
    this._handle.params(newLevel, newStrategy);
    if (this.destroyed) return;
    this._level = newLevel;
    this._strategy = newStrategy;
    callback?.();
  });
};

Zlib.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    this.write(flushChunks[kind], '', callback);
  }
};

Zlib.prototype.close = function(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

function closeHandle(stream) {
  stream._handle?.close();
  stream._handle = null;
}

Zlib.prototype._destroy = function(error, callback) {
  closeHandle(this);
  callback(error);
};

Zlib.prototype._flush = function(callback) {
  this._transform(Buffer.alloc(0), '', callback);
};

Zlib.prototype._transform = function(chunk, encoding, callback) {
  let flush = this._defaultFlushFlag;
  if (typeof chunk[kFlush] === 'number') flush = chunk[kFlush];
  else if (this.writableEnded && this.writableLength === chunk.byteLength) flush = strongerFlush(flush, this._finishFlushFlag);
  startWrite(this, chunk, flush, callback);
};

// As programs of old call it: without a callback it answers at once.
Zlib.prototype._processChunk = function(chunk, flush, callback) {
  if (typeof callback === 'function') return startWrite(this, chunk, flush, callback);
  return processSync(this, chunk, flush);
};

// ---- Writing ---------------------------------------------------------------------------------

// A chunk on its way: how far its input has got, and how much room there was for output.
class Write {
  constructor(chunk, flush, callback) {
    this.chunk = chunk;
    this.flush = flush;
    this.callback = callback;
    this.offset = 0;
    this.left = chunk.byteLength;
    this.room = 0;
  }

  args(stream) {
    this.room = stream._chunkSize - stream._outOffset;
    return [this.flush, this.chunk, this.offset, this.left, stream._outBuffer, stream._outOffset];
  }
}

function startWrite(stream, chunk, flush, callback) {
  if (stream._handle === null) {
    process.nextTick(callback);
    return;
  }
  stream._handle.current = new Write(chunk, flush, callback);
  goOn(stream._handle, stream);
}

function goOn(handle, stream) {
  handle.write(...handle.current.args(stream));
}

// Takes note of what a native write has done: the new output, or undefined when there is none.
function takeResult(stream, write) {
  const [roomLeft, inputLeft] = stream._writeState;
  const taken = write.left - inputLeft;
  stream.bytesWritten += taken;
  write.offset += taken;
  write.left = inputLeft;
  const produced = write.room - roomLeft;
  assert(produced >= 0, 'have should not go down');
  if (produced === 0) return undefined;
  const output = stream._outBuffer.slice(stream._outOffset, stream._outOffset + produced);
  stream._outOffset += produced;
  return output;
}

function renewOutput(stream) {
  if (stream._outOffset < stream._chunkSize) return;
  stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
  stream._outOffset = 0;
}

function takeError(stream, handle) {
  const status = stream._writeState[2];
  return status === 0 ? undefined : makeError(handle.message(), status);
}

function onWritten() {
  const stream = this.owner;
  const write = this.current;
  if (stream.destroyed) {
    this.current = undefined;
    write.callback();
    return;
  }
  const error = takeError(stream, this);
  if (error !== undefined) {
    stream.destroy(error);
    stream[kError] = error;
    return;
  }
  const output = takeResult(stream, write);
  const readerWaits = output === undefined || stream.push(output);
  if (stream.destroyed) {
    write.callback();
    return;
  }
  const full = stream._writeState[0] === 0;
  renewOutput(stream);
  if (full) {
    if (readerWaits) goOn(this, stream);
    else goOnWhenRead(this, stream);
    return;
  }
  // With room left, what it has not taken comes after the stream's end.
  if (write.left > 0) stream.push(null);
  this.current = undefined;
  write.callback();
}

function goOnWhenRead(handle, stream) {
  const read = stream._read;
  stream._read = (size) => {
    stream._read = read;
    if (stream._handle !== null) goOn(handle, stream);
    stream._read(size);
  };
}

// ---- At once ---------------------------------------------------------------------------------

function joinOutput(parts, length) {
  if (parts.length === 0) return Buffer.alloc(0);
  return parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
}

function processSync(stream, chunk, flush) {
  isOpen(stream);
  const handle = stream._handle;
  const write = new Write(chunk, flush, undefined);
  const parts = [];
  let length = 0;
  let failed;
  const noteError = (error) => { failed = error; };
  stream.on('error', noteError);
  for (;;) {
    handle.writeSync(...write.args(stream));
    failed ??= takeError(stream, handle) ?? stream[kError] ?? undefined;
    if (failed !== undefined) {
      closeHandle(stream);
      throw failed;
    }
    const output = takeResult(stream, write);
    const full = stream._writeState[0] === 0;
    renewOutput(stream);
    if (output !== undefined) {
      parts.push(output);
      length += output.byteLength;
      if (length > stream._maxOutputLength) {
        closeHandle(stream);
        throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
    if (!full) break;
  }
  stream.removeListener('error', noteError);
  closeHandle(stream);
  return joinOutput(parts, length);
}

module.exports = { Zlib, joinOutput, processSync };
