// ReadStream and WriteStream: files as streams. Functions, not classes: 2010's programs call them without `new`.
'use strict';

const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_METHOD_NOT_IMPLEMENTED, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateFunction, validateInteger } = require('internal/validators');
const { Readable, Writable } = require('stream');
const { getOptions, getFd, getPath } = require('internal/fs/utils');
const { read: plainRead } = require('internal/fs/callback');
const { sendDirectly } = require('internal/fs/direct');

const kFs = Symbol('fs');
const kHandle = Symbol('handle');
const kBusy = Symbol('busy');      // a read or write is under way
const kWhenIdle = Symbol('whenIdle');
const kFlush = Symbol('flush');
const kDirect = Symbol('direct'); // the file is the stream's own: nobody else moves its position

const kReadAheadBytes = 64 * 1024;
const kMostEagainRetries = 5;

// The functions of `handle` in the shape of fs's.
function fsOfHandle(stream, handle) {
  const relay = (promise, callback) => {
    promise.then((value) => process.nextTick(callback, null, value), (error) => process.nextTick(callback, error));
  };
  return {
    open(path, flags, mode, callback) {
      throw new ERR_METHOD_NOT_IMPLEMENTED('open()');
    },
    read(fd, buffer, offset, length, position, callback) {
      relay(handle.read(buffer, offset, length, position).then((r) => r.bytesRead, (error) => {
        // Who closes the handle ends the stream: no error of the stream's.
        if (handle.closing) stream.destroy();
        else throw error;
      }), callback);
    },
    write(fd, buffer, offset, length, position, callback) {
      relay(handle.write(buffer, offset, length, position).then((r) => r.bytesWritten), callback);
    },
    writev(fd, buffers, position, callback) {
      relay(handle.writev(buffers, position).then((r) => r.bytesWritten), callback);
    },
    fsync(fd, callback) {
      relay(handle.sync(), callback);
    },
    close(fd, callback) {
      relay(handle.close(), callback);
    },
  };
}

// Where the stream gets its descriptor and its functions from.
function takeSource(stream, options, needed) {
  const { fd } = options;
  if (fd === undefined || fd === null) {
    stream.fd = null;
    const custom = options.fs;
    stream[kFs] = custom || require('fs');
    if (custom) {
      for (const name of needed) validateFunction(custom[name], `options.fs.${name}`);
    }
    return;
  }
  if (typeof fd === 'number') {
    stream[kFs] = options.fs || require('fs');
    stream.fd = getFd(fd);
    return;
  }
  if (typeof fd === 'object' && fd instanceof require('internal/fs/file_handle').FileHandle) {
    if (options.fs) throw new ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream[kHandle] = fd;
    stream[kFs] = fsOfHandle(stream, fd);
    stream.fd = fd.fd;
    const onClose = () => stream.destroy();
    fd.on('close', onClose);
    stream.once('close', () => fd.removeListener('close', onClose));
    return;
  }
  throw new ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
}

// Opens the file before the stream's first work. Programs (graceful-fs) put their own open() in the
// way, which reports by emitting: then those events are the answer.
function construct(callback) {
  const stream = this;
  if (typeof stream.fd === 'number') return callback();
  if (stream.open !== openFile) {
    const emit = stream.emit;
    stream.emit = function(event, ...args) {
      if (event === 'open' || event === 'error') {
        stream.emit = emit;
        callback(event === 'error' ? args[0] : undefined);
        if (event === 'error') return true;
      }
      return Reflect.apply(emit, this, [event, ...args]);
    };
    stream.open();
    return undefined;
  }
  stream[kFs].open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) return callback(error);
    stream.fd = fd;
    callback();
    stream.emit('open', fd);
    stream.emit('ready');
  });
  return undefined;
}

// The public open() of both: construction calls it when somebody replaced it.
function openFile() {
  const text = `${this.constructor.name}.prototype.open() is deprecated`;
  if (deprecatedOnce.has(text)) return;
  deprecatedOnce.add(text);
  process.emitWarning(text, 'DeprecationWarning', 'DEP0135');
}
const deprecatedOnce = new Set();

// Lets go of the file, but never while the pool works on it.
function destroy(error, callback) {
  const close = (ioError) => closeFile(this, error || ioError, callback);
  if (this[kBusy]) this[kWhenIdle] = close;
  else close();
}

function closeFile(stream, error, callback) {
  const { fd } = stream;
  if (typeof fd !== 'number') return callback(error);
  const finish = () => {
    stream[kFs].close(fd, (closeError) => callback(error || closeError));
    stream.fd = null;
  };
  if (stream[kFlush] && !error) {
    stream[kFs].fsync(fd, (flushError) => {
      error = flushError;
      finish();
    });
  } else {
    finish();
  }
  return undefined;
}

// Marks the end of an operation; true when the stream was destroyed meanwhile and the result is of no use.
function becomeIdle(stream, error) {
  stream[kBusy] = false;
  const waiting = stream[kWhenIdle];
  if (waiting === undefined) return false;
  stream[kWhenIdle] = undefined;
  waiting(error);
  return true;
}

function validatePositions(stream, options) {
  const { start, end } = options;
  if (start !== undefined) {
    validateInteger(start, 'start', 0);
    stream.start = start;
    stream.pos = start;
  }
  if (end === undefined) {
    stream.end = Infinity;
  } else if (end !== Infinity) {
    validateInteger(end, 'end', 0);
    stream.end = end;
    if (start !== undefined && start > end) {
      throw new ERR_OUT_OF_RANGE('start', `<= "end" (here: ${end})`, start);
    }
  }
}

// A copy, with what was inherited.
function ownOptions(options) {
  const copy = {};
  options = getOptions(options) ?? {};
  for (const name in options) copy[name] = options[name];
  return copy;
}

// ---- Reading ---------------------------------------------------------------------------------

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = ownOptions(options);
  if (options.highWaterMark === undefined) options.highWaterMark = Math.trunc(options.bufferSize ?? kReadAheadBytes);
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  this[kBusy] = false;
  this[kWhenIdle] = undefined;
  takeSource(this, options, ['open', 'read', 'close']);
  this.path = this.fd === null ? getPathLike(path) : undefined;
  this.flags = options.flags === undefined || options.flags === null ? 'r' : options.flags;
  this.mode = options.mode === undefined || options.mode === null ? 0o666 : options.mode;
  this.start = undefined;
  this.end = Infinity;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kDirect] = this.fd === null;
  validatePositions(this, options);
  Reflect.apply(Readable, this, [options]);
  if (options.encoding) this.setEncoding(options.encoding);
  return this;
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

// Checks a path and keeps it as it was given, for `stream.path`.
function getPathLike(path) {
  const native = getPath(path);
  return typeof path === 'string' || path instanceof Uint8Array ? path : native;
}

ReadStream.prototype._construct = construct;
ReadStream.prototype._destroy = destroy;
ReadStream.prototype.open = openFile;

ReadStream.prototype._read = function(size) {
  const wanted = this.pos === undefined
    ? Math.min(this.end - this.bytesRead + 1, size)
    : Math.min(this.end - this.pos + 1, size);
  if (wanted <= 0) return void this.push(null);
  if (this[kDirect] && this[kFs].read === plainRead && sendDirectly(this, size)) return undefined;
  const buffer = Buffer.allocUnsafeSlow(wanted);
  this[kBusy] = true;
  this[kFs].read(this.fd, buffer, 0, wanted, this.pos ?? null, (error, bytesRead) => {
    if (becomeIdle(this, error)) return;
    if (error) return void this.destroy(error);
    if (bytesRead === 0) return void this.push(null);
    if (this.pos !== undefined) this.pos += bytesRead;
    this.bytesRead += bytesRead;
    // A small piece must not keep a large memory.
    this.push(bytesRead === wanted ? buffer : Buffer.from(buffer.subarray(0, bytesRead)));
  });
  return undefined;
};

ReadStream.prototype.close = function(callback) {
  onClosed(this, callback);
  this.destroy();
};

function onClosed(stream, callback) {
  if (typeof callback !== 'function') return;
  if (stream.closed) process.nextTick(callback);
  else stream.once('close', callback);
}

// ---- Writing ---------------------------------------------------------------------------------

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = ownOptions(options);
  // What is written counts in bytes.
  options.decodeStrings = true;
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  this[kBusy] = false;
  this[kWhenIdle] = undefined;
  this[kFlush] = Boolean(options.flush);
  takeSource(this, options, ['open', 'close']);
  const custom = options.fs;
  if (custom && custom.writev) validateFunction(custom.writev, 'options.fs.writev');
  if (custom && (custom.write || !custom.writev)) validateFunction(custom.write, 'options.fs.write');
  if (custom && !custom.writev) this._writev = null;
  this.path = this.fd === null ? getPathLike(path) : undefined;
  this.flags = options.flags === undefined || options.flags === null ? 'w' : options.flags;
  this.mode = options.mode === undefined || options.mode === null ? 0o666 : options.mode;
  this.start = undefined;
  this.pos = undefined;
  this.bytesWritten = 0;
  if (options.start !== undefined) {
    validateInteger(options.start, 'start', 0);
    this.start = options.start;
    this.pos = options.start;
  }
  Reflect.apply(Writable, this, [options]);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
  return this;
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

WriteStream.prototype._construct = construct;
WriteStream.prototype._destroy = destroy;
WriteStream.prototype.open = openFile;

// Writes until all is written: a call may take only a part.
function writeAll(stream, bytes, callback, retries = 0) {
  stream[kFs].write(stream.fd, bytes, 0, bytes.byteLength, stream.pos ?? null, (error, written) => {
    if (error && error.code === 'EAGAIN' && retries < kMostEagainRetries) {
      error = null;
      written = 0;
      retries++;
    } else if (!error) {
      retries = 0;
    }
    if (error) return callback(error);
    stream.bytesWritten += written;
    if (stream.pos !== undefined) stream.pos += written;
    if (written === bytes.byteLength) return callback(null);
    if (stream.destroyed && stream[kWhenIdle] !== undefined) return callback(null);
    writeAll(stream, bytes.subarray(written), callback, retries);
  });
}

WriteStream.prototype._write = function(data, encoding, callback) {
  this[kBusy] = true;
  writeAll(this, data, (error) => {
    if (becomeIdle(this, error)) return callback(error);
    callback(error);
  });
};

WriteStream.prototype._writev = function(chunks, callback) {
  const buffers = [];
  let total = 0;
  for (const { chunk } of chunks) {
    buffers.push(chunk);
    total += chunk.byteLength;
  }
  this[kBusy] = true;
  const done = (error) => {
    becomeIdle(this, error);
    callback(error);
  };
  this[kFs].writev(this.fd, buffers, this.pos ?? null, (error, written) => {
    if (error && error.code !== 'EAGAIN') return done(error);
    written = error ? 0 : written;
    this.bytesWritten += written;
    if (this.pos !== undefined) this.pos += written;
    if (written === total) return done(null);
    writeAll(this, Buffer.concat(buffers, total).subarray(written), done);
  });
};

WriteStream.prototype.close = function(callback) {
  onClosed(this, callback);
  if (this.closed) return;
  if (!this.autoClose) this.once('finish', this.destroy);
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

for (const { prototype } of [ReadStream, WriteStream]) {
  Object.defineProperty(prototype, 'autoClose', {
    configurable: true,
    get() {
      return (this._readableState ?? this._writableState).autoDestroy;
    },
    set(value) {
      (this._readableState ?? this._writableState).autoDestroy = value;
    },
  });
  // Whether the file is still to be opened.
  Object.defineProperty(prototype, 'pending', {
    configurable: true,
    get() {
      return this.fd === null;
    },
  });
}

function createReadStream(path, options) {
  return new ReadStream(path, options);
}

function createWriteStream(path, options) {
  return new WriteStream(path, options);
}

module.exports = { ReadStream, WriteStream, createReadStream, createWriteStream };
