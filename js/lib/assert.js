// assert: statements that have to hold.
'use strict';

const { codes } = require('internal/errors');
const { ERR_AMBIGUOUS_ARGUMENT, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS } = codes;
const AssertionError = require('internal/assert/assertion_error');
const { inspect } = require('internal/util/inspect');
const types = require('internal/util/types');
const { isDeepEqual, isDeepStrictEqual } = require('internal/util/comparisons');

function fail(fields) {
  if (fields.message instanceof Error) throw fields.message;
  throw new AssertionError(fields);
}

// ---- Truth ------------------------------------------------------------------------------------

// The call as the source has it, for a message that says more than "false".
function sourceOf(start) {
  const previous = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  const holder = {};
  let site;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (error, sites) => sites[0];
    Error.captureStackTrace(holder, start);
    site = holder.stack;
  } finally {
    Error.stackTraceLimit = previous;
    Error.prepareStackTrace = prepare;
  }
  const filename = site?.getFileName?.();
  if (typeof filename !== 'string' || filename.startsWith('node:')) return undefined;
  try {
    const lines = require('fs').readFileSync(filename, 'utf8').split('\n');
    return expressionAt(lines, site.getLineNumber() - 1, site.getColumnNumber() - 1);
  } catch {
    return undefined;
  }
}

// From the call's start to its closing parenthesis; strings and nested brackets are stepped over.
function expressionAt(lines, line, column) {
  const text = lines.slice(line, line + 50).join('\n').slice(column);
  let depth = 0;
  let quote = '';
  // `assert.ok(` is reported at `ok`: take what stands before it, too.
  const before = /[\p{ID_Continue}$.]*$/u.exec(lines[line].slice(0, column))[0];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quote !== '') {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === "'" || c === '"' || c === '`') {
      quote = c;
    } else if (c === '(' || c === '[' || c === '{') {
      depth++;
    } else if (c === ')' || c === ']' || c === '}') {
      depth--;
      if (depth === 0 && c === ')') return outdent(before + text.slice(0, i + 1), column - before.length);
    } else if (depth === 0 && (c === ';' || c === '\n')) {
      return undefined;
    }
  }
  return undefined;
}

function outdent(code, column) {
  return code.split('\n').map((line, i) => (i === 0 ? line : line.replace(new RegExp(`^\\s{0,${column}}`), ''))).join('\n  ');
}

function innerOk(start, argCount, value, message) {
  if (value) return;
  let generated = false;
  if (argCount === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message === undefined || message === null) {
    generated = true;
    const source = sourceOf(start);
    if (source !== undefined) message = `The expression evaluated to a falsy value:\n\n  ${source}\n`;
  } else if (message instanceof Error) {
    throw message;
  }
  const error = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: start });
  error.generatedMessage = generated;
  throw error;
}

function assert(...args) {
  innerOk(assert, args.length, ...args);
}

assert.ok = function ok(...args) {
  innerOk(ok, args.length, ...args);
};

let warnedOfFail = false;

assert.fail = function failed(actual, expected, message, operator, stackStartFn) {
  const { length } = arguments;
  if (length <= 1) {
    if (actual instanceof Error) throw actual;
    const error = new AssertionError({
      message: actual === undefined || actual === null ? 'Failed' : actual, operator: 'fail', stackStartFn: failed });
    error.generatedMessage = actual === undefined || actual === null;
    throw error;
  }
  if (!warnedOfFail) {
    warnedOfFail = true;
    process.emitWarning('assert.fail() with more than one argument is deprecated. Please use assert.strictEqual() ' +
      'instead or only pass a message.', 'DeprecationWarning', 'DEP0094');
  }
  if (length === 2) operator = '!=';
  if (message instanceof Error) throw message;
  const fields = { actual, expected, operator: operator === undefined ? 'fail' : operator, stackStartFn: stackStartFn || failed };
  if (message !== undefined) fields.message = message;
  const error = new AssertionError(fields);
  if (message !== undefined) error.generatedMessage = false;
  throw error;
};

assert.AssertionError = AssertionError;

// ---- Equality ---------------------------------------------------------------------------------

const checks = {
  equal: ['==', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b))],
  notEqual: ['!=', (a, b) => a != b && !(Number.isNaN(a) && Number.isNaN(b))],
  deepEqual: ['deepEqual', isDeepEqual],
  notDeepEqual: ['notDeepEqual', (a, b) => !isDeepEqual(a, b)],
  deepStrictEqual: ['deepStrictEqual', isDeepStrictEqual],
  notDeepStrictEqual: ['notDeepStrictEqual', (a, b) => !isDeepStrictEqual(a, b)],
  strictEqual: ['strictEqual', Object.is],
  notStrictEqual: ['notStrictEqual', (a, b) => !Object.is(a, b)],
};

for (const [name, [operator, holds]] of Object.entries(checks)) {
  const check = { [name](actual, expected, message) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('actual', 'expected');
    if (!holds(actual, expected)) fail({ actual, expected, message, operator, stackStartFn: check });
  } }[name];
  assert[name] = check;
}

// ---- Errors -----------------------------------------------------------------------------------

// An object is compared property by property, a RegExp with the text, a class by instanceof, a function decides.
function matchError(actual, expected, message, start) {
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) {
      const text = String(actual);
      if (expected.exec(text) !== null) return;
      const generated = message === undefined || message === null;
      const error = new AssertionError({
        actual, expected, operator: start.name, stackStartFn: start,
        message: generated ? `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n` : message });
      error.generatedMessage = generated;
      throw message instanceof Error ? message : error;
    }
    if (typeof actual !== 'object' || actual === null) {
      const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: start });
      error.operator = start.name;
      throw error;
    }
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    else if (keys.length === 0) throw new ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
    for (const key of keys) {
      if (typeof actual[key] === 'string' && types.isRegExp(expected[key]) && expected[key].exec(actual[key]) !== null) continue;
      if (!(key in actual) || !isDeepStrictEqual(actual[key], expected[key])) throw comparisonError(actual, expected, message, keys, start);
    }
    return;
  }
  if (expected.prototype !== undefined && actual instanceof expected) return;
  if (Object.prototype.isPrototypeOf.call(Error, expected) || expected === Error) {
    const generated = message === undefined || message === null;
    let text = message;
    if (generated) {
      text = 'The error is expected to be an instance of ' + `"${expected.name}". Received `;
      text += isErrorLikeValue(actual) ? `"${actual.name}"` : `"${inspect(actual, { depth: -1 })}"`;
      if (isErrorLikeValue(actual)) text += `\n\nError message:\n\n${actual.message}`;
    }
    if (message instanceof Error) throw message;
    const error = new AssertionError({ actual, expected, message: text, operator: start.name, stackStartFn: start });
    error.generatedMessage = generated;
    throw error;
  }
  const result = Reflect.apply(expected, {}, [actual]);
  if (result === true) return;
  if (message instanceof Error) throw message;
  const name = expected.name ? `"${expected.name}" ` : '';
  const generated = message === undefined || message === null;
  const error = new AssertionError({
    actual, expected, operator: start.name, stackStartFn: start,
    message: generated ? `The ${name}validation function is expected to return "true". Received ${inspect(result)}` +
      (isErrorLikeValue(actual) ? `\n\nCaught error:\n\n${actual}` : '') : message });
  error.generatedMessage = generated;
  throw error;
}

function isErrorLikeValue(value) {
  return types.isNativeError(value) || value instanceof Error;
}

// The difference is shown between the properties that were asked for.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      this[key] = actual !== undefined && typeof actual[key] === 'string' && types.isRegExp(object[key]) &&
        object[key].exec(actual[key]) !== null ? actual[key] : object[key];
    }
  }
}

function comparisonError(actual, expected, message, keys, start) {
  if (message instanceof Error) return message;
  if (message !== undefined && message !== null) {
    return new AssertionError({ actual, expected, message, operator: start.name, stackStartFn: start });
  }
  const error = new AssertionError({
    actual: new Comparison(actual, keys), expected: new Comparison(expected, keys, actual), operator: 'deepStrictEqual',
    stackStartFn: start });
  error.actual = actual;
  error.expected = expected;
  error.operator = start.name;
  return error;
}

const none = Symbol('none');

function caught(fn) {
  if (typeof fn !== 'function') throw new ERR_INVALID_ARG_TYPE('fn', 'Function', fn);
  try {
    fn();
  } catch (error) {
    return error;
  }
  return none;
}

const isThenable = (value) => types.isPromise(value) ||
  (value !== null && typeof value === 'object' && typeof value.then === 'function' && typeof value.catch === 'function');

async function rejected(promiseFn) {
  let promise;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isThenable(promise)) throw new ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (isThenable(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return none;
}

function expectsError(start, actual, expected, message, count) {
  if (typeof expected === 'string') {
    if (count === 4) throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], expected);
    const text = typeof actual === 'object' && actual !== null ? actual.message : actual;
    if (text === expected) {
      throw new ERR_AMBIGUOUS_ARGUMENT('error/message', typeof actual === 'object' && actual !== null ?
        `The error message "${actual.message}" is identical to the message.` : `The error "${actual}" is identical to the message.`);
    }
    message = expected;
    expected = undefined;
  } else if (expected !== undefined && expected !== null && typeof expected !== 'object' && typeof expected !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], expected);
  }
  if (actual === none) {
    const kind = start === assert.rejects ? 'rejection' : 'exception';
    let details = '';
    if (expected?.name) details += ` (${expected.name})`;
    details += message ? `: ${message}` : '.';
    fail({ actual: undefined, expected, operator: start.name,
      message: message instanceof Error ? message : `Missing expected ${kind}${details}`,
           stackStartFn: start });
  }
  if (expected === undefined || expected === null) return;
  matchError(actual, expected, message, start);
}

function expectsNoError(start, actual, expected, message) {
  if (actual === none) return;
  if (typeof expected === 'string') {
    message = expected;
    expected = undefined;
  }
  if (expected === undefined || expected === null || matchesException(actual, expected)) {
    const details = message ? `: ${message}` : '.';
    const kind = start === assert.doesNotReject ? 'rejection' : 'exception';
    fail({ actual, expected, operator: start.name, stackStartFn: start,
           message: `Got unwanted ${kind}${details}\nActual message: "${actual && actual.message}"` });
  }
  throw actual;
}

function matchesException(actual, expected) {
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) return expected.exec(String(actual)) !== null;
    throw new ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

assert.throws = function throws(fn, expected, message) {
  expectsError(throws, caught(fn), expected, message, arguments.length + 1);
};
assert.rejects = async function rejects(promiseFn, expected, message) {
  expectsError(rejects, await rejected(promiseFn), expected, message, arguments.length + 1);
};
assert.doesNotThrow = function doesNotThrow(fn, expected, message) {
  expectsNoError(doesNotThrow, caught(fn), expected, message);
};
assert.doesNotReject = async function doesNotReject(promiseFn, expected, message) {
  expectsNoError(doesNotReject, await rejected(promiseFn), expected, message);
};

assert.ifError = function ifError(value) {
  if (value === null || value === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof value === 'object' && typeof value.message === 'string') {
    message += value.message.length === 0 && value.constructor ? value.constructor.name : value.message;
  } else {
    message += inspect(value);
  }
  const error = new AssertionError({ actual: value, expected: null, operator: 'ifError', message, stackStartFn: ifError });
  error.generatedMessage = true;
  if (typeof value.stack === 'string') {
    // Where the value came from is what one wants to know.
    const frames = value.stack.indexOf('\n    at');
    if (frames >= 0) error.stack = `${error.stack}${value.stack.slice(frames)}`;
  }
  throw error;
};

function matching(start, text, regexp, message, wanted) {
  if (!types.isRegExp(regexp)) throw new ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof text === 'string' && (regexp.exec(text) !== null) === wanted) return;
  if (message instanceof Error) throw message;
  const generated = message === undefined || message === null;
  let description = message;
  if (generated) {
    if (typeof text !== 'string') {
      description = `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
    } else {
      description = wanted ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression ';
      description += `${inspect(regexp)}. Input:\n\n${inspect(text)}\n`;
    }
  }
  const error = new AssertionError({ actual: text, expected: regexp, message: description, operator: start.name, stackStartFn: start });
  error.generatedMessage = generated;
  throw error;
}

assert.match = function match(string, regexp, message) {
  matching(match, string, regexp, message, true);
};
assert.doesNotMatch = function doesNotMatch(string, regexp, message) {
  matching(doesNotMatch, string, regexp, message, false);
};

// ---- Counting calls ---------------------------------------------------------------------------

class CallTracker {
  #calls = new Set();
  #known = new WeakMap();

  calls(fn, exact = 1) {
    if (process._exiting) throw new codes.ERR_UNAVAILABLE_DURING_EXIT();
    if (typeof fn === 'number') {
      exact = fn;
      fn = undefined;
    }
    fn ??= () => {};
    require('internal/validators').validateUint32(exact, 'exact', true);
    const entry = { exact, calls: [], name: fn.name || 'calls', stack: new Error() };
    this.#calls.add(entry);
    // Without a prototype: nothing that a program puts on Object.prototype becomes a trap.
    const tracked = new Proxy(fn, {
      __proto__: null,
      apply(target, thisArg, args) {
        entry.calls.push(Object.freeze({ thisArg, arguments: Object.freeze(args.slice()) }));
        return Reflect.apply(target, thisArg, args);
      },
    });
    this.#known.set(tracked, entry);
    return tracked;
  }

  #entry(fn) {
    const entry = this.#known.get(fn);
    if (entry === undefined) throw new ERR_INVALID_ARG_VALUE('fn', fn, 'is not a tracked function');
    return entry;
  }

  getCalls(fn) {
    return Object.freeze(this.#entry(fn).calls.slice());
  }

  reset(fn) {
    if (fn === undefined) this.#calls.forEach((entry) => entry.calls.length = 0);
    else this.#entry(fn).calls.length = 0;
  }

  report() {
    const errors = [];
    for (const { exact, calls, name, stack } of this.#calls) {
      if (calls.length === exact) continue;
      errors.push({
        message: `Expected the ${name} function to be executed ${exact} time(s) but was executed ${calls.length} time(s).`,
        actual: calls.length, expected: exact, operator: name, stack });
    }
    return errors;
  }

  verify() {
    const errors = this.report();
    if (errors.length === 0) return;
    const message = errors.length === 1 ? errors[0].message : 'Functions were not called the expected number of times';
    throw new AssertionError({ message, details: errors });
  }
}
assert.CallTracker = CallTracker;

// ---- Strict -----------------------------------------------------------------------------------

function strict(...args) {
  innerOk(strict, args.length, ...args);
}

assert.strict = Object.assign(strict, assert, {
  equal: assert.strictEqual, deepEqual: assert.deepStrictEqual, notEqual: assert.notStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;

module.exports = assert;
