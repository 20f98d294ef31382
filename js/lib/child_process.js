// child_process: running other programs.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('child_process');
const { map: errnoMap } = internalBinding('errno');
const { makeSystemError } = internalBinding('errors');
const { codes, AbortError, errnoException } = require('internal/errors');
const { closeSync } = require('fs');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } = codes;
const {
  validateString, validateFunction, validateObject, validateAbortSignal, validateBoolean,
} = require('internal/validators');

const maxBufferDefault = 1024 * 1024;

// ---- Signals by name and number ---------------------------------------------------------------

function signals() {
  return require('os').constants.signals;
}

function signalNumber(signal, name = 'signal') {
  if (signal === undefined || signal === null) return signals().SIGTERM;
  if (typeof signal === 'number') {
    if (signal === 0 || Object.values(signals()).includes(signal)) return signal;
  } else if (typeof signal === 'string') {
    const number = signals()[signal.toUpperCase()];
    if (number !== undefined) return number;
  } else {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'number'], signal);
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

function signalName(number) {
  if (number === 0) return null;
  const list = signals();
  return Object.keys(list).find((name) => list[name] === number) ?? null;
}

// ---- Options ----------------------------------------------------------------------------------

function withoutNul(value, name) {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
  return value;
}

function validateId(value, name) {
  if (value === undefined || value === null) return;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new ERR_INVALID_ARG_TYPE(`options.${name}`, 'int32', value);
}

function toPath(value, name) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return withoutNul(value, name);
  if (value instanceof URL) return require('url').fileURLToPath(value);
  if (Buffer.isBuffer(value)) return value.toString();
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
}

function environmentPairs(env) {
  const pairs = [];
  for (const key in env) {
    const value = env[key];
    if (value === undefined) continue;
    withoutNul(key, 'options.env');
    pairs.push(`${key}=${withoutNul(`${value}`, `options.env['${key}']`)}`);
  }
  return pairs;
}

const spawnOptionNames = new Set([
  'cwd', 'env', 'argv0', 'stdio', 'detached', 'uid', 'gid', 'serialization', 'shell', 'windowsVerbatimArguments',
  'windowsHide', 'signal', 'timeout', 'killSignal', 'input', 'maxBuffer', 'encoding', 'customFds', 'setsid',
  'execPath', 'execArgv', 'silent',
]);

// 2010: spawn(command, args, env, customFds). An object whose every key is unknown here is an environment.
function oldEnvironment(options) {
  const keys = Object.keys(options);
  return keys.length > 0 && keys.every((key) => !spawnOptionNames.has(key) && typeof options[key] === 'string');
}

// Everything that spawn and spawnSync have in common: words checked, shell applied, environment flattened.
function normalize(file, args, options, customFds) {
  validateString(file, 'file');
  withoutNul(file, 'file');
  if (file.length === 0) throw new ERR_INVALID_ARG_VALUE('file', file, 'cannot be empty');
  if (args === undefined || args === null) {
    args = [];
  } else if (!Array.isArray(args)) {
    if (typeof args !== 'object') throw new ERR_INVALID_ARG_TYPE('args', 'object', args);
    options = args;
    args = [];
  }
  args = args.map((arg, i) => withoutNul(`${arg}`, `args[${i}]`));
  if (options === undefined || options === null) options = {};
  else validateObject(options, 'options');
  if (oldEnvironment(options)) options = { env: options };
  if (customFds !== undefined) options = { ...options, customFds };
  const cwd = toPath(options.cwd, 'options.cwd');
  if (options.detached != null) validateBoolean(options.detached, 'options.detached');
  validateId(options.uid, 'uid');
  validateId(options.gid, 'gid');
  if (options.shell != null && typeof options.shell !== 'boolean' && typeof options.shell !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.shell', ['Boolean', 'string'], options.shell);
  }
  if (options.argv0 != null) {
    validateString(options.argv0, 'options.argv0');
    withoutNul(options.argv0, 'options.argv0');
  }
  if (options.shell) {
    const command = [file, ...args].join(' ');
    file = typeof options.shell === 'string' ? options.shell : '/bin/sh';
    args = ['-c', command];
  }
  return {
    ...options,
    file,
    args: [options.argv0 ?? file, ...args],
    cwd,
    detached: Boolean(options.detached || options.setsid),
    envPairs: environmentPairs(options.env || process.env),
  };
}

// Each entry: { type: 'pipe' | 'ignore' | 'inherit' | 'fd' | 'ipc', fd }.
function stdioEntries(options, sync) {
  let { stdio } = options;
  if (options.customFds !== undefined) {
    stdio = [0, 1, 2].map((i) => {
      const fd = options.customFds[i];
      return fd === undefined || fd === -1 ? 'pipe' : fd;
    });
  }
  if (stdio === undefined || stdio === null) stdio = 'pipe';
  if (typeof stdio === 'string') {
    if (!['pipe', 'ignore', 'inherit', 'overlapped'].includes(stdio)) throw new ERR_INVALID_ARG_VALUE('stdio', stdio);
    stdio = [stdio, stdio, stdio];
  } else if (!Array.isArray(stdio)) {
    throw new ERR_INVALID_ARG_VALUE('stdio', stdio);
  }
  stdio = [...stdio];
  while (stdio.length < 3) stdio.push(undefined);
  let ipc = false;
  return stdio.map((what, i) => {
    if (what === undefined || what === null) return { type: i < 3 ? 'pipe' : 'ignore', fd: -1 };
    if (what === 'pipe' || what === 'overlapped') return { type: 'pipe', fd: -1 };
    if (what === 'ignore') return { type: 'ignore', fd: -1 };
    if (what === 'inherit') return { type: 'inherit', fd: i };
    if (what === 'ipc') {
      if (sync) throw new codes.ERR_IPC_SYNC_FORK();
      if (ipc) throw new codes.ERR_IPC_ONE_PIPE();
      ipc = true;
      return { type: 'ipc', fd: -1 };
    }
    if (typeof what === 'number' && what >= 0) return { type: 'fd', fd: what };
    const fd = what?.fd ?? what?._handle?.fd;
    if (typeof fd === 'number' && fd >= 0) return { type: 'fd', fd };
    if (sync && (typeof what === 'string' || ArrayBuffer.isView(what))) return { type: 'pipe', fd: -1, input: what };
    throw new ERR_INVALID_ARG_VALUE('stdio', what);
  });
}

// ---- ChildProcess -----------------------------------------------------------------------------

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
  if (ipcIndex >= 0) envPairs.push(`NODE_CHANNEL_FD=${ipcIndex}`, 'NODE_CHANNEL_SERIALIZATION_MODE=json');
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
  if (ipcIndex >= 0) require('internal/child_process/channel').attach(this, mine[ipcIndex]);
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

// ---- spawn, exec, execFile, fork --------------------------------------------------------------

function abortWith(child, signal, killSignal) {
  const onAbort = () => {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: signal.reason }));
  };
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  child.once('exit', () => signal.removeEventListener('abort', onAbort));
}

function validateTimeout(timeout) {
  if (timeout != null && !(Number.isInteger(timeout) && timeout >= 0)) {
    throw new ERR_OUT_OF_RANGE('timeout', 'an unsigned integer', timeout);
  }
}

function spawn(file, args, options, customFds) {
  const normalized = normalize(file, args, options, customFds);
  validateTimeout(normalized.timeout);
  if (normalized.signal !== undefined) validateAbortSignal(normalized.signal, 'options.signal');
  const killSignal = normalized.killSignal === undefined ? 'SIGTERM' : signalNumber(normalized.killSignal, 'options.killSignal');
  const child = new ChildProcess();
  child.spawn(normalized);
  if (normalized.timeout > 0) {
    const timer = setTimeout(() => child.kill(killSignal), normalized.timeout);
    child.once('exit', () => clearTimeout(timer));
  }
  if (normalized.signal !== undefined) abortWith(child, normalized.signal, killSignal);
  return child;
}

function splitExecArguments(file, args, options, callback) {
  if (Array.isArray(args)) {
    // As it should be.
  } else if (typeof args === 'function') {
    return [[], {}, args];
  } else if (args !== null && typeof args === 'object') {
    [args, options, callback] = [[], args, options];
  } else {
    if (args !== undefined && args !== null) throw new ERR_INVALID_ARG_VALUE('args', args);
    args = [];
  }
  if (typeof options === 'function') [options, callback] = [{}, options];
  return [args, options ?? {}, callback];
}

// Collects one output of a child up to a limit.
class Collector {
  chunks = [];
  size = 0;
  #decode;

  constructor(stream, encoding, limit, onOverflow) {
    this.#decode = encoding && encoding !== 'buffer' && Buffer.isEncoding(encoding) ? encoding : null;
    if (this.#decode !== null) stream.setEncoding(encoding);
    stream.on('data', (chunk) => {
      const length = this.#decode === null ? chunk.length : Buffer.byteLength(chunk, this.#decode);
      if (this.size + length > limit) {
        const room = limit - this.size;
        this.chunks.push(this.#decode === null ? chunk.subarray(0, room) : chunk.slice(0, room));
        this.size = limit;
        onOverflow();
        return;
      }
      this.size += length;
      this.chunks.push(chunk);
    });
  }

  get value() {
    return this.#decode === null ? Buffer.concat(this.chunks) : this.chunks.join('');
  }
}

function execFile(file, args, options, callback) {
  [args, options, callback] = splitExecArguments(file, args, options, callback);
  if (callback !== undefined && callback !== null) validateFunction(callback, 'callback');
  options = { encoding: 'utf8', timeout: 0, maxBuffer: maxBufferDefault, killSignal: 'SIGTERM', cwd: null, env: null,
              shell: false, ...options };
  validateTimeout(options.timeout);
  if (options.maxBuffer != null && !(typeof options.maxBuffer === 'number' && options.maxBuffer >= 0)) {
    throw new ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', options.maxBuffer);
  }
  signalNumber(options.killSignal, 'options.killSignal');
  const child = spawn(file, args, { ...options, timeout: 0, signal: undefined, stdio: undefined });
  const cmd = [file, ...args].join(' ');
  let failure = null;
  let killed = false;
  let timer;
  let done = false;

  function kill(error) {
    failure ??= error;
    killed = true;
    child.stdout?.destroy();
    child.stderr?.destroy();
    try {
      child.kill(options.killSignal);
    } catch (thrown) {
      failure ??= thrown;
      finish(null, null);
    }
  }

  const overflow = (name) => () => kill(new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name));
  const limit = options.maxBuffer ?? Infinity;
  const stdout = child.stdout && new Collector(child.stdout, options.encoding, limit, overflow('stdout'));
  const stderr = child.stderr && new Collector(child.stderr, options.encoding, limit, overflow('stderr'));

  function finish(code, signal) {
    if (done) return;
    done = true;
    clearTimeout(timer);
    if (!callback) return;
    const out = stdout?.value ?? '';
    const err = stderr?.value ?? '';
    if (failure === null && code === 0 && signal === null) return callback(null, out, err);
    if (failure === null) {
      failure = new Error(`Command failed: ${cmd}\n${err}`);
      failure.code = code;
    }
    failure.killed = child.killed || killed;
    failure.signal = signal;
    failure.cmd = cmd;
    callback(failure, out, err);
  }

  if (options.timeout > 0) timer = setTimeout(() => kill(null), options.timeout);
  if (options.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
    const abort = () => kill(new AbortError(undefined, { cause: options.signal.reason }));
    if (options.signal.aborted) process.nextTick(abort);
    else options.signal.addEventListener('abort', abort, { once: true });
  }
  child.on('close', finish);
  child.on('error', (error) => {
    failure ??= error;
    child.stdout?.destroy();
    child.stderr?.destroy();
    finish(null, null);
  });
  return child;
}

function exec(command, options, callback) {
  validateString(command, 'command');
  if (typeof options === 'function') [options, callback] = [undefined, options];
  options = { ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return execFile(command, options, callback);
}

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisified(original) {
  return (...args) => {
    let child;
    const promise = new Promise((resolve, reject) => {
      child = original(...args, (error, stdout, stderr) => {
        if (error === null) return resolve({ stdout, stderr });
        error.stdout = stdout;
        error.stderr = stderr;
        reject(error);
      });
    });
    promise.child = child;
    return promise;
  };
}
for (const original of [exec, execFile]) {
  Object.defineProperty(original, customPromisify, { value: promisified(original), enumerable: false });
}

function fork(modulePath, args, options) {
  modulePath = toPath(modulePath, 'modulePath');
  if (modulePath === undefined) throw new ERR_INVALID_ARG_TYPE('modulePath', ['string', 'Buffer', 'URL'], modulePath);
  if (args === undefined || args === null) args = [];
  else if (!Array.isArray(args)) {
    if (typeof args !== 'object') throw new ERR_INVALID_ARG_VALUE('args', args);
    [args, options] = [[], args];
  }
  if (options != null) validateObject(options, 'options');
  options = { ...options, shell: false };
  options.execPath ||= process.execPath;
  const execArgv = options.execArgv ?? process.execArgv;
  if (typeof options.stdio === 'string') {
    options.stdio = [options.stdio, options.stdio, options.stdio, 'ipc'];
  } else if (!Array.isArray(options.stdio)) {
    const kind = options.silent ? 'pipe' : 'inherit';
    options.stdio = [kind, kind, kind, 'ipc'];
  } else if (!options.stdio.includes('ipc')) {
    throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  }
  return spawn(options.execPath, [...execArgv, modulePath, ...args], options);
}

// ---- The synchronous forms --------------------------------------------------------------------

function toBytes(input, name) {
  if (input === undefined || input === null) return undefined;
  if (typeof input === 'string') return Buffer.from(input);
  if (ArrayBuffer.isView(input)) return input;
  throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
}

function runSync(normalized) {
  validateTimeout(normalized.timeout);
  const { maxBuffer = maxBufferDefault, encoding } = normalized;
  if (maxBuffer !== null && !(typeof maxBuffer === 'number' && maxBuffer >= 0)) {
    throw new ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', maxBuffer);
  }
  const entries = stdioEntries(normalized, true);
  const pipes = [];
  entries.forEach((entry, i) => {
    if (entry.type !== 'pipe') return;
    const input = toBytes(entry.input ?? (i === 0 ? normalized.input : undefined), 'options.input');
    pipes.push([i, i === 0 || input !== undefined, i !== 0 && input === undefined, input]);
  });
  const killSignal = signalNumber(normalized.killSignal, 'options.killSignal');
  const limit = maxBuffer === null || maxBuffer === Infinity ? 0 : Math.max(1, maxBuffer);
  const [pid, exitCode, signal, errno, outputs] =
    binding.spawnSync({ ...normalized, stdio: entries.map((entry) => entry.fd) }, pipes, normalized.timeout || 0, limit,
                      killSignal);
  const output = entries.map(() => null);
  pipes.forEach(([fd, , writable], i) => {
    if (!writable) return;
    output[fd] = encoding && encoding !== 'buffer' ? outputs[i].toString(encoding) : outputs[i];
  });
  const result = {
    pid,
    output,
    stdout: output[1],
    stderr: output[2],
    status: pid === 0 || signal !== 0 ? null : exitCode,
    signal: signalName(signal),
  };
  if (errno !== 0) {
    const error = errnoException(errno, `spawnSync ${normalized.file}`);
    error.path = normalized.file;
    error.spawnargs = normalized.args.slice(1);
    result.error = error;
    if (pid === 0) result.output = result.stdout = result.stderr = null;
  }
  return result;
}

function spawnSync(file, args, options) {
  return runSync(normalize(file, args, options));
}

function checkSync(result, cmd, inheritStderr) {
  if (inheritStderr && result.stderr?.length > 0) process.stderr.write(result.stderr);
  let failure = result.error;
  if (failure === undefined && result.status !== 0) {
    let message = `Command failed: ${cmd}`;
    if (result.stderr?.length > 0) message += `\n${result.stderr}`;
    failure = new Error(message);
  }
  if (failure !== undefined) throw Object.assign(failure, result);
  return result.stdout;
}

function execFileSync(file, args, options) {
  const normalized = normalize(file, args, options);
  const inheritStderr = normalized.stdio === undefined;
  const words = [file, ...normalized.args.slice(1)];
  return checkSync(runSync(normalized), words.join(' '), inheritStderr);
}

function execSync(command, options) {
  validateString(command, 'command');
  const shell = typeof options?.shell === 'string' ? options.shell : true;
  const normalized = normalize(command, [], { ...options, shell });
  return checkSync(runSync(normalized), command, normalized.stdio === undefined);
}

function _forkChild(fd) {
  require('internal/child_process/channel').attach(process, fd);
}

module.exports = {
  _forkChild, ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync,
};
