// AssertionError: what differs, shown so that a person sees it.
'use strict';

const { inspect } = require('internal/util/inspect');
const { diffLines } = require('internal/assert/diff');
const { validateObject } = require('internal/validators');

const heads = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  sameStructure: 'Values have same structure but are not reference-equal:',
  notIdentical: 'Values identical but not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

function show(value) {
  return inspect(value, {
    compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false,
    sorted: true, getters: true,
  });
}

const isObjectLike = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

function compareMessage(actual, expected, operator) {
  let head = operator;
  let shownActual = show(actual);
  const shownExpected = show(expected);
  const alike = isObjectLike(actual) && isObjectLike(expected) && typeof actual === typeof expected;
  if (operator === 'strictEqual' && alike) head = 'strictEqualObject';
  const actualLines = shownActual.split('\n');
  const expectedLines = shownExpected.split('\n');
  if (actualLines.length === 1 && expectedLines.length === 1 && shownActual !== shownExpected) {
    const width = shownActual.length + shownExpected.length;
    const simple = !isObjectLike(actual) && !isObjectLike(expected) && (actual !== 0 || expected !== 0);
    if (width <= 12 && simple) return `${heads[operator]}\n\n${shownActual} !== ${shownExpected}\n`;
    if (!alike && width < 80) {
      let i = 0;
      while (shownActual[i] === shownExpected[i]) i++;
      const pointer = i > 2 ? `\n  ${' '.repeat(i)}^` : '';
      return `${heads[head]}\n+ actual - expected\n\n+ ${shownActual}\n- ${shownExpected}${pointer}`;
    }
  }
  if (shownActual === shownExpected) {
    if (actualLines.length > 50) shownActual = `${actualLines.slice(0, 46).join('\n')}\n...`;
    return `${heads[alike ? 'sameStructure' : 'notIdentical']}\n\n${shownActual}\n`;
  }
  const { lines, skipped } = diffLines(actualLines, expectedLines);
  return `${heads[head]}\n+ actual - expected${skipped ? ' ... Lines skipped' : ''}\n\n${lines.join('\n')}`;
}

function truncate(text, most) {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}

function makeMessage({ actual, expected, operator }) {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return compareMessage(actual, expected, operator);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    const head = operator === 'notStrictEqual' && isObjectLike(actual) ? 'notStrictEqualObject' : operator;
    let lines = show(actual).split('\n');
    if (lines.length > 50) lines = [...lines.slice(0, 46), '...'];
    if (lines.length === 1) return `${heads[head]}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
    return `${heads[head]}\n\n${lines.join('\n')}\n`;
  }
  let left = show(actual);
  let right = show(expected);
  if (operator === 'notDeepEqual' && left === right) return truncate(`${heads.notDeepEqual}\n\n${left}`, 1024);
  left = truncate(left, 512);
  right = truncate(right, 512);
  if (operator === 'deepEqual') left = `${heads.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n`;
  else if (operator === 'notDeepEqual') left = `${heads.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n`;
  else right = ` ${operator} ${right}`;
  return `${left}${right}`;
}

// An error without its stack, which would only bury what differs.
function withoutStack(error) {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(error)), error);
  Object.defineProperty(copy, 'message', { value: error.message });
  return copy;
}

class AssertionError extends Error {
  constructor(options) {
    // 2010's took the message alone.
    if (typeof options === 'string') options = { message: options };
    validateObject(options, 'options');
    const { message, operator, stackStartFn, details, stackStartFunction } = options;
    let { actual, expected } = options;
    const original = [actual, expected];
    if (isObjectLike(actual) && isObjectLike(expected) && 'stack' in actual && actual instanceof Error &&
        'stack' in expected && expected instanceof Error) {
      actual = withoutStack(actual);
      expected = withoutStack(expected);
    }
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message !== undefined && message !== null ? String(message) : makeMessage({ actual, expected, operator }));
    [actual, expected] = original;
    Error.stackTraceLimit = limit;
    this.generatedMessage = message === undefined || message === null;
    Object.defineProperty(this, 'name', { __proto__: null, value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true });
    this.code = 'ERR_ASSERTION';
    if (details !== undefined) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      details.forEach((detail, i) => {
        this[`message ${i}`] = detail.message;
        this[`actual ${i}`] = detail.actual;
        this[`expected ${i}`] = detail.expected;
        this[`operator ${i}`] = detail.operator;
        this[`stack trace ${i}`] = detail.stack;
      });
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    // The stack is made with the code in its head; the name alone is what programs look at.
    this.stack;
    this.name = 'AssertionError';
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](recurseTimes, ctx) {
    // Long values are in the message already.
    const short = (value) => (typeof value === 'string' && value.length > 488 ? `${value.slice(0, 488)}...` : value);
    const [actual, expected] = [this.actual, this.expected];
    this.actual = short(actual);
    this.expected = short(expected);
    const text = inspect(this, { ...ctx, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return text;
  }
}

module.exports = AssertionError;
