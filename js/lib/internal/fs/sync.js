// The synchronous forms of fs.
'use strict';

const binding = internalBinding('fs');
const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { opendirSync, readTreeSync } = require('internal/fs/dir');
const { allForms, bigintOf, statBits, syncForm } = require('internal/fs/operations');
const { getReadArguments, getViews, getWriteArguments } = require('internal/fs/io_arguments');
const { prefixesOf } = require('internal/fs/realpath');
const { shouldRetry, toRemoveError, warnOfRecursiveRmdir } = require('internal/fs/rm');
const { takeStats } = require('internal/fs/stats');
const {
  constants: { O_APPEND, O_CREAT, O_RDONLY, O_TRUNC, O_WRONLY }, getFd, getFlags, getMode, getOptions, getPath,
  getPathOrFd, getPosition, getRemoveOptions, isFd, kAsUtf8, kQuietMissing, toBytes, warnOfTruncatedFd,
} = require('internal/fs/utils');

function openSync(path, flags, mode) {
  return binding.open(getPath(path), getFlags(flags), getMode(mode, 0o666));
}

function closeSync(fd) {
  binding.close(getFd(fd));
}

function statWith(call, path, options) {
  const quiet = options !== undefined && options !== null && options.throwIfNoEntry === false;
  const native = getPath(path);
  if (call(native, statBits(options) | (quiet ? kQuietMissing : 0)) === false) return undefined;
  return takeStats(bigintOf(options));
}

function statSync(path, options) {
  return statWith(binding.stat, path, options);
}

function lstatSync(path, options) {
  return statWith(binding.lstat, path, options);
}

function existsSync(path) {
  try {
    path = getPath(path);
  } catch {
    return false;
  }
  return binding.exists(path);
}

function readSync(fd, buffer, offsetOrOptions, length, position) {
  getFd(fd);
  if (typeof buffer === 'number') return readTextSync(fd, buffer, offsetOrOptions, length);
  const part = getReadArguments(buffer, offsetOrOptions, length, position);
  if (part.length === 0) return 0;
  if (part.buffer.byteLength === 0) {
    throw new ERR_INVALID_ARG_VALUE('buffer', part.buffer, 'is empty and cannot be written');
  }
  return binding.read(fd, part.buffer, part.offset, part.length, part.position);
}

// 2010's readSync(fd, length, position, encoding): [string, bytesRead].
function readTextSync(fd, length, position, encoding) {
  const buffer = Buffer.allocUnsafe(length);
  const bytesRead = binding.read(fd, buffer, 0, length, getPosition(position, length));
  return [buffer.toString(encoding, 0, bytesRead), bytesRead];
}

function writeSync(fd, buffer, offsetOrOptions, length, position) {
  getFd(fd);
  const part = getWriteArguments(buffer, offsetOrOptions, length, position);
  if (part.length === 0) return 0;
  return binding.write(fd, part.buffer, part.offset, part.length, part.position);
}

function readvSync(fd, buffers, position) {
  getFd(fd);
  return binding.readv(fd, getViews(buffers), typeof position === 'number' ? position : -1);
}

function writevSync(fd, buffers, position) {
  getFd(fd);
  getViews(buffers);
  return buffers.length === 0 ? 0 : binding.writev(fd, buffers, typeof position === 'number' ? position : -1);
}

function readFileSync(path, options) {
  if (options === undefined || options === null) return binding.readFile(getPathOrFd(path), O_RDONLY, 0);
  const { encoding, flag } = getOptions(options, undefined) ?? {};
  const native = getPathOrFd(path);
  if (encoding === 'utf8' || encoding === 'utf-8') return binding.readFile(native, getFlags(flag, 'flag'), kAsUtf8);
  const content = binding.readFile(native, getFlags(flag, 'flag'), 0);
  return encoding && encoding !== 'buffer' ? content.toString(encoding) : content;
}

function writeWhole(path, data, options, flags) {
  const { encoding, mode, flag, flush } = getOptions(options, undefined) ?? {};
  const bytes = toBytes(data, encoding);
  const native = getPathOrFd(path);
  const openFlags = flag === undefined || flag === null ? flags : getFlags(flag, 'flag');
  binding.writeFile(native, bytes, openFlags, getMode(mode, 0o666));
  if (flush && isFd(path)) binding.fsync(path);
}

function writeFileSync(path, data, options) {
  writeWhole(path, data, options, O_TRUNC | O_CREAT | O_WRONLY);
}

function appendFileSync(path, data, options) {
  writeWhole(path, data, options, O_APPEND | O_CREAT | O_WRONLY);
}

const readOneDirSync = syncForm('readdir');

function readdirSync(path, options) {
  const { recursive, encoding, withFileTypes } = getOptions(options, undefined) ?? {};
  return recursive ? readTreeSync(path, encoding, withFileTypes) : readOneDirSync(path, options);
}

const realpathNativeSync = syncForm('realpath');
Object.defineProperty(realpathNativeSync, 'name', { value: 'realpathSync.native' });

// realpath(3) does the work; when it fails, the walk finds the part that failed, as callers know it.
function realpathSync(path, options) {
  try {
    return realpathNativeSync(path, options);
  } catch (error) {
    if (error.syscall !== 'realpath') throw error;
    for (const part of prefixesOf(path)) binding.lstat(part);
    throw error;
  }
}
realpathSync.native = realpathNativeSync;

function rmSync(path, options) {
  const native = getPath(path);
  const all = getRemoveOptions(options);
  const missing = binding.lstat(native, all.force ? kQuietMissing : 0);
  if (missing === false) return;
  if (!all.recursive && takeStats(false).isDirectory()) throw toRemoveError(path);
  for (let retries = 0; ; retries++) {
    try {
      binding.removeTree(native);
      return;
    } catch (error) {
      if (error.code === 'ENOENT') return;
      if (!shouldRetry(error, retries, all)) throw error;
      binding.sleep((retries + 1) * all.retryDelay);
    }
  }
}

function rmdirSync(path, options) {
  if (options !== undefined && options !== null && options.recursive) {
    warnOfRecursiveRmdir();
    const all = getRemoveOptions({ ...options, recursive: true });
    const stats = lstatSync(path);
    if (stats.isDirectory()) {
      rmSync(path, all);
      return;
    }
  }
  binding.rmdir(getPath(path));
}

const truncatePathSync = syncForm('truncate');
const ftruncateSync = syncForm('ftruncate');

// With a descriptor, as 2010's programs have it, too.
function truncateSync(path, length) {
  if (typeof path === 'number') {
    warnOfTruncatedFd();
    ftruncateSync(path, length);
  } else {
    truncatePathSync(path, length);
  }
}

module.exports = {
  ...allForms(syncForm, 'Sync', ['close', 'ftruncate', 'lstat', 'open', 'readdir', 'realpath', 'stat', 'truncate']),
  appendFileSync,
  closeSync,
  cpSync(from, to, options) {
    return require('internal/fs/cp').cpSync(from, to, options);
  },
  existsSync,
  ftruncateSync,
  lstatSync,
  opendirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  readvSync,
  realpathSync,
  rmSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  writevSync,
};
