// ChildProcess: a started program, its streams and its end.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('child_process');
const { map: errnoMap } = internalBinding('errno');
const { makeSystemError } = internalBinding('errors');
const { codes, errnoException } = require('internal/errors');
const { closeSync } = require('fs');
const { validateObject } = require('internal/validators');
const { signalName, signalNumber, stdioEntries } = require('internal/child_process/options');

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
  if (child.stdin) child.stdin.destroy();
  child._handle = null;
  child.emit('exit', child.exitCode, child.signalCode);
  // Output nobody reads must not keep 'close' away.
  process.nextTick(() => {
    for (const stream of child.stdio) {
      if (stream?.readable && !stream._readableState?.readableListening && stream.readableFlowing !== true &&
          stream.listenerCount('data') === 0 && !stream.isPaused?.()) stream.resume();
    }
  });
  maybeClose(child);
}

function spawnError(child, code) {
  const error = errnoException(code, `spawn ${child.spawnfile}`);
  error.path = child.spawnfile;
  error.spawnargs = child.spawnargs.slice(1);
  return error;
}

function failLater(child, code) {
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
}

ChildProcess.prototype.spawn = function(options) {
  const net = require('net');
  validateObject(options, 'options');
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
    throw error;
  }
  const ipcIndex = entries.findIndex((entry) => entry.type === 'ipc');
  const envPairs = [...(options.envPairs ?? [])];
  const { serialization = 'json' } = options;
  if (ipcIndex >= 0) envPairs.push(`NODE_CHANNEL_FD=${ipcIndex}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  this.spawnfile = options.file;
  this.spawnargs = options.args;
  this._handle = new binding.Process();
  this._handle.onexit = (code, signal) => onExit(this, code, signal);
  const failure = this._handle.spawn({ ...options, envPairs, stdio: childFds });
  for (const fd of given) closeSync(fd);
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
    failLater(this, failure);
    return failure;
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
ChildProcess.prototype[Symbol.dispose ?? Symbol.for('nodejs.dispose')] = function() {
  if (!this.killed) this.kill();
};

module.exports = { ChildProcess };
