// FileHandle: an open file of fs.promises.
'use strict';

const binding = internalBinding('fs');
const EventEmitter = require('events');
const { Buffer } = require('buffer');
const { AbortError, codes: { ERR_INVALID_STATE } } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { getReadArguments, getViews, getWriteArguments } = require('internal/fs/io_arguments');
const { operations, promised } = require('internal/fs/operations');
const { getOptions, toBytes } = require('internal/fs/utils');

const kReadPieceBytes = 64 * 1024;
const kWritePieceBytes = 512 * 1024;

// An operation of the table, done on the handle's descriptor.
async function onDescriptor(name, handle, ...args) {
  if (handle.fd < 0) throw closedError(name);
  const { call, prepare, finish } = operations[name];
  const value = await handle.use(call, ...prepare(handle.fd, ...args));
  return finish === undefined ? value : finish(value, handle.fd, ...args);
}

function closedError(call) {
  const error = new Error('file closed');
  error.code = 'EBADF';
  error.syscall = call;
  return error;
}

class FileHandle extends EventEmitter {
  #fd;
  #users = 0;  // operations under way: closing waits for them
  #closing = null;
  #whenUnused = null;

  constructor(fd) {
    super();
    this.#fd = fd;
  }

  // -1 after closing.
  get fd() {
    return this.#fd;
  }

  get closing() {
    return this.#fd < 0 || this.#closing !== null;
  }

  getAsyncId() {
    return 0;
  }

  // Calls a function of the binding while the descriptor is kept open.
  async use(call, ...args) {
    if (this.#fd < 0 || this.#closing !== null) throw closedError(call.name);
    this.#users++;
    try {
      return await promised(call, ...args);
    } finally {
      if (--this.#users === 0) this.#whenUnused?.();
    }
  }

  close() {
    if (this.#fd < 0 && this.#closing === null) return Promise.resolve();
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close() {
    if (this.#users > 0) await new Promise((resolve) => (this.#whenUnused = resolve));
    const fd = this.#fd;
    this.#fd = -1;
    await promised(binding.close, fd, 0);
    this.emit('close');
  }

  async read(buffer, offset, length, position) {
    if (this.#fd < 0) throw closedError('read');
    const part = getReadArguments(buffer, offset, length, position);
    if (part.length === 0) return { __proto__: null, bytesRead: 0, buffer: part.buffer };
    const bytesRead = await this.use(binding.read, this.#fd, part.buffer, part.offset, part.length, part.position, 0);
    return { __proto__: null, bytesRead, buffer: part.buffer };
  }

  async readv(buffers, position) {
    getViews(buffers);
    const bytesRead = await this.use(
      binding.readv, this.#fd, buffers, typeof position === 'number' ? position : -1, 0);
    return { __proto__: null, bytesRead, buffers };
  }

  async write(buffer, offset, length, position) {
    if (this.#fd < 0) throw closedError('write');
    const part = getWriteArguments(buffer, offset, length, position);
    if (part.length === 0) return { __proto__: null, bytesWritten: 0, buffer };
    const bytesWritten =
      await this.use(binding.write, this.#fd, part.buffer, part.offset, part.length, part.position, 0);
    return { __proto__: null, bytesWritten, buffer };
  }

  async writev(buffers, position) {
    getViews(buffers);
    if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
    const bytesWritten = await this.use(
      binding.writev, this.#fd, buffers, typeof position === 'number' ? position : -1, 0);
    return { __proto__: null, bytesWritten, buffers };
  }

  // From where the descriptor stands to the end.
  async readFile(options) {
    const { encoding, signal } = getOptions(options, undefined) ?? {};
    throwIfAborted(signal);
    const pieces = [];
    for (;;) {
      const { bytesRead, buffer } = await this.read(Buffer.allocUnsafeSlow(kReadPieceBytes));
      throwIfAborted(signal);
      if (bytesRead === 0) break;
      pieces.push(buffer.subarray(0, bytesRead));
    }
    const content = Buffer.concat(pieces);
    return encoding && encoding !== 'buffer' ? content.toString(encoding) : content;
  }

  async writeFile(data, options) {
    const { encoding, signal } = getOptions(options, undefined) ?? {};
    throwIfAborted(signal);
    if (!isIterable(data)) return this.#writeAll(toBytes(data, encoding), signal);
    for await (const piece of data) {
      throwIfAborted(signal);
      await this.#writeAll(toBytes(piece, encoding), signal);
    }
  }

  async #writeAll(bytes, signal) {
    const size = bytes.byteLength;
    for (let offset = 0; offset < size;) {
      throwIfAborted(signal);
      const { bytesWritten } = await this.write(bytes, offset, Math.min(kWritePieceBytes, size - offset));
      offset += bytesWritten;
    }
  }

  appendFile(data, options) {
    return this.writeFile(data, options);
  }

  stat(options) {
    return onDescriptor('fstat', this, options);
  }

  chmod(mode) {
    return onDescriptor('fchmod', this, mode);
  }

  chown(uid, gid) {
    return onDescriptor('fchown', this, uid, gid);
  }

  truncate(length) {
    return onDescriptor('ftruncate', this, length);
  }

  utimes(atime, mtime) {
    return onDescriptor('futimes', this, atime, mtime);
  }

  sync() {
    return onDescriptor('fsync', this);
  }

  datasync() {
    return onDescriptor('fdatasync', this);
  }

  createReadStream(options) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...getOptions(options, {}), fd: this });
  }

  createWriteStream(options) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...getOptions(options, {}), fd: this });
  }

  readLines(options) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  readableWebStream() {
    if (this.#fd < 0) throw new ERR_INVALID_STATE('The FileHandle is closed');
    const { ReadableStream } = require('stream/web');
    return new ReadableStream({
      type: 'bytes',
      pull: async (controller) => {
        const { bytesRead, buffer } = await this.read(new Uint8Array(kReadPieceBytes));
        if (bytesRead === 0) controller.close();
        else controller.enqueue(buffer.subarray(0, bytesRead));
      },
    });
  }
}

// Neither a string nor bytes, but something that yields them.
function isIterable(data) {
  return data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

function throwIfAborted(signal) {
  if (signal === undefined) return;
  validateAbortSignal(signal, 'options.signal');
  if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

module.exports = { FileHandle, isIterable };
