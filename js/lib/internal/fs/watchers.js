// FSWatcher (notices from the system) and StatWatcher (asking again and again).
'use strict';

const binding = internalBinding('fs');
const EventEmitter = require('events');
const {
  AbortError, codes: { ERR_FEATURE_UNAVAILABLE_ON_PLATFORM }, uvException,
} = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateObject, validateUint32,
} = require('internal/validators');
const { emptyStats, takeStats } = require('internal/fs/stats');
const { decodeName, getOptions, getPath, kBigInt } = require('internal/fs/utils');

const kDefaultIntervalMs = 5007;
// What an interval of zero, the default of 2010, comes to where the system sends no notices.
const kShortestIntervalMs = 100;

let hub;

// Starts a watch of the system; returns its handle, or throws.
function startHandle(path, persistent, onchange) {
  hub ??= new binding.FileWatchHub();
  const handle = new binding.FileWatch(hub);
  handle.onchange = onchange;
  const errno = handle.start(path, persistent);
  if (errno === 0) return handle;
  const error = uvException({ errno, syscall: 'watch', path: `${path}` });
  error.filename = path;
  throw error;
}

// ---- watch -----------------------------------------------------------------------------------

class FSWatcher extends EventEmitter {
  #handle;

  constructor(path, { persistent, encoding }) {
    super();
    this.#handle = startHandle(path, persistent, (isRename, name) => {
      const shown = encoding === 'buffer' ? name : decodeName(name, encoding || 'utf8');
      this.emit('change', isRename ? 'rename' : 'change', shown);
    });
  }

  close() {
    if (this.#handle === null) return;
    this.#handle.stop();
    this.#handle = null;
    process.nextTick(() => this.emit('close'));
  }

  ref() {
    this.#handle?.setReferenced(true);
    return this;
  }

  unref() {
    this.#handle?.setReferenced(false);
    return this;
  }
}

function getWatchOptions(options) {
  const all = getOptions(options, {});
  const { persistent = true, recursive = false, encoding, signal } = all;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  if (recursive) throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('watch recursively');
  return { persistent, encoding, signal };
}

function watch(path, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  const native = getPath(path, 'filename');
  const all = getWatchOptions(options);
  const watcher = new FSWatcher(native, all);
  if (listener) watcher.on('change', listener);
  const { signal } = all;
  if (signal !== undefined) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const onAbort = () => watcher.close();
      signal.addEventListener('abort', onAbort, { once: true });
      watcher.once('close', () => signal.removeEventListener('abort', onAbort));
    }
  }
  return watcher;
}

// fs.promises.watch(): yields { eventType, filename } until an abort throws.
async function* watchAsync(path, options = {}) {
  validateObject(options, 'options');
  const native = getPath(path);
  const { persistent, encoding, signal } = getWatchOptions(options);
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  const abortError = () => new AbortError(undefined, { cause: signal.reason });
  if (signal?.aborted) throw abortError();
  const notices = [];
  let wake = null;
  const watcher = new FSWatcher(native, { persistent, encoding });
  watcher.on('change', (eventType, filename) => {
    notices.push({ eventType, filename });
    wake?.();
  });
  const onAbort = () => wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      while (notices.length > 0 && !signal?.aborted) yield notices.shift();
      if (signal?.aborted) throw abortError();
      await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', onAbort);
  }
}

// ---- watchFile -------------------------------------------------------------------------------

// What makes two answers different; the time of access does not.
const compared = ['ctimeMs', 'mtimeMs', 'birthtimeMs', 'size', 'mode', 'uid', 'gid', 'ino', 'dev'];

class StatWatcher extends EventEmitter {
  #path;
  #bigint;
  #interval;
  #persistent;
  #last;
  #missing;
  #timer = null;
  #handle = null;
  #asking = false;
  #again = false;
  #stopped = false;

  constructor(path, { persistent, interval, bigint }) {
    super();
    this.#path = path;
    this.#bigint = bigint;
    this.#persistent = persistent;
    this.#interval = Math.max(interval, kShortestIntervalMs);
    try {
      binding.stat(path, this.#bits());
      this.#last = takeStats(bigint);
      this.#missing = false;
    } catch {
      this.#last = emptyStats(bigint);
      this.#missing = true;
      // Listeners hear once that there is no file.
      process.nextTick(() => {
        if (!this.#stopped) this.emit('change', this.#last, this.#last);
      });
    }
    this.#attach();
    this.#schedule();
  }

  #bits() {
    return this.#bigint ? kBigInt : 0;
  }

  // Notices of the system make it quick; the interval is what counts where there are none.
  #attach() {
    if (this.#handle !== null || this.#missing) return;
    try {
      this.#handle = startHandle(this.#path, false, (isRename) => {
        if (isRename) this.#detach();
        this.#ask();
      });
    } catch {
      this.#handle = null;
    }
  }

  #detach() {
    this.#handle?.stop();
    this.#handle = null;
  }

  #schedule() {
    if (this.#stopped) return;
    this.#timer = require('timers').setTimeout(() => this.#ask(), this.#interval);
    if (!this.#persistent) this.#timer.unref();
  }

  #ask() {
    if (this.#stopped) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    require('timers').clearTimeout(this.#timer);
    binding.stat(this.#path, this.#bits(), (error) => {
      this.#asking = false;
      if (this.#stopped) return;
      const now = error === null ? takeStats(this.#bigint) : emptyStats(this.#bigint);
      this.#missing = error !== null;
      this.#schedule();
      if (this.#missing) this.#detach();
      else this.#attach();
      const before = this.#last;
      if (compared.some((name) => now[name] !== before[name])) {
        this.#last = now;
        this.emit('change', now, before);
      }
      if (this.#again) {
        this.#again = false;
        this.#ask();
      }
    });
  }

  stop() {
    if (this.#stopped) return;
    this.#stopped = true;
    require('timers').clearTimeout(this.#timer);
    this.#detach();
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    this.#persistent = true;
    this.#timer?.ref();
    return this;
  }

  unref() {
    this.#persistent = false;
    this.#timer?.unref();
    return this;
  }
}

// By absolute path.
const statWatchers = new Map();

function watchFile(filename, options, listener) {
  const path = require('path').resolve(`${getPath(filename)}`);
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = {};
  }
  validateFunction(listener, 'listener');
  const { persistent = true, interval = kDefaultIntervalMs, bigint = false } = options;
  validateUint32(interval, 'options.interval');
  let watcher = statWatchers.get(path);
  if (watcher === undefined) {
    watcher = new StatWatcher(path, { persistent, interval, bigint });
    statWatchers.set(path, watcher);
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  const path = require('path').resolve(`${getPath(filename)}`);
  const watcher = statWatchers.get(path);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    statWatchers.delete(path);
  }
}

module.exports = { FSWatcher, StatWatcher, unwatchFile, watch, watchAsync, watchFile };
