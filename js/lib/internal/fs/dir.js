// Dirent and Dir: what is in a directory.
'use strict';

const binding = internalBinding('fs');
const { Buffer } = require('buffer');
const {
  codes: { ERR_DIR_CLOSED, ERR_DIR_CONCURRENT_OPERATION, ERR_MISSING_ARGS },
} = require('internal/errors');
const { validateFunction, validateUint32 } = require('internal/validators');
const {
  constants, decodeName, getCallback, getOptions, getPath, kAsBuffer, kWithTypes, nameBits, typeNumbers,
} = require('internal/fs/utils');

const {
  S_IFMT, S_IFREG, S_IFDIR, S_IFLNK, S_IFIFO, S_IFSOCK, S_IFCHR, S_IFBLK,
  UV_DIRENT_UNKNOWN, UV_DIRENT_FILE, UV_DIRENT_DIR, UV_DIRENT_LINK, UV_DIRENT_FIFO, UV_DIRENT_SOCKET,
  UV_DIRENT_CHAR, UV_DIRENT_BLOCK,
} = constants;

const kType = Symbol('type');
const kDefaultBatch = 32;

class Dirent {
  constructor(name, type, path) {
    this.name = name;
    this.path = path;
    Object.defineProperty(this, 'parentPath', { value: path, writable: true, configurable: true });
    this[kType] = type;
  }

  isDirectory() { return this[kType] === UV_DIRENT_DIR; }
  isFile() { return this[kType] === UV_DIRENT_FILE; }
  isBlockDevice() { return this[kType] === UV_DIRENT_BLOCK; }
  isCharacterDevice() { return this[kType] === UV_DIRENT_CHAR; }
  isSymbolicLink() { return this[kType] === UV_DIRENT_LINK; }
  isFIFO() { return this[kType] === UV_DIRENT_FIFO; }
  isSocket() { return this[kType] === UV_DIRENT_SOCKET; }
}

const typesOfModes = new Map([
  [S_IFREG, UV_DIRENT_FILE], [S_IFDIR, UV_DIRENT_DIR], [S_IFLNK, UV_DIRENT_LINK], [S_IFIFO, UV_DIRENT_FIFO],
  [S_IFSOCK, UV_DIRENT_SOCKET], [S_IFCHR, UV_DIRENT_CHAR], [S_IFBLK, UV_DIRENT_BLOCK],
]);

function joinPath(dir, name) {
  if (typeof dir === 'string' && typeof name === 'string') return `${dir}/${name}`;
  return Buffer.concat([Buffer.from(dir), Buffer.from('/'), Buffer.from(name)]);
}

// Some file systems do not say of what kind an entry is: then the entry itself is asked.
function findType(dir, name) {
  const { takeStats } = require('internal/fs/stats');
  if (binding.lstat(joinPath(dir, name), require('internal/fs/utils').kQuietMissing) === false) {
    return UV_DIRENT_UNKNOWN;
  }
  return typesOfModes.get(takeStats(false).mode & S_IFMT) ?? UV_DIRENT_UNKNOWN;
}

// Dirents from the binding's [name, type, name, type ...].
function makeDirents(path, flat, encoding) {
  const dir = getPath(path);
  const list = [];
  for (let i = 0; i < flat.length; i += 2) {
    const type = typeNumbers[flat[i + 1]] ?? UV_DIRENT_UNKNOWN;
    list.push(new Dirent(decodeName(flat[i], encoding),
      type === UV_DIRENT_UNKNOWN ? findType(dir, flat[i]) : type, path));
  }
  return list;
}

// All that is below `root`, as readdir() with `recursive` returns it. Yields the directories to list,
// is given their [name, type, ...].
function* listTree(root, encoding, withFileTypes) {
  const found = [];
  const queue = [''];
  for (const below of queue) {
    const dir = below === '' ? root : joinPath(root, below);
    const entries = makeDirents(dir, yield dir);
    for (const entry of entries) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) queue.push(name);
      if (withFileTypes) found.push(entry);
      else found.push(encoding === 'buffer' ? Buffer.from(name) : name);
    }
  }
  return found;
}

function readTreeSync(path, encoding, withFileTypes) {
  const walk = listTree(getPath(path), encoding, withFileTypes);
  let step = walk.next();
  while (!step.done) step = walk.next(binding.readdir(step.value, kWithTypes));
  return step.value;
}

function readTree(path, encoding, withFileTypes, callback) {
  const walk = listTree(getPath(path), encoding, withFileTypes);
  (function advance(error, flat) {
    if (error) return callback(error);
    const step = walk.next(flat);
    if (step.done) return callback(null, step.value);
    binding.readdir(step.value, kWithTypes, advance);
  })(null);
}

// An open directory, read in batches.
class Dir {
  #handle;
  #path;
  #encoding;
  #batch;
  #entries = [];
  #ended = false;
  #closed = false;
  #waiting = null;  // operations that came while one was under way

  constructor(handle, path, options) {
    if (handle === undefined || handle === null) throw new ERR_MISSING_ARGS('handle');
    this.#handle = handle;
    this.#path = path;
    const { encoding, bufferSize = kDefaultBatch } = options;
    validateUint32(bufferSize, 'options.bufferSize', true);
    this.#encoding = encoding;
    this.#batch = bufferSize;
  }

  get path() {
    return this.#path;
  }

  #bits() {
    return kWithTypes | (nameBits(this.#encoding) === 0 ? 0 : kAsBuffer);
  }

  #take(flat) {
    if (flat.length < 2 * this.#batch) this.#ended = true;
    this.#entries = makeDirents(this.#path, flat, this.#encoding).reverse();
    return this.#entries.pop() ?? null;
  }

  // One operation on the pool at a time; the others wait their turn.
  #enqueue(operation) {
    if (this.#waiting !== null) {
      this.#waiting.push(operation);
      return;
    }
    this.#waiting = [];
    operation();
  }

  #next() {
    const operation = this.#waiting.shift();
    if (operation === undefined) this.#waiting = null;
    else operation();
  }

  #read(callback) {
    this.#enqueue(() => {
      if (this.#closed) {
        this.#next();
        return callback(new ERR_DIR_CLOSED());
      }
      if (this.#entries.length > 0 || this.#ended) {
        const entry = this.#entries.pop() ?? null;
        process.nextTick(callback, null, entry);
        return this.#next();
      }
      binding.readOpenDir(this.#handle, this.#batch, this.#bits(), (error, flat) => {
        const entry = error === null ? this.#take(flat) : undefined;
        this.#next();
        if (error !== null) callback(error);
        else callback(null, entry);
      });
    });
  }

  read(callback) {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#read((error, entry) => (error ? reject(error) : resolve(entry)));
      });
    }
    validateFunction(callback, 'callback');
    this.#read(callback);
    return undefined;
  }

  readSync() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#waiting !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    if (this.#entries.length > 0 || this.#ended) return this.#entries.pop() ?? null;
    return this.#take(binding.readOpenDir(this.#handle, this.#batch, this.#bits()));
  }

  #close(callback) {
    this.#enqueue(() => {
      if (this.#closed) {
        this.#next();
        return callback(new ERR_DIR_CLOSED());
      }
      this.#closed = true;
      binding.closeDir(this.#handle, 0, (error) => {
        this.#next();
        callback(error);
      });
    });
  }

  close(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        this.#close((error) => (error ? reject(error) : resolve()));
      });
    }
    validateFunction(callback, 'callback');
    if (this.#closed) {
      process.nextTick(callback, new ERR_DIR_CLOSED());
      return undefined;
    }
    this.#close(callback);
    return undefined;
  }

  closeSync() {
    if (this.#closed) throw new ERR_DIR_CLOSED();
    if (this.#waiting !== null) throw new ERR_DIR_CONCURRENT_OPERATION();
    this.#closed = true;
    binding.closeDir(this.#handle);
  }

  async *entries() {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      await this.close();
    }
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries, writable: true, enumerable: false, configurable: true,
});

function opendir(path, options, callback) {
  callback = getCallback(typeof options === 'function' ? options : callback);
  const native = getPath(path);
  const all = getOptions(options, { encoding: 'utf8' });
  if (all.bufferSize !== undefined) validateUint32(all.bufferSize, 'options.bufferSize', true);
  binding.opendir(native, 0, (error, handle) => {
    if (error !== null) callback(error);
    else callback(null, new Dir(handle, path, all));
  });
}

function opendirSync(path, options) {
  const all = getOptions(options, { encoding: 'utf8' });
  if (all.bufferSize !== undefined) validateUint32(all.bufferSize, 'options.bufferSize', true);
  return new Dir(binding.opendir(getPath(path)), path, all);
}

module.exports = { Dir, Dirent, makeDirents, opendir, opendirSync, readTree, readTreeSync };
