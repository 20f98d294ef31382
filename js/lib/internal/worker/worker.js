// Worker: a program of its own beside this one. It is a process; what goes between is cloned.
'use strict';

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const path = require('path');
const childBinding = internalBinding('child_process');
const { codes } = require('internal/errors');
const { validateArray, validateObject, validateString } = require('internal/validators');
const { ChildProcess } = require('internal/child_process/child');
const { environmentPairs } = require('internal/child_process/options');
const { Link, kinds } = require('internal/worker/link');
const { transferOf } = require('internal/worker/clone');
const { unpack } = require('internal/worker/error');
const { state, SHARE_ENV } = require('internal/worker/state');

const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_WORKER_INVALID_EXEC_ARGV, ERR_WORKER_NOT_RUNNING, ERR_WORKER_PATH } = codes;

// Options of a process as a whole, which its workers cannot have.
const ofProcess = new Set([
  '--title', '--trace-event-file-pattern', '--trace-event-categories', '--v8-pool-size', '--icu-data-dir',
  '--openssl-config',
]);

let started = 0;

function checkExecArgv(execArgv) {
  const bad = execArgv.filter((word, i) => {
    const name = word.split('=', 1)[0];
    if (!word.startsWith('--') || word === '--') return false;
    return ofProcess.has(name) || !childBinding.isOwnOption(word) || (word === '--redirect-warnings' && i + 1 >= execArgv.length);
  });
  if (bad.length > 0) throw new ERR_WORKER_INVALID_EXEC_ARGV(bad);
}

function checkNodeOptions(env) {
  const words = `${env.NODE_OPTIONS ?? ''}`.split(' ').filter(Boolean);
  const bad = words.filter((word) => ofProcess.has(word.split('=', 1)[0]) || (word[0] === '-' && !childBinding.isEnvironmentOption(word)));
  if (bad.length > 0) throw new ERR_WORKER_INVALID_EXEC_ARGV(bad, 'NODE_OPTIONS env variable');
}

// What the worker runs: { filename } or { source }.
function readProgram(filename, options) {
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new ERR_INVALID_ARG_VALUE('options.eval', options.eval, 'must be false when \'filename\' is not a string');
    }
    return { source: filename };
  }
  if (filename instanceof URL || (filename !== null && typeof filename === 'object' && filename.href && filename.protocol)) {
    if (filename.protocol === 'data:') return { url: filename.href };
    if (filename.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME(['file', 'data']);
    return { filename: require('url').fileURLToPath(filename) };
  }
  if (typeof filename !== 'string') throw new ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  if (path.isAbsolute(filename) || /^\.\.?\//.test(filename)) return { filename: path.resolve(filename) };
  throw new ERR_WORKER_PATH(filename);
}

function heapFlags({ maxOldGenerationSizeMb, maxYoungGenerationSizeMb, stackSizeMb }) {
  const flags = [];
  if (maxOldGenerationSizeMb >= 0) flags.push(`--max-old-space-size=${Math.max(1, Math.ceil(maxOldGenerationSizeMb))}`);
  // V8 gives the young generation three semi-spaces.
  if (maxYoungGenerationSizeMb >= 0) flags.push(`--max-semi-space-size=${Math.max(1, Math.floor(maxYoungGenerationSizeMb / 3))}`);
  if (stackSizeMb > 0) flags.push(`--stack-size=${Math.max(64, Math.floor(stackSizeMb * 1024 - 192))}`);
  return flags;
}

// A stream of what comes out of `source`, kept for whoever reads it, and printed as well unless the program wants it.
function forward(source, printedTo) {
  const { Readable } = require('stream');
  const stream = new Readable({ read() {} });
  if (!source) {
    stream.push(null);
    return stream;
  }
  source.on('data', (chunk) => {
    stream.push(chunk);
    if (printedTo === null) return;
    process[printedTo].write(chunk);
    if (stream.readableFlowing === null && stream.listenerCount('readable') === 0) stream.read();
  });
  source.on('close', () => stream.push(null));
  return stream;
}

// What hooks of async_hooks see of a worker.
class WorkerResource extends AsyncResource {
  referenced = true;

  constructor() {
    super('WORKER');
  }
  // undefined when the worker is over.
  hasRef() {
    return this.referenced;
  }
}

class Worker extends EventEmitter {
  #child = new ChildProcess();
  #link;
  #resource = new WorkerResource();
  #terminating = false;
  #exit;
  #failed = false;
  #snapshots = [];   // { resolve, reject } of getHeapSnapshot()

  constructor(filename, options = {}) {
    super();
    validateObject(options ?? {}, 'options');
    options = { ...options };
    const program = readProgram(filename, options);
    const { argv = [], execArgv, env, resourceLimits = {} } = options;
    if (options.argv !== undefined) validateArray(argv, 'options.argv');
    if (execArgv !== undefined) {
      validateArray(execArgv, 'options.execArgv');
      checkExecArgv(execArgv);
    }
    if (options.name !== undefined) validateString(options.name, 'options.name');
    if (env !== undefined && env !== null && env !== SHARE_ENV && typeof env !== 'object') {
      throw new ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
    }
    if (env !== null && typeof env === 'object' && env.NODE_OPTIONS !== process.env.NODE_OPTIONS) checkNodeOptions(env);
    this.threadId = state.threadId * 1000 + ++started;
    this.resourceLimits = {
      maxYoungGenerationSizeMb: -1, maxOldGenerationSizeMb: -1, codeRangeSizeMb: -1, stackSizeMb: 4, ...resourceLimits,
    };
    // Cloned first: nothing has been started when that fails.
    let channel;
    try {
      channel = childBinding.socketPair();
    } catch (error) {
      return this.#failToStart(error);
    }
    this.#link = new Link(channel[0], 0);
    try {
      this.#link.send(kinds.load, 0, {
        ...program,
        argv: argv.map(String),
        name: options.name ?? '',
        workerData: options.workerData,
        environmentData: state.environmentData,
        threadId: this.threadId,
        resourceLimits: this.resourceLimits,
        trackUnmanagedFds: options.trackUnmanagedFds !== false,
        pid: process.pid,
        hasStdin: Boolean(options.stdin),
      }, options.transferList);
      this.#start(channel[1], options, [
        ...heapFlags(resourceLimits), ...(execArgv?.filter((word) => word !== '--') ?? state.inheritedExecArgv()),
      ], env);
    } catch (error) {
      this.#link.close();
      throw error;
    } finally {
      require('fs').closeSync(channel[1]);
    }
    process.nextTick(() => process.emit('worker', this));
  }

  // No descriptors: an event, as for everything that keeps a worker from running.
  #failToStart(error) {
    this.stdin = null;
    this.stdout = forward(undefined);
    this.stderr = forward(undefined);
    process.nextTick(() => {
      this.#fail(new codes.ERR_WORKER_INIT_FAILED(error.code));
      this.#onClose(1);
    });
    return this;
  }

  #start(fd, { stdin, stdout, stderr }, execArgv, env) {
    const child = this.#child;
    child.on('error', (error) => {
      this.#fail(new codes.ERR_WORKER_INIT_FAILED(error.code));
      this.#onClose(1);
    });
    child.on('close', (code, signal) => this.#onClose(code, signal));
    const pairs = environmentPairs(env === undefined || env === null || env === SHARE_ENV ? process.env : env);
    child.spawn({
      file: process.execPath,
      args: [process.execPath, ...execArgv],
      envPairs: [...pairs.filter((pair) => !pair.startsWith('NODE_CHANNEL_')), 'NODE_WORKER_FD=3'],
      stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe', fd],
    });
    this.stdin = child.stdin;
    this.stdout = forward(child.stdout, stdout ? null : 'stdout');
    this.stderr = forward(child.stderr, stderr ? null : 'stderr');
    // What the worker prints keeps nobody waiting, its end does.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.unref();
    this.#link.onmessage = (kind, value) => this.#onMessage(kind, value);
    this.#link.onbad = (error) => this.emit('messageerror', error);
    this.#link.onend = () => {};
    this.#link.unref();
    this.#link.start();
  }

  #onMessage(kind, value) {
    if (kind === kinds.online) this.emit('online');
    else if (kind === kinds.message) this.emit('message', value);
    else if (kind === kinds.error) this.#fail(unpack(value));
    else if (kind === kinds.snapshot) this.#snapshots.shift()?.resolve(require('internal/heap_snapshot').toStream(value));
  }

  #fail(error) {
    this.#failed = true;
    this.emit('error', error);
  }

  #onClose(code, signal) {
    if (this.#exit !== undefined) return;
    this.#exit = signal === null || signal === undefined ? code : 1;
    this.#link?.close();
    this.threadId = -1;
    this.resourceLimits = {};
    for (const { reject } of this.#snapshots.splice(0)) reject(new ERR_WORKER_NOT_RUNNING());
    if (signal && !this.#terminating && !this.#failed) {
      const text = signal === 'SIGABRT' || signal === 'SIGTRAP' ? 'JS heap out of memory' : `ended by ${signal}`;
      this.#fail(new codes.ERR_WORKER_OUT_OF_MEMORY(text));
    }
    this.#resource.referenced = true;
    this.emit('exit', this.#exit);
    this.#resource.referenced = undefined;
    this.removeAllListeners();
  }

  postMessage(value, transferOrOptions = undefined) {
    if (this.#exit !== undefined || this.#link === undefined) return;
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    this.#link.send(kinds.message, 0, value, transferOf(transferOrOptions));
  }

  // Ends the worker as soon as possible; a promise of its exit code.
  terminate(callback = undefined) {
    this.ref();
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.', 'DeprecationWarning',
                          'DEP0132');
      if (this.#exit !== undefined) process.nextTick(callback, null, undefined);
      else this.once('exit', (code) => callback(null, code));
    }
    if (this.#exit !== undefined) return Promise.resolve();
    this.#terminating = true;
    this.#child.kill('SIGKILL');
    return new Promise((resolve) => this.once('exit', resolve));
  }

  ref() {
    if (this.#exit !== undefined) return;
    this.#resource.referenced = true;
    this.#child.ref();
  }
  unref() {
    if (this.#exit !== undefined) return;
    this.#resource.referenced = false;
    this.#child.unref();
  }

  // A promise of a stream of the worker's heap as JSON.
  getHeapSnapshot() {
    if (this.#exit !== undefined) return Promise.reject(new ERR_WORKER_NOT_RUNNING());
    this.#link.send(kinds.snapshot, 0, undefined);
    return new Promise((resolve, reject) => this.#snapshots.push({ resolve, reject }));
  }

  get performance() {
    return { eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }) };
  }
}

module.exports = { Worker };
