// AssertionError: what differs, shown so that a person sees it.
'use strict';

const { inspect } = require('internal/util/inspect');
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
    breakLength: Infinity, sorted: true, getters: true,
  });
}

const isObjectLike = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

// The shortest way from one list of lines to the other: entries [' ' | '+' | '-', line]. '+' stands in actual only.
// A comma after an entry that is the last one on the other side is no difference.
const same = (a, b) => a === b || a === `${b},` || `${a},` === b;

function diffLines(actual, expected) {
  let start = 0;
  while (start < actual.length && start < expected.length && same(actual[start], expected[start])) start++;
  let endA = actual.length;
  let endB = expected.length;
  while (endA > start && endB > start && same(actual[endA - 1], expected[endB - 1])) {
    endA--;
    endB--;
  }
  const a = actual.slice(start, endA);
  const b = expected.slice(start, endB);
  const middle = a.length * b.length > 4e6 ? [...a.map((line) => ['+', line]), ...b.map((line) => ['-', line])] : longestCommon(a, b);
  return [...actual.slice(0, start).map((line, i) => [' ', longer(line, expected[i])]), ...middle,
          ...actual.slice(endA).map((line) => [' ', line])];
}

// Of two lines that differ by the comma at most, the one with it.
const longer = (a, b) => (a.length < b.length ? b : a);

function longestCommon(a, b) {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = same(a[i], b[j]) ? lengths[(i + 1) * width + j + 1] + 1 :
        Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const out = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(a[i], b[j])) {
      out.push([' ', longer(a[i], b[j])]);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      out.push(['+', a[i++]]);
    } else {
      out.push(['-', b[j++]]);
    }
  }
  return out;
}

// Long runs of equal lines are left out; five lines around each difference stay.
function diffText(entries) {
  const keep = new Array(entries.length).fill(false);
  entries.forEach(([mark], i) => {
    if (mark === ' ') return;
    for (let k = Math.max(0, i - 2); k <= Math.min(entries.length - 1, i + 2); k++) keep[k] = true;
  });
  const lines = [];
  let skipped = false;
  for (let i = 0; i < entries.length; i++) {
    if (!keep[i] && i + 1 < entries.length && i > 0 && !keep[i - 1] && !keep[i + 1]) {
      skipped = true;
      if (lines[lines.length - 1] !== '...') lines.push('...');
      continue;
    }
    lines.push(`${entries[i][0]} ${entries[i][1]}`);
  }
  return { text: lines.join('\n'), skipped };
}

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
  const { text, skipped } = diffText(diffLines(actualLines, expectedLines));
  return `${heads[head]}\n+ actual - expected${skipped ? ' ... Lines skipped' : ''}\n\n${text}`;
}

function truncate(text, most) {
  return text.length > most ? `${text.slice(0, most)}...` : text;
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
  let left = truncate(show(actual), 512);
  let right = truncate(show(expected), 512);
  if (operator === 'notDeepEqual' && left === right) {
    left = `${heads.notDeepEqual}\n\n${left}`;
    return truncate(left, 1024);
  }
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
    Object.defineProperty(this, 'name', { value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true });
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
