// The operations that are one call of the system: how each one's arguments are checked, once for all
// three forms (synchronous, callback, promise).
'use strict';

const binding = internalBinding('fs');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateInteger, validateBoolean } = require('internal/validators');
const { makeDirents } = require('internal/fs/dir');
const { takeStatFs, takeStats } = require('internal/fs/stats');
const {
  decodeName, getCallback, getFd, getFlags, getMode, getOptions, getPath, kBigInt, kWithTypes,
  nameBits, toUnixTimestamp,
} = require('internal/fs/utils');

const kMostId = 0xffffffff;

function getId(value, name) {
  validateInteger(value, name, -1, kMostId);
  return value;
}

function getAccessMode(mode, fallback) {
  if (mode === undefined || mode === null) return fallback;
  if (typeof mode === 'number' && !(Number.isInteger(mode) && mode >= 0 && mode <= 7)) {
    const error = new ERR_OUT_OF_RANGE('mode', '>= 0 && <= 7', mode);
    error.message = 'mode is out of range: >= 0 && <= 7';
    throw error;
  }
  validateInteger(mode, 'mode', 0, 7);
  return mode;
}

function getLength(length, name = 'len') {
  if (length === undefined || length === null) return 0;
  validateInteger(length, name);
  return Math.max(0, length);
}

const bigintOf = (options) => Boolean(options && options.bigint);
const statBits = (options) => (bigintOf(options) ? kBigInt : 0);

// `call`: the binding's function. `count`: arguments besides the callback. `prepare` returns the
// native arguments, the option bits last. `finish` turns (native result, arguments) into the result.
function operation(call, count, prepare, finish) {
  return { call, count, prepare, finish };
}

const operations = {
  access: operation(binding.access, 2, (path, mode) => [getPath(path), getAccessMode(mode, 0), 0]),
  chmod: operation(binding.chmod, 2, (path, mode) => [getPath(path), getMode(requireMode(mode)), 0]),
  chown: operation(binding.chown, 3, (path, uid, gid) =>
    [getPath(path), getId(uid, 'uid'), getId(gid, 'gid'), 0]),
  close: operation(binding.close, 1, (fd) => [getFd(fd), 0]),
  copyFile: operation(binding.copyFile, 3, (from, to, mode) =>
    [getPath(from, 'src'), getPath(to, 'dest'), getAccessMode(mode, 0), 0]),
  fchmod: operation(binding.fchmod, 2, (fd, mode) => [getFd(fd), getMode(requireMode(mode)), 0]),
  fchown: operation(binding.fchown, 3, (fd, uid, gid) =>
    [getFd(fd), getId(uid, 'uid'), getId(gid, 'gid'), 0]),
  fdatasync: operation(binding.fdatasync, 1, (fd) => [getFd(fd), 0]),
  fstat: operation(binding.fstat, 2, (fd, options) => [getFd(fd), statBits(options)],
    (value, fd, options) => takeStats(bigintOf(options))),
  fsync: operation(binding.fsync, 1, (fd) => [getFd(fd), 0]),
  ftruncate: operation(binding.ftruncate, 2, (fd, length) => [getFd(fd), getLength(length), 0]),
  futimes: operation(binding.futimes, 3, (fd, atime, mtime) =>
    [getFd(fd), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'), 0]),
  lchown: operation(binding.lchown, 3, (path, uid, gid) =>
    [getPath(path), getId(uid, 'uid'), getId(gid, 'gid'), 0]),
  link: operation(binding.link, 2, (from, to) =>
    [getPath(from, 'existingPath'), getPath(to, 'newPath'), 0]),
  lstat: operation(binding.lstat, 2, (path, options) => [getPath(path), statBits(options)],
    (value, path, options) => takeStats(bigintOf(options))),
  lutimes: operation(binding.lutimes, 3, (path, atime, mtime) =>
    [getPath(path), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'), 0]),
  mkdir: operation(
    (path, mode, recursive, ...rest) => (recursive ? binding.mkdirTree : binding.mkdir)(path, mode, ...rest), 2,
    (path, options) => {
      let mode = options;
      let recursive = false;
      if (options !== null && typeof options === 'object') {
        mode = options.mode;
        recursive = options.recursive === undefined ? false : options.recursive;
        validateBoolean(recursive, 'options.recursive');
      }
      return [getPath(path), getMode(mode, 0o777), recursive, 0];
    }),
  mkdtemp: operation(binding.mkdtemp, 2, (prefix, options) => {
    const { encoding } = getOptions(options, {});
    return [getPath(prefix, 'prefix'), nameBits(encoding)];
  }, (name, prefix, options) => decodeName(name, getOptions(options, {}).encoding)),
  open: operation(binding.open, 3, (path, flags, mode) =>
    [getPath(path), getFlags(flags), getMode(mode, 0o666), 0]),
  readdir: operation(binding.readdir, 2, (path, options) => {
    const { encoding, withFileTypes } = getOptions(options, {});
    return [getPath(path), nameBits(encoding) | (withFileTypes ? kWithTypes : 0)];
  }, (list, path, options) => {
    const { encoding, withFileTypes } = getOptions(options, {});
    if (withFileTypes) return makeDirents(path, list, encoding);
    return nameBits(encoding) === 0 || encoding === 'buffer' ? list : list.map((name) => decodeName(name, encoding));
  }),
  readlink: operation(binding.readlink, 2, (path, options) =>
    [getPath(path, 'oldPath'), nameBits(getOptions(options, {}).encoding)],
  (name, path, options) => decodeName(name, getOptions(options, {}).encoding)),
  realpath: operation(binding.realpath, 2, (path, options) =>
    [getPath(path), nameBits(getOptions(options, {}).encoding)],
  (name, path, options) => decodeName(name, getOptions(options, {}).encoding)),
  rename: operation(binding.rename, 2, (from, to) =>
    [getPath(from, 'oldPath'), getPath(to, 'newPath'), 0]),
  stat: operation(binding.stat, 2, (path, options) => [getPath(path), statBits(options)],
    (value, path, options) => takeStats(bigintOf(options))),
  statfs: operation(binding.statfs, 2, (path, options) => [getPath(path), statBits(options)],
    (value, path, options) => takeStatFs(bigintOf(options))),
  symlink: operation(binding.symlink, 3, (target, path, type) => {
    if (type !== undefined && type !== null && !['dir', 'file', 'junction'].includes(type)) {
      const { codes: { ERR_FS_INVALID_SYMLINK_TYPE } } = require('internal/errors');
      throw new ERR_FS_INVALID_SYMLINK_TYPE(type);
    }
    return [getPath(target, 'target'), getPath(path), 0];
  }),
  truncate: operation(binding.truncate, 2, (path, length) => [getPath(path), getLength(length), 0]),
  unlink: operation(binding.unlink, 1, (path) => [getPath(path), 0]),
  utimes: operation(binding.utimes, 3, (path, atime, mtime) =>
    [getPath(path), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'), 0]),
};

// chmod has no default.
function requireMode(mode) {
  if (mode === undefined || mode === null) throw new ERR_INVALID_ARG_TYPE('mode', 'number', mode);
  return mode;
}

function named(fn, name, length) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  return Object.defineProperty(fn, 'length', { value: length, configurable: true });
}

// name Sync(...): returns or throws.
function syncForm(name) {
  const op = operations[name];
  return named((...args) => {
    const native = op.prepare(...args);
    const value = op.call(...native);
    return op.finish === undefined ? value : op.finish(value, ...args);
  }, `${name}Sync`, op.count);
}

// name(..., callback): the callback is the first function among the arguments.
function callbackForm(name) {
  const op = operations[name];
  const { count, finish } = op;
  return named((...args) => {
    let at = 0;
    while (at < args.length && typeof args[at] !== 'function') at++;
    const callback = getCallback(at < args.length ? args[at] : args[count]);
    if (at < args.length) args.length = at;
    const native = op.prepare(...args);
    if (finish === undefined) {
      op.call(...native, (error, value) => {
        if (error === null && value === undefined) callback(null);
        else callback(error, value);
      });
    } else {
      op.call(...native, (error, value) => {
        if (error !== null) callback(error);
        else callback(null, finish(value, ...args));
      });
    }
  }, name, count + 1);
}

// name(...): a promise; wrong arguments reject it.
function promiseForm(name) {
  const op = operations[name];
  const { finish } = op;
  return named(async (...args) => {
    const native = op.prepare(...args);
    return new Promise((resolve, reject) => {
      op.call(...native, (error, value) => {
        if (error !== null) reject(error);
        else resolve(finish === undefined ? value : finish(value, ...args));
      });
    });
  }, name, op.count);
}

// { nameSync: syncForm, ... } for all operations but those with forms of their own.
function allForms(form, suffix, except) {
  const made = {};
  for (const name in operations) {
    if (!except.includes(name)) made[name + suffix] = form(name);
  }
  return made;
}

// Calls a function of the binding as a promise.
function promised(call, ...args) {
  return new Promise((resolve, reject) => {
    call(...args, (error, value) => (error === null ? resolve(value) : reject(error)));
  });
}

module.exports = { allForms, bigintOf, callbackForm, operations, promiseForm, promised, statBits, syncForm };
