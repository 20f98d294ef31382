// What spawn and its relatives take: signals, options checked and made uniform, stdio.
'use strict';

const { codes } = require('internal/errors');
const { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } = codes;
const { validateString, validateObject, validateBoolean } = require('internal/validators');

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
    const list = signals();
    if (Object.keys(list).includes(signal.toUpperCase())) return list[signal.toUpperCase()];
  } else {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'number'], signal);
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

function validateKillSignal(signal) {
  if (signal === 0) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  return signalNumber(signal, 'options.killSignal');
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
  if (value !== undefined && value !== null && value !== (value | 0)) throw new ERR_INVALID_ARG_TYPE(`options.${name}`, 'int32', value);
}

function toPath(value, name) {
  if (value === undefined || value === null || value === '') return undefined;
  let path = value;
  if (value instanceof URL) path = require('url').fileURLToPath(value);
  else if (value instanceof Uint8Array) path = Buffer.from(value).toString();
  else if (typeof value !== 'string') throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], value);
  if (path.includes('\0')) throw new ERR_INVALID_ARG_VALUE(name, value, 'must be a string or Uint8Array without null bytes');
  return path;
}

function environmentPairs(env) {
  const pairs = [];
  for (const key in env) {
    const value = env[key];
    if (value === undefined) continue;
    withoutNul(key, `options.env['${key}']`);
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
  if (options === undefined) options = {};
  else validateObject(options, 'options');
  if (oldEnvironment(options)) options = { env: options };
  if (customFds !== undefined) options = { ...options, customFds };
  const cwd = toPath(options.cwd, 'options.cwd');
  for (const name of ['detached', 'windowsHide', 'windowsVerbatimArguments']) {
    if (options[name] != null) validateBoolean(options[name], `options.${name}`);
  }
  validateId(options.uid, 'uid');
  validateId(options.gid, 'gid');
  if (options.shell != null && typeof options.shell !== 'boolean' && typeof options.shell !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('options.shell', ['Boolean', 'string'], options.shell);
  }
  withoutNul(options.shell, 'options.shell');
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

// The descriptor of a stream, socket or handle; -1 when it has none.
function descriptorOf(stream) {
  if (stream === null || typeof stream !== 'object') return -1;
  const { fd } = Number.isInteger(stream.fd) || typeof stream.fd === 'function' ? stream : stream._handle ?? stream;
  const number = typeof fd === 'function' ? Reflect.apply(fd, stream._handle ?? stream, []) : fd;
  return Number.isInteger(number) ? number : -1;
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
    const fd = descriptorOf(what);
    if (fd >= 0) return { type: 'fd', fd, stream: what };
    if (sync && (typeof what === 'string' || ArrayBuffer.isView(what))) return { type: 'pipe', fd: -1, input: what };
    throw new ERR_INVALID_ARG_VALUE('stdio', what);
  });
}

function validateMaxBuffer(maxBuffer) {
  if (maxBuffer != null && !(typeof maxBuffer === 'number' && maxBuffer >= 0)) {
    throw new ERR_OUT_OF_RANGE('options.maxBuffer', 'a positive number', maxBuffer);
  }
}

function validateTimeout(timeout) {
  if (timeout != null && !(Number.isInteger(timeout) && timeout >= 0)) {
    throw new ERR_OUT_OF_RANGE('timeout', 'an unsigned integer', timeout);
  }
}

module.exports = {
  environmentPairs, maxBufferDefault, normalize, signalName, signalNumber, stdioEntries, toPath, validateKillSignal,
  validateMaxBuffer, validateTimeout, withoutNul,
};
