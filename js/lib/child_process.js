// child_process: running other programs.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE } = codes;
const { validateString, validateFunction, validateObject, validateAbortSignal } = require('internal/validators');
const {
  maxBufferDefault, normalize, toPath, validateKillSignal, validateMaxBuffer, validateTimeout, withoutNul,
} = require('internal/child_process/options');
const { ChildProcess } = require('internal/child_process/child');
const { execFileSync, execSync, spawnSync } = require('internal/child_process/sync');

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

function spawn(file, args, options, customFds) {
  const normalized = normalize(file, args, options, customFds);
  validateTimeout(normalized.timeout);
  if (normalized.signal !== undefined) validateAbortSignal(normalized.signal, 'options.signal');
  const killSignal = validateKillSignal(normalized.killSignal);
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
    if (args !== undefined && args !== null) throw new ERR_INVALID_ARG_TYPE('args', ['Array', 'object', 'function'], args);
    args = [];
  }
  if (typeof options === 'function') [options, callback] = [{}, options];
  options ??= {};
  validateObject(options, 'options');
  return [args, options, callback];
}

// Collects one output of a child up to a limit.
class Collector {
  chunks = [];
  size = 0;
  #stream;

  constructor(stream, encoding, limit, onOverflow) {
    if (encoding && encoding !== 'buffer' && Buffer.isEncoding(encoding)) stream.setEncoding(encoding);
    this.#stream = stream;
    stream.on('data', (chunk) => {
      // The program may have called setEncoding() itself.
      const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, stream.readableEncoding) : chunk.length;
      if (this.size + length > limit) {
        this.chunks.push(chunk.slice(0, limit - this.size));
        this.size = limit;
        onOverflow();
        return;
      }
      this.size += length;
      this.chunks.push(chunk);
    });
  }

  get value() {
    return this.#stream.readableEncoding ? this.chunks.join('') : Buffer.concat(this.chunks);
  }
}

function execFile(file, args, options, callback) {
  [args, options, callback] = splitExecArguments(file, args, options, callback);
  if (callback !== undefined && callback !== null) validateFunction(callback, 'callback');
  options = { encoding: 'utf8', timeout: 0, maxBuffer: maxBufferDefault, killSignal: 'SIGTERM', cwd: null, env: null,
              shell: false, ...options };
  validateTimeout(options.timeout);
  validateMaxBuffer(options.maxBuffer);
  validateKillSignal(options.killSignal);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  const child = spawn(file, args, { ...options, timeout: 0, stdio: undefined });
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
      failure.code = code < 0 ? require('util').getSystemErrorName(code) : code;
      failure.killed = child.killed || killed;
      failure.signal = signal;
    } else if (failure.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
      failure.killed = true;
      failure.signal = signal;
    }
    failure.cmd = cmd;
    callback(failure, out, err);
  }

  if (options.timeout > 0) timer = setTimeout(() => kill(null), options.timeout);
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
  withoutNul(command, 'command');
  if (typeof options === 'function') [options, callback] = [undefined, options];
  options = { ...options };
  options.shell = typeof options.shell === 'string' ? options.shell : true;
  return execFile(command, options, callback);
}

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

function promisified(original) {
  return (...args) => {
    let settle;
    const promise = new Promise((resolve, reject) => {
      settle = [resolve, reject];
    });
    // Wrong arguments throw at once.
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error === null) settle[0]({ stdout, stderr });
      else settle[1](Object.assign(error, { stdout, stderr }));
    });
    return promise;
  };
}
for (const original of [exec, execFile]) {
  Object.defineProperty(original, customPromisify, { value: promisified(original), enumerable: false });
}

function fork(modulePath, args, options) {
  if (modulePath === undefined || modulePath === null) {
    throw new ERR_INVALID_ARG_TYPE('modulePath', ['string', 'Buffer', 'URL'], modulePath);
  }
  modulePath = toPath(modulePath, 'modulePath') ?? '';
  if (args === undefined || args === null) {
    args = [];
  } else if (!Array.isArray(args)) {
    validateObject(args, 'args');
    [args, options] = [[], args];
  }
  if (options !== undefined && options !== null) validateObject(options, 'options');
  options = { ...options, shell: false };
  options.execPath ||= process.execPath;
  withoutNul(options.execPath, 'options.execPath');
  const execArgv = options.execArgv ?? process.execArgv;
  execArgv.forEach((arg, i) => withoutNul(arg, `options.execArgv[${i}]`));
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

// A child made by fork() talks to its parent through the descriptor that its environment names.
function _forkChild(fd, serialization) {
  require('internal/child_process/channel').attachToParent(fd, serialization);
}

module.exports = {
  _forkChild, ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync,
};
