// The process object: its prototype chain and what does not depend on the run.
'use strict';

const EventEmitter = require('events');
const binding = internalBinding('process');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateString, validateArray } = require('internal/validators');

// `process instanceof EventEmitter`, shown as "process {".
function makePrototype() {
  const { process: constructor } = { process: function process() {} };
  const prototype = Object.create(EventEmitter.prototype, {
    constructor: { value: constructor, writable: true, enumerable: false, configurable: true },
  });
  constructor.prototype = prototype;
  return prototype;
}

Object.setPrototypeOf(process, makePrototype());
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });

process.version = 'v18.20.4';
process.versions = {};
process.arch = '';
process.platform = '';
process.release = {
  name: 'node',
  lts: 'Hydrogen',
  sourceUrl: `https://nodejs.org/download/release/${process.version}/node-${process.version}.tar.gz`,
  headersUrl: `https://nodejs.org/download/release/${process.version}/node-${process.version}-headers.tar.gz`,
};
process.features = {
  get inspector() { return internalBinding('inspector').Session !== undefined; },
  debug: false, uv: false, ipv6: true, tls_alpn: false, tls_sni: false, tls_ocsp: false,
  tls: false, cached_builtins: true,
};
process.config = { target_defaults: { default_configuration: 'Release' }, variables: { v8_enable_i18n_support: 1, node_module_version: 108 } };
process.exitCode = undefined;
process._exiting = false;
process.domain = null;

// A property that is computed when it is first read, for what costs time or depends on the run.
function lazy(name, make) {
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(process, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(process, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

lazy('allowedNodeEnvironmentFlags', () => require('internal/process/environment_flags').make());
lazy('env', () => require('internal/process/env').makeEnv());
lazy('report', () => require('internal/process/report').report);
lazy('pid', () => binding.pid());
Object.defineProperty(process, 'ppid', { configurable: true, enumerable: true, get: () => binding.ppid() });

Object.defineProperty(process, 'moduleLoadList', {
  configurable: true,
  enumerable: true,
  get: () => require('internal/library').loadedNames().map((id) => `NativeModule ${id}`),
});

let cachedCwd = '';
process.cwd = function cwd() {
  if (cachedCwd === '') cachedCwd = binding.cwd();
  return cachedCwd;
};
process.chdir = function chdir(directory) {
  validateString(directory, 'directory');
  binding.chdir(directory);
  cachedCwd = '';
};

process.abort = () => binding.abort();

const clock = new Float64Array(2);
process.hrtime = function hrtime(previous) {
  binding.hrtime(clock);
  if (previous === undefined) return [clock[0], clock[1]];
  validateArray(previous, 'time');
  if (previous.length !== 2) throw new ERR_OUT_OF_RANGE('time', 2, previous.length);
  let seconds = clock[0] - previous[0];
  let nanoseconds = clock[1] - previous[1];
  if (nanoseconds < 0) {
    seconds--;
    nanoseconds += 1e9;
  }
  return [seconds, nanoseconds];
};
process.hrtime.bigint = () => binding.hrtimeBigInt();

// Leaves with `code`, after 'exit' listeners have run; the code may be set by them.
process.exit = function exit(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  process.reallyExit(process.exitCode || 0);
};
process.reallyExit = (code) => binding.reallyExit(code | 0);

process.binding = function(name) {
  return require('internal/process/binding').binding(name);
};
process._linkedBinding = process.binding;

process.emitWarning = function emitWarning(...args) {
  return require('internal/process/warning').emitWarning(...args);
};

process.getActiveResourcesInfo = () => require('internal/process/active').resources();
process.setUncaughtExceptionCaptureCallback = function(callback) {
  const execution = require('internal/process/execution');
  if (callback === null) return execution.setCapture(null);
  if (typeof callback !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], callback);
  }
  const domains = execution.domainsLoadedAt();
  if (domains !== undefined) {
    const { codes } = require('internal/errors');
    const error = new codes.ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE();
    error.stack += `\n${'-'.repeat(40)}\n${domains}`;
    throw error;
  }
  if (execution.hasCapture()) {
    const { codes } = require('internal/errors');
    const E = codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET;
    throw E !== undefined ? new E() : new ERR_INVALID_ARG_VALUE('fn', callback, 'is already set');
  }
  execution.setCapture(callback);
};
process.hasUncaughtExceptionCaptureCallback = () => require('internal/process/execution').hasCapture();
process.setSourceMapsEnabled = (value) => {
  require('internal/validators').validateBoolean(value, 'val');
};

// Old names.
for (const [name, value] of Object.entries({
  compile: (code, filename) => require('vm').runInThisContext(code, filename),
  evalcx: (code, sandbox, filename) => require('vm').runInNewContext(code, sandbox, filename),
  _byteLength() {
    throw Object.assign(new Error('process._byteLength() has moved to Buffer.byteLength()'), { code: 'ERR_METHOD_NOT_IMPLEMENTED' });
  },
})) {
  Object.defineProperty(process, name, { value, writable: true, enumerable: false, configurable: true });
}

module.exports = { lazy };
