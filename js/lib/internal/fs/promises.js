// fs.promises.
'use strict';

const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const callbacks = require('internal/fs/callback');
const { FileHandle, isIterable } = require('internal/fs/file_handle');
const { allForms, promiseForm } = require('internal/fs/operations');
const { constants, getOptions, getPath } = require('internal/fs/utils');

const openFd = promiseForm('open');

async function open(path, flags, mode) {
  return new FileHandle(await openFd(path, flags, mode));
}

// A callback form, as a promise. Wrong arguments reject.
function fromCallback(name, length) {
  const original = callbacks[name];
  const made = {
    [name]: (...args) => new Promise((resolve, reject) => {
      original(...args.slice(0, length), ...Array(Math.max(0, length - args.length)),
        (error, value) => (error ? reject(error) : resolve(value)));
    }),
  }[name];
  return Object.defineProperty(made, 'length', { value: length, configurable: true });
}

const readPath = fromCallback('readFile', 2);
const writePath = fromCallback('writeFile', 3);
const appendPath = fromCallback('appendFile', 3);

async function readFile(path, options) {
  return path instanceof FileHandle ? path.readFile(options) : readPath(path, options);
}

async function writeFile(path, data, options) {
  if (path instanceof FileHandle) return path.writeFile(data, options);
  if (!isIterable(data)) return writePath(path, data, options);
  const { flag = 'w', mode = 0o666, signal } = getOptions(options, undefined) ?? {};
  if (signal?.aborted) {
    const { AbortError } = require('internal/errors');
    throw new AbortError(undefined, { cause: signal.reason });
  }
  const handle = await open(path, flag, mode);
  try {
    await handle.writeFile(data, options);
  } finally {
    await handle.close();
  }
}

async function appendFile(path, data, options) {
  if (path instanceof FileHandle) return path.appendFile(data, options);
  if (isIterable(data)) return writeFile(path, data, { ...getOptions(options, {}), flag: 'a' });
  return appendPath(path, data, options);
}

async function cp(from, to, options) {
  const { cp: copy, getCopyOptions } = require('internal/fs/cp');
  const all = getCopyOptions(options);
  return copy(getPath(from, 'src'), getPath(to, 'dest'), all);
}

async function lchmod() {
  throw new ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

function watch(path, options) {
  return require('internal/fs/watchers').watchAsync(path, options);
}

module.exports = {
  ...allForms(promiseForm, '', [
    'close', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes', 'open', 'readdir',
    'realpath', 'truncate',
  ]),
  appendFile,
  constants,
  cp,
  lchmod,
  open,
  opendir: fromCallback('opendir', 2),
  readFile,
  readdir: fromCallback('readdir', 2),
  realpath: promiseForm('realpath'),
  rm: fromCallback('rm', 2),
  rmdir: fromCallback('rmdir', 2),
  truncate: fromCallback('truncate', 2),
  watch,
  writeFile,
};
