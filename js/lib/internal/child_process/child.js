// ChildProcess: a started program, its streams and its end.
'use strict';

const asyncContext = require('internal/async_context');
const EventEmitter = require('events');
const binding = internalBinding('child_process');
const { map: errnoMap } = internalBinding('errno');
const { makeSystemError } = internalBinding('errors');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, errnoException } = require('internal/errors');
const { closeSync } = require('fs');
const { validateObject, validateString } = require('internal/validators');
const { environmentPairs, signalName, signalNumber, stdioEntries } = require('internal/child_process/options');

const kUsedAsStdio = Symbol('kUsedAsStdio');

function ChildProcess() {
  if (!(this instanceof ChildProcess)) return new ChildProcess();
  Reflect.apply(EventEmitter, this, []);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = null;
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

function onExit(child, exitCode, signal) {
  child.signalCode = signalName(signal);
  child.exitCode = child.signalCode === null ? exitCode : null;
  child._handle = null;
  afterOutput(child, () => {
    if (child.stdin) child.stdin.destroy();
    child.emit('exit', child.exitCode, child.signalCode);
    process.nextTick(drainUnread, child);
    maybeClose(child);
  });
}

// What the child wrote before it ended has come in when 'exit' is told, where somebody reads it. Not its end: a grandchild may
// hold the other side open.
function afterOutput(child, then) {
  const flowing = child.stdio.filter((stream) => stream !== null && stream.readableFlowing === true && !stream.destroyed);
  if (flowing.length === 0) return then();
  let before = -1;
  const look = () => {
    const bytes = flowing.reduce((sum, stream) => sum + stream.bytesRead, 0);
    if (bytes === before) return then();
    before = bytes;
    setImmediate(look);
  };
  setImmediate(look);
}

// Output nobody reads must not keep 'close' away.
function drainUnread(child) {
  for (const stream of child.stdio) {
    if (stream?.readable && !stream[kUsedAsStdio] && !stream._readableState?.readableListening && stream.readableFlowing !== true &&
        stream.listenerCount('data') === 0 && !stream.isPaused?.()) stream.resume();
  }
}

// A stream that has become another child's: this process reads no more from it.
function handOver(stream) {
  if (!(stream instanceof require('stream').Readable) || typeof stream._stopReading !== 'function') return;
  stream.pause();
  stream._stopReading();
  stream.readableFlowing = false;
  stream[kUsedAsStdio] = true;
}

function spawnError(child, code) {
  const error = errnoException(code, `spawn ${child.spawnfile}`);
  error.path = child.spawnfile;
  error.spawnargs = child.spawnargs.slice(1);
  return error;
}

// Without descriptors there are no streams either.
const outOfDescriptors = [-errnoMap.EMFILE, -errnoMap.ENFILE];

function failLater(child, code, options) {
  child.spawnfile = options.file;
  child.spawnargs = options.args ?? [];
  const error = spawnError(child, code);
  process.nextTick(() => {
    if (child.stdin) child.stdin.destroy();
    // Programs of 2010 knew of no 'error' here: they saw a message on stderr and the shell's exit status.
    if (child.listenerCount('error') > 0 || child.listenerCount('exit') === 0) {
      child.exitCode = code;
      child.emit('error', error);
    } else {
      child.exitCode = 127;
      child.stderr?.emit('data', Buffer.from(`execvp(): ${error.code}\n`));
      child.emit('exit', 127, null);
    }
    maybeClose(child);
  });
  return code;
}

function validateSpawn({ file, args, envPairs, serialization, stdio }) {
  const asArray = (value, name) => {
    if (value !== undefined && !Array.isArray(value)) throw new ERR_INVALID_ARG_TYPE(name, 'Array', value);
  };
  if (![undefined, 'json', 'advanced'].includes(serialization)) {
    throw new ERR_INVALID_ARG_VALUE('options.serialization', serialization, "must be one of: undefined, 'json', 'advanced'");
  }
  if (Array.isArray(stdio) && stdio.includes('ipc')) asArray(envPairs, 'options.envPairs');
  validateString(file, 'options.file');
  asArray(args, 'options.args');
  asArray(envPairs, 'options.envPairs');
}

ChildProcess.prototype.spawn = function(options) {
  const net = require('net');
  validateObject(options, 'options');
  validateSpawn(options);
  const entries = stdioEntries(options, false);
  const mine = [];
  const given = [];
  const childFds = [];
  try {
    entries.forEach((entry, i) => {
      if (entry.type === 'pipe' || entry.type === 'ipc') {
        const [ours, theirs] = binding.socketPair();
        mine[i] = ours;
        given.push(theirs);
        childFds.push(theirs);
      } else {
        childFds.push(entry.fd);
      }
    });
  } catch (error) {
    for (const fd of [...mine, ...given]) if (fd !== undefined) closeSync(fd);
    return failLater(this, error.errno, options);
  }
  const ipcIndex = entries.findIndex((entry) => entry.type === 'ipc');
  const envPairs = [...(options.envPairs ?? environmentPairs(process.env))];
  const args = options.args ?? [options.file];
  const { serialization = 'json' } = options;
  if (ipcIndex >= 0) envPairs.push(`NODE_CHANNEL_FD=${ipcIndex}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  this.spawnfile = options.file;
  this.spawnargs = options.args ?? [];
  this._handle = new binding.Process();
  this._handle.onexit = asyncContext.bind((code, signal) => onExit(this, code, signal), 'PROCESSWRAP');
  const failure = this._handle.spawn({ ...options, args, envPairs, stdio: childFds });
  for (const fd of given) closeSync(fd);
  if (outOfDescriptors.includes(failure)) {
    for (const fd of mine) if (fd !== undefined) closeSync(fd);
    this._handle = null;
    return failLater(this, failure, options);
  }
  for (const { stream } of entries) handOver(stream);
  this.stdio = entries.map((entry, i) => {
    if (entry.type !== 'pipe') return null;
    const socket = new net.Socket({ fd: mine[i], readable: i !== 0, writable: i === 0 || i > 2 });
    if (i > 0) {
      this._closesNeeded++;
      socket.on('close', () => maybeClose(this));
    }
    return socket;
  });
  [this.stdin = null, this.stdout = null, this.stderr = null] = this.stdio;
  if (failure !== 0) {
    this._handle = null;
    if (ipcIndex >= 0) closeSync(mine[ipcIndex]);
    return failLater(this, failure, options);
  }
  this.pid = this._handle.pid();
  if (ipcIndex >= 0) {
    this._closesNeeded++;
    require('internal/child_process/channel').attachToChild(this, mine[ipcIndex], serialization, () => maybeClose(this));
  }
  process.nextTick(() => this.emit('spawn'));
  return 0;
};

ChildProcess.prototype.kill = function(signal) {
  const number = signalNumber(signal);
  if (this._handle === null) return false;
  const result = this._handle.kill(number);
  if (result === 0) {
    if (number !== 0) this.killed = true;
    return true;
  }
  if (result === -errnoMap.ESRCH) return false;
  if (result === -errnoMap.EINVAL || result === -errnoMap.ENOSYS) throw makeSystemError(-result, 'kill', '', '');
  this.emit('error', makeSystemError(-result, 'kill', '', ''));
  return false;
};

ChildProcess.prototype.ref = function() {
  this._handle?.ref();
};
ChildProcess.prototype.unref = function() {
  this._handle?.unref();
};
ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

// ---- Old names --------------------------------------------------------------------------------

Object.defineProperty(ChildProcess.prototype, 'fds', {
  configurable: true,
  get() { return this.stdio.map((stream) => stream?._handle?.fd() ?? -1); },
});
Object.defineProperty(ChildProcess.prototype, '_internal', {
  configurable: true,
  get() { return { pid: this.pid }; },
});

module.exports = { ChildProcess };
