// util: helpers for programs.
'use strict';

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_FALSY_VALUE_REJECTION, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { inspect, format, formatWithOptions, stripVTControlCharacters } = require('internal/util/inspect');
const { createDeferredPromise, defineLazyProperties, deprecate, promisify, toUSVString } = require('internal/util');
const { validateFunction, validateString, validateNumber, validateAbortSignal } = require('internal/validators');
const types = require('internal/util/types');

// ---- Callbacks and promises -------------------------------------------------------------------

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const settle = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(settle, null, value),
      (reason) => process.nextTick(settle, reason || falsyRejection(reason)));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length?.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name?.value === 'string') descriptors.name.value += 'Callbackified';
  for (const key of Reflect.ownKeys(descriptors)) Object.defineProperty(callbackified, key, descriptors[key]);
  return callbackified;
}

// A callback cannot tell a falsy reason from success.
function falsyRejection(reason) {
  return new ERR_FALSY_VALUE_REJECTION(reason);
}

function checkAborted(signal, resource) {
  if (signal === undefined) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  if (resource === null || typeof resource !== 'object') throw new ERR_INVALID_ARG_TYPE('resource', 'Object', resource);
}

// No async function: what waits in one keeps its arguments.
function aborted(signal, resource) {
  try {
    checkAborted(signal, resource);
  } catch (error) {
    return Promise.reject(error);
  }
  return signal.aborted ? Promise.resolve() : abortWhile(new WeakRef(resource), signal, resource);
}

// Must not keep the resource: one that is gone needs to hear nothing any more.
function abortWhile(weak, signal, resource) {
  const { promise, resolve } = createDeferredPromise();
  const listener = () => {
    if (weak.deref() !== undefined) resolve();
  };
  goneResources ??= new FinalizationRegistry((removeListener) => removeListener());
  const weakSignal = new WeakRef(signal);
  goneResources.register(resource, () => weakSignal.deref()?.removeEventListener('abort', listener));
  const { kUnstoppable } = require('internal/event_target');
  signal.addEventListener('abort', listener, { once: true, [kUnstoppable]: true });
  return promise;
}
let goneResources;

// ---- Debugging --------------------------------------------------------------------------------

const debugs = new Map();
let wanted;

// Sections named in NODE_DEBUG, '*' in them standing for anything; a hexadecimal number is the mask of 2010.
function isWanted(section) {
  if (wanted === undefined) {
    const text = process.env.NODE_DEBUG ?? '';
    if (/^(0x)?[0-9a-f]+$/i.test(text)) {
      const mask = parseInt(text, 16);
      const bits = { MODULE: 1, NET: 2, HTTP: 4, TIMER: 8 };
      wanted = (name) => (mask & (bits[name] ?? 0)) !== 0;
    } else if (text === '') {
      wanted = () => false;
    } else {
      const pattern = text.split(',').map((part) => part.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*'));
      const matcher = new RegExp(`^(${pattern.join('|')})$`, 'i');
      wanted = (name) => matcher.test(name);
    }
  }
  return wanted(section);
}

function debuglog(set, callback) {
  validateString(set, 'section');
  const section = set.toUpperCase();
  let logger = (...args) => {
    if (!debugs.has(section)) {
      debugs.set(section, isWanted(section) ? (...words) => {
        process.stderr.write(`${section} ${process.pid}: ${format(...words)}\n`);
      } : () => {});
      logger = debugs.get(section);
      if (typeof callback === 'function') callback(logger);
    }
    debugs.get(section)(...args);
  };
  const log = (...args) => logger(...args);
  Object.defineProperty(log, 'enabled', { get: () => isWanted(section), configurable: true, enumerable: true });
  return log;
}

// ---- The system's errors ----------------------------------------------------------------------

function errnoTable() {
  return internalBinding('errno').list;
}

function getSystemErrorName(code) {
  validateNumber(code, 'err');
  if (code >= 0 || !Number.isSafeInteger(code)) throw new ERR_OUT_OF_RANGE('err', 'a negative integer', code);
  return internalBinding('errno').name(-code) || `Unknown system error ${code}`;
}

function getSystemErrorMap() {
  return new Map(errnoTable().map(([name, code, message]) => [-code, [name, message]]));
}

// ---- The rest ---------------------------------------------------------------------------------

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) throw new ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  if (superCtor.prototype === undefined) {
    throw new ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', { value: superCtor, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  return Object.assign(target, source);
}

const isObject = (value) => value !== null && typeof value === 'object';
const isError = (value) => types.isNativeError(value) || value instanceof Error;

// `text` in one or more of the styles of inspect.colors, plain when the stream shows no colours. Later than Node 18, but
// packages call it.
function styleText(styles, text, { validateStream = true, stream = process.stdout } = {}) {
  validateString(text, 'text');
  const plain = validateStream && (!stream?.isTTY || process.env.NO_COLOR !== undefined);
  let before = '';
  let after = '';
  for (const style of Array.isArray(styles) ? styles : [styles]) {
    const codes = inspect.colors[style];
    if (codes === undefined) throw new ERR_INVALID_ARG_VALUE('format', style, 'must be a style of util.inspect.colors');
    before += `\u001b[${codes[0]}m`;
    after = `\u001b[${codes[1]}m${after}`;
  }
  return plain ? text : `${before}${text}${after}`;
}

module.exports = {
  _errnoException: (...args) => require('internal/errors').ErrnoException(...args),
  _exceptionWithHostPort: (...args) => require('internal/errors').exceptionWithHostPort(...args),
  _extend,
  aborted,
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  formatWithOptions,
  getSystemErrorMap,
  getSystemErrorName,
  inherits,
  inspect,
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => Buffer.isBuffer(value),
  isDate: types.isDate,
  isDeepStrictEqual: (a, b) => require('internal/util/comparisons').isDeepStrictEqual(a, b),
  isError,
  isFunction: (value) => typeof value === 'function',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject,
  isPrimitive: (value) => !isObject(value) && typeof value !== 'function',
  isRegExp: types.isRegExp,
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  log: (...args) => console.log('%s - %s', timestamp(), format(...args)),
  parseArgs: (config) => require('internal/util/parse_args').parseArgs(config),
  promisify,
  stripVTControlCharacters,
  styleText,
  toUSVString,
  transferableAbortController: () => new AbortController(),
  types,
};

function timestamp() {
  const now = new Date();
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((n) => `${n}`.padStart(2, '0')).join(':');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${now.getDate()} ${months[now.getMonth()]} ${time}`;
}

defineLazyProperties(module.exports, 'internal/encoding', ['TextEncoder', 'TextDecoder']);
defineLazyProperties(module.exports, 'internal/util/mime', ['MIMEType', 'MIMEParams']);

// ---- Old names --------------------------------------------------------------------------------

function writeAll(stream, values, after) {
  for (const value of values) stream.write(`${value}${after}`);
}

module.exports.print = (...values) => writeAll(process.stdout, values, '');
module.exports.puts = (...values) => writeAll(process.stdout, values, '\n');
module.exports.error = (...values) => writeAll(process.stderr, values, '\n');
module.exports.p = (...values) => writeAll(process.stderr, values.map((value) => inspect(value)), '\n');
module.exports.exec = (...args) => require('child_process').exec(...args);

// 2010's debug() printed its text; today's names a section. A text is what does not look like a section.
module.exports.debug = function debug(text, callback) {
  if (typeof text === 'string' && /^[\w:./*-]+$/.test(text)) return debuglog(text, callback);
  process.stderr.write(`DEBUG: ${text}\n`);
};

// Moves everything from one stream to the other, one pause at a time; `callback` once, at the end or on an error.
module.exports.pump = function pump(from, to, callback) {
  let called = false;
  const done = (error) => {
    if (called) return;
    called = true;
    if (typeof callback === 'function') callback(error);
  };
  from.on('data', (chunk) => {
    if (to.write(chunk) === false) from.pause();
  });
  to.on('drain', () => from.resume());
  to.on('pause', () => from.pause());
  to.on('resume', () => from.resume());
  from.on('end', () => {
    to.end();
    done();
  });
  from.on('error', done);
  from.on('close', () => done());
  to.on('error', done);
};
