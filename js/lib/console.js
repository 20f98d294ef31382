// console: messages for people, on stdout and stderr.
'use strict';

const { inspect, formatWithOptions } = require('internal/util/inspect');
const { codes: { ERR_CONSOLE_WRITABLE_STREAM, ERR_INCOMPATIBLE_OPTION_PAIR, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateInteger, validateObject, validateArray } = require('internal/validators');

const kState = Symbol('kState');

function Console(options, ...rest) {
  if (!new.target) return new Console(options, ...rest);
  if (!options || typeof options.write === 'function') {
    options = { stdout: options, stderr: rest[0], ignoreErrors: rest[1] };
  }
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new ERR_CONSOLE_WRITABLE_STREAM('stderr');
  if (colorMode !== 'auto' && typeof colorMode !== 'boolean') throw new ERR_INVALID_ARG_VALUE('colorMode', colorMode);
  if (groupIndentation !== undefined) validateInteger(groupIndentation, 'groupIndentation', 0, 1000);
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    if (inspectOptions.colors !== undefined && options.colorMode !== undefined) {
      throw new ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
  }
  initialize(this, () => stdout, () => stderr, { ignoreErrors, colorMode, inspectOptions, groupIndentation });
  for (const name of methodNames) {
    const method = this[name];
    // Inherited methods may be overridden by a class; those of its own stay writable.
    this[name] = method.bind(this);
    Object.defineProperty(this[name], 'name', { value: method.name, configurable: true });
  }
}

function initialize(console, stdout, stderr, options) {
  const state = {
    stdout, stderr, ignoreErrors: options.ignoreErrors, colorMode: options.colorMode ?? 'auto',
    inspectOptions: options.inspectOptions, groupIndentation: options.groupIndentation ?? 2, indent: '',
    counts: new Map(), timers: new Map() };
  Object.defineProperty(console, kState, { value: state });
  Object.defineProperty(console, '_times', { value: state.timers, configurable: true, writable: true });
  for (const name of ['stdout', 'stderr']) {
    Object.defineProperty(console, `_${name}`, {
      configurable: true, enumerable: false, get: () => state[name](), set(stream) { state[name] = () => stream; },
    });
  }
}

function inspectOptionsFor(state, stream) {
  let color = state.colorMode;
  if (color === 'auto') {
    color = stream.isTTY === true && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true);
  }
  if (state.inspectOptions !== undefined) return { ...state.inspectOptions, colors: state.inspectOptions.colors ?? color };
  return color ? withColors : withoutColors;
}
const withColors = { colors: true };
const withoutColors = {};

function ignoreError() {}

function write(console, stream, text) {
  const state = console[kState];
  if (state.indent !== '') {
    if (text.includes('\n')) text = text.replaceAll('\n', `\n${state.indent}`);
    text = state.indent + text;
  }
  text += '\n';
  if (!state.ignoreErrors) {
    stream.write(text);
    return;
  }
  // A reader that has gone must not end the program: the error may come now, or with the callback.
  const ignoreLater = (error) => {
    if (error && stream.listenerCount !== undefined && stream.listenerCount('error') === 0) stream.once('error', ignoreError);
  };
  if (stream.listenerCount !== undefined && stream.listenerCount('error') === 0) {
    stream.once('error', ignoreError);
    try {
      stream.write(text, ignoreLater);
    } catch (error) {
      if (error instanceof RangeError && /call stack/.test(error.message)) throw error;
    } finally {
      stream.removeListener('error', ignoreError);
    }
  } else {
    stream.write(text, ignoreLater);
  }
}

function formatFor(console, stream, args) {
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  return formatWithOptions(inspectOptionsFor(console[kState], stream), ...args);
}

function warn(text) {
  process.emitWarning(text);
}

function formatTime(ms) {
  let hours = 0;
  let minutes = 0;
  let seconds = 0;
  if (ms >= 1000) {
    if (ms >= 60000) {
      if (ms >= 3600000) {
        hours = Math.floor(ms / 3600000);
        ms %= 3600000;
      }
      minutes = Math.floor(ms / 60000);
      ms %= 60000;
    }
    seconds = ms / 1000;
  }
  if (hours !== 0 || minutes !== 0) {
    const [whole, fraction] = seconds.toFixed(3).split('.');
    const two = (n) => `${n}`.padStart(2, '0');
    return hours !== 0 ? `${hours}:${two(minutes)}:${two(whole)} (h:mm:ss)` : `${minutes}:${two(whole)}.${fraction} (m:ss.mmm)`;
  }
  if (seconds !== 0) return `${seconds.toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

function elapsed(console, label, method) {
  const start = console[kState].timers.get(label);
  if (start === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return undefined;
  }
  const [seconds, nanoseconds] = process.hrtime(start);
  return formatTime(seconds * 1000 + nanoseconds / 1e6);
}

const methods = {
  log(...args) {
    const stream = this[kState].stdout();
    write(this, stream, formatFor(this, stream, args));
  },
  warn(...args) {
    const stream = this[kState].stderr();
    write(this, stream, formatFor(this, stream, args));
  },
  error(...args) {
    const stream = this[kState].stderr();
    write(this, stream, formatFor(this, stream, args));
  },
  dir(object, options) {
    const stream = this[kState].stdout();
    write(this, stream, inspect(object, { customInspect: false, ...inspectOptionsFor(this[kState], stream), ...options }));
  },
  time(label = 'default') {
    label = `${label}`;
    const { timers } = this[kState];
    if (timers.has(label)) return warn(`Label '${label}' already exists for console.time()`);
    timers.set(label, process.hrtime());
  },
  timeEnd(label = 'default') {
    label = `${label}`;
    const time = elapsed(this, label, 'timeEnd');
    if (time === undefined) return;
    this[kState].timers.delete(label);
    this.log('%s: %s', label, time);
  },
  timeLog(label = 'default', ...data) {
    label = `${label}`;
    const time = elapsed(this, label, 'timeLog');
    if (time !== undefined) this.log('%s: %s', label, time, ...data);
  },
  trace: function trace(...args) {
    const error = { name: 'Trace', message: formatFor(this, this[kState].stderr(), args) };
    Error.captureStackTrace(error, trace);
    this.error(error.stack);
  },
  assert(condition, ...args) {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  },
  clear() {
    const stream = this[kState].stdout();
    if (stream.isTTY && process.env.TERM !== 'dumb') stream.write('\x1b[1;1H\x1b[0J');
  },
  count(label = 'default') {
    label = `${label}`;
    const { counts } = this[kState];
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    this.log(`${label}: ${count}`);
  },
  countReset(label = 'default') {
    label = `${label}`;
    if (!this[kState].counts.delete(label)) warn(`Count for '${label}' does not exist`);
  },
  group(...data) {
    if (data.length > 0) this.log(...data);
    const state = this[kState];
    state.indent += ' '.repeat(state.groupIndentation);
  },
  groupEnd() {
    const state = this[kState];
    state.indent = state.indent.slice(0, Math.max(0, state.indent.length - state.groupIndentation));
  },
  table(data, properties) {
    if (properties !== undefined) validateArray(properties, 'properties');
    if (data === null || typeof data !== 'object') return this.log(data);
    this.log(require('internal/console_table').table(data, properties));
  },
};
methods.debug = methods.log;
methods.info = methods.log;
methods.dirxml = methods.log;
methods.groupCollapsed = methods.group;

const methodNames = ['log', 'warn', 'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count', 'countReset',
                     'group', 'groupEnd', 'table', 'debug', 'info', 'dirxml', 'error', 'groupCollapsed'];
for (const name of methodNames) {
  Object.defineProperty(Console.prototype, name, { value: methods[name], writable: true, configurable: true, enumerable: false });
}

// The global console is no instance made by new: its streams are looked at only when something is written.
const globalConsole = Object.create({});
initialize(globalConsole, () => process.stdout, () => process.stderr, { ignoreErrors: true });
for (const name of methodNames) {
  const method = methods[name];
  const bound = { [name]: (...args) => Reflect.apply(method, globalConsole, args) }[name];
  Object.defineProperty(globalConsole, name, { value: bound, writable: true, configurable: true, enumerable: true });
}
Object.defineProperty(globalConsole, Symbol.toStringTag, { value: 'console', configurable: true });
Object.defineProperty(Console, Symbol.hasInstance, {
  value: (instance) => instance !== null && typeof instance === 'object' && instance[kState] !== undefined,
});
globalConsole.Console = Console;

module.exports = globalConsole;
