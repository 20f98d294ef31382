// The callback forms of fs.
'use strict';

const binding = internalBinding('fs');
const { Buffer } = require('buffer');
const { AbortError } = require('internal/errors');
const { customPromisifyArgs } = require('internal/util');
const { validateFunction } = require('internal/validators');
const { opendir, readTree } = require('internal/fs/dir');
const { getReadArguments, getViews, getWriteArguments } = require('internal/fs/io_arguments');
const { allForms, bigintOf, callbackForm, statBits } = require('internal/fs/operations');
const { prefixesOf } = require('internal/fs/realpath');
const { shouldRetry, toRemoveError, warnOfRecursiveRmdir } = require('internal/fs/rm');
const { takeStats } = require('internal/fs/stats');
const {
  constants: { O_APPEND, O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY }, coerceText, getCallback, getFd, getFlags, getMode, getOptions,
  getPath, getPathOrFd, getPosition, getRemoveOptions, isFd, kAsUtf8, toBytes, warnOfTruncatedFd,
} = require('internal/fs/utils');

// The callback is the last argument; the ones before it may be left out.
function pick(options, callback) {
  // Not options, so it was meant to be the callback.
  if (callback === undefined && (options === null || (typeof options !== 'object' && typeof options !== 'string'))) callback = options;
  return getCallback(typeof options === 'function' ? options : callback);
}

// For operations without a result.
const plain = (callback) => (error) => callback(error);

function open(path, flags, mode, callback) {
  if (typeof flags === 'function') {
    callback = flags;
    flags = mode = undefined;
  } else if (typeof mode === 'function') {
    callback = mode;
    mode = undefined;
  }
  callback = getCallback(callback);
  binding.open(getPath(path), getFlags(flags), getMode(mode, 0o666), 0, (error, fd) => {
    if (error !== null) callback(error);
    else callback(null, fd);
  });
}

function close(fd, callback) {
  getFd(fd);
  binding.close(fd, 0, plain(getCallback(callback)));
}

// stat, lstat and fstat.
function statWith(call, native, options, callback) {
  const bigint = bigintOf(options);
  if (typeof options === 'string') getCallback(options); // no option is a word
  callback = pick(options, callback);
  call(native, statBits(options), (error) => {
    if (error !== null) callback(error);
    else callback(null, takeStats(bigint));
  });
}

function stat(path, options, callback) {
  statWith(binding.stat, getPath(path), options, callback);
}

function lstat(path, options, callback) {
  statWith(binding.lstat, getPath(path), options, callback);
}

function fstat(fd, options, callback) {
  statWith(binding.fstat, getFd(fd), options, callback);
}

function read(fd, buffer, offset, length, position, callback) {
  getFd(fd);
  if (typeof buffer === 'number') return readText(fd, buffer, offset, length, position);
  if (typeof buffer === 'function') [buffer, callback] = [undefined, buffer];
  else if (typeof offset === 'function') [offset, callback] = [undefined, offset];
  else if (typeof length === 'function') [length, callback] = [undefined, length];
  else if (typeof position === 'function') [position, callback] = [undefined, position];
  callback = getCallback(callback);
  const part = getReadArguments(buffer, offset, length, position);
  if (part.length === 0) return void process.nextTick(callback, null, 0, part.buffer);
  binding.read(fd, part.buffer, part.offset, part.length, part.position, 0, (error, bytesRead) => {
    callback(error, bytesRead || 0, part.buffer);
  });
}
Object.defineProperty(read, customPromisifyArgs, { value: ['bytesRead', 'buffer'] });

// 2010's read(fd, length, position, encoding, callback): callback(error, string, bytesRead).
function readText(fd, length, position, encoding, callback) {
  callback = getCallback(callback);
  const buffer = Buffer.allocUnsafe(length);
  binding.read(fd, buffer, 0, length, getPosition(position, length), 0, (error, bytesRead) => {
    if (error !== null) callback(error);
    else callback(null, buffer.toString(encoding, 0, bytesRead), bytesRead);
  });
}

function write(fd, buffer, offset, length, position, callback) {
  getFd(fd);
  if (typeof offset === 'function') [offset, callback] = [undefined, offset];
  else if (typeof length === 'function') [length, callback] = [undefined, length];
  else if (typeof position === 'function') [position, callback] = [undefined, position];
  callback = getCallback(callback);
  const part = getWriteArguments(coerceText(buffer), offset, length, position);
  if (part.length === 0) return void process.nextTick(callback, null, 0, buffer);
  binding.write(fd, part.buffer, part.offset, part.length, part.position, 0, (error, written) => {
    callback(error, written || 0, buffer);
  });
}
Object.defineProperty(write, customPromisifyArgs, { value: ['bytesWritten', 'buffer'] });

// readv and writev.
function moveViews(call, fd, buffers, position, callback) {
  getFd(fd);
  getViews(buffers);
  callback = pick(position, callback);
  if (buffers.length === 0) return void process.nextTick(callback, null, 0, buffers);
  call(fd, buffers, typeof position === 'number' ? position : -1, 0, (error, bytes) => {
    callback(error, bytes || 0, buffers);
  });
}

function readv(fd, buffers, position, callback) {
  moveViews(binding.readv, fd, buffers, position, callback);
}
Object.defineProperty(readv, customPromisifyArgs, { value: ['bytesRead', 'buffers'] });

function writev(fd, buffers, position, callback) {
  moveViews(binding.writev, fd, buffers, position, callback);
}
Object.defineProperty(writev, customPromisifyArgs, { value: ['bytesWritten', 'buffers'] });

// Calls `start(done)`; an abort answers first, whatever the pool still does.
function abortable(signal, callback, start) {
  if (signal === undefined) return start(callback);
  if (signal.aborted) return void process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
  let answered = false;
  const answer = (error, value) => {
    if (answered) return;
    answered = true;
    signal.removeEventListener('abort', onAbort);
    callback(error, value);
  };
  function onAbort() {
    answer(new AbortError(undefined, { cause: signal.reason }));
  }
  signal.addEventListener('abort', onAbort, { once: true });
  start(answer);
}

function readFile(path, options, callback) {
  callback = pick(options, callback);
  if (options === undefined || options === null || typeof options === 'function') {
    binding.readFile(getPathOrFd(path), O_RDONLY, 0, (error, content) => {
      if (error !== null) callback(error);
      else callback(null, content);
    });
    return;
  }
  const { encoding, flag, signal } = getOptions(options, undefined);
  const native = getPathOrFd(path);
  const flags = getFlags(flag, 'flag');
  const utf8 = encoding === 'utf8' || encoding === 'utf-8';
  abortable(signal, callback, (done) => {
    binding.readFile(native, flags, utf8 ? kAsUtf8 : 0, (error, content) => {
      if (error !== null) return done(error);
      if (!utf8 && encoding && encoding !== 'buffer') {
        try {
          content = content.toString(encoding);
        } catch (tooLong) {
          return done(tooLong);
        }
      }
      done(null, content);
    });
  });
}

// Writes all of `bytes` piece by piece, so that an abort stops it midway.
const kAbortablePieceBytes = 512 * 1024;

function writePieces(fd, bytes, signal, callback) {
  let offset = 0;
  (function next(error, written) {
    if (error) return callback(error);
    offset += written;
    if (offset >= bytes.byteLength) return callback(null);
    if (signal.aborted) return callback(new AbortError(undefined, { cause: signal.reason }));
    binding.write(fd, bytes, offset, Math.min(kAbortablePieceBytes, bytes.byteLength - offset), -1, 0, next);
  })(null, 0);
}

function writeAbortable(path, bytes, flags, mode, signal, callback) {
  if (signal.aborted) return void process.nextTick(callback, new AbortError(undefined, { cause: signal.reason }));
  if (isFd(path)) return writePieces(path, bytes, signal, callback);
  binding.open(path, flags, mode, 0, (error, fd) => {
    if (error !== null) return callback(error);
    writePieces(fd, bytes, signal, (failed) => {
      binding.close(fd, 0, (closeError) => callback(failed ?? closeError));
    });
  });
}

function writeWhole(path, data, options, callback, flags) {
  callback = pick(options, callback);
  const { encoding, mode, flag, signal, flush } = getOptions(options, undefined) ?? {};
  const bytes = toBytes(data, encoding);
  const native = getPathOrFd(path);
  const openFlags = flag === undefined || flag === null ? flags : getFlags(flag, 'flag');
  const openMode = getMode(mode, 0o666);
  if (signal !== undefined) return writeAbortable(native, bytes, openFlags, openMode, signal, plain(callback));
  binding.writeFile(native, bytes, openFlags, openMode, 0, (error) => {
    if (error !== null || !flush || !isFd(path)) callback(error);
    else binding.fsync(path, 0, plain(callback));
  });
}

function writeFile(path, data, options, callback) {
  writeWhole(path, data, options, callback, O_TRUNC | O_CREAT | O_WRONLY);
}

function appendFile(path, data, options, callback) {
  writeWhole(path, data, options, callback, O_APPEND | O_CREAT | O_WRONLY);
}

// Answers true or false, without an error before it.
function exists(path, callback) {
  validateFunction(callback, 'cb');
  let native;
  try {
    native = getPath(path);
  } catch {
    return callback(false);
  }
  binding.access(native, 0, 0, (error) => callback(error === null));
}
Object.defineProperty(exists, Symbol.for('nodejs.util.promisify.custom'), {
  value: (path) => new Promise((resolve) => exists(path, resolve)),
});

const readOneDir = callbackForm('readdir');

function readdir(path, options, callback) {
  callback = pick(options, callback);
  const { recursive, encoding, withFileTypes } = getOptions(options, undefined) ?? {};
  if (recursive) readTree(path, encoding, withFileTypes, callback);
  else readOneDir(path, options, callback);
}

const realpathNative = callbackForm('realpath');
Object.defineProperty(realpathNative, 'name', { value: 'realpath.native' });

// As realpathSync: on failure the walk finds the part that is to blame.
function realpath(path, options, callback) {
  callback = pick(options, callback);
  realpathNative(path, typeof options === 'function' ? undefined : options, (error, resolved) => {
    if (!error) return callback(null, resolved);
    if (error.syscall !== 'realpath') return callback(error);
    const prefixes = prefixesOf(path);
    (function next(index) {
      if (index === prefixes.length) return callback(error);
      binding.lstat(prefixes[index], 0, (failed) => (failed !== null ? callback(failed) : next(index + 1)));
    })(0);
  });
}
realpath.native = realpathNative;

function removeTree(native, options, callback) {
  let retries = 0;
  (function attempt() {
    binding.removeTree(native, 0, (error) => {
      if (error === null || error.code === 'ENOENT') return callback(null);
      if (!shouldRetry(error, retries, options)) return callback(error);
      retries++;
      setTimeout(attempt, retries * options.retryDelay);
    });
  })();
}

function rm(path, options, callback) {
  callback = pick(options, callback);
  const native = getPath(path);
  const all = getRemoveOptions(typeof options === 'function' ? undefined : options);
  binding.lstat(native, 0, (error) => {
    if (error !== null) return callback(all.force && error.code === 'ENOENT' ? null : error);
    if (takeStats(false).isDirectory() && !all.recursive) return callback(toRemoveError(path));
    removeTree(native, all, callback);
  });
}

function rmdir(path, options, callback) {
  callback = pick(options, callback);
  const native = getPath(path);
  if (options === null || typeof options !== 'object' || !options.recursive) {
    return binding.rmdir(native, 0, plain(callback));
  }
  warnOfRecursiveRmdir();
  const all = getRemoveOptions({ ...options, recursive: true });
  binding.lstat(native, 0, (error) => {
    if (error !== null) return callback(error);
    if (takeStats(false).isDirectory()) removeTree(native, all, callback);
    else binding.rmdir(native, 0, plain(callback));
  });
}

const truncatePath = callbackForm('truncate');
const ftruncate = callbackForm('ftruncate');

// With a descriptor, as 2010's programs have it, too.
function truncate(path, length, callback) {
  if (typeof path === 'number') {
    warnOfTruncatedFd();
    ftruncate(path, length, callback);
  } else {
    truncatePath(path, length, callback);
  }
}

function cp(from, to, options, callback) {
  callback = pick(options, callback);
  const { cp: copy, getCopyOptions } = require('internal/fs/cp');
  const all = getCopyOptions(typeof options === 'function' ? undefined : options);
  from = getPath(from, 'src');
  to = getPath(to, 'dest');
  copy(from, to, all).then(() => process.nextTick(callback, null), (error) => process.nextTick(callback, error));
}

module.exports = {
  ...allForms(callbackForm, '', [
    'close', 'fstat', 'ftruncate', 'lstat', 'open', 'readdir', 'realpath', 'stat', 'truncate',
  ]),
  appendFile,
  close,
  cp,
  exists,
  fstat,
  ftruncate,
  lstat,
  open,
  opendir,
  read,
  readFile,
  readdir,
  readv,
  realpath,
  rm,
  rmdir,
  stat,
  truncate,
  write,
  writeFile,
  writev,
};
