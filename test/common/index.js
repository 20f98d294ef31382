// What the test scripts share: call counts that are checked at exit, temporary files, fixtures.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');

// --- Callbacks that have to run -----------------------------------------------------------------

// Each entry: what was expected of one wrapped callback, and where it was wrapped.
const expectations = [];

function checkCalls(code) {
  if (code !== 0) return;  // something else has failed already and said why
  const broken = expectations.filter((e) => !e.enough(e.calls));
  for (const e of broken) {
    console.error(`${e.name}: expected ${e.wanted}, called ${e.calls} times\n${e.where}\n`);
  }
  if (broken.length > 0) process.exit(1);
}

// The check stays the last listener, so that those of the test may be counted too.
process.on('exit', checkCalls);
process.on('newListener', (name, listener) => {
  if (name !== 'exit' || listener === checkCalls) return;
  queueMicrotask(() => {
    process.removeListener('exit', checkCalls);
    process.on('exit', checkCalls);
  });
});

function counted(fn, wanted, enough, allowed) {
  const site = new Error();
  Error.captureStackTrace(site, counted);
  const expectation = {
    name: fn.name || '<anonymous>',
    wanted,
    enough,
    calls: 0,
    where: site.stack.split('\n').slice(2).join('\n'),
  };
  expectations.push(expectation);
  const wrapper = function(...args) {
    expectation.calls++;
    if (!allowed(expectation.calls)) {
      assert.fail(`${expectation.name}: expected ${wanted}, called again\n${expectation.where}`);
    }
    return fn.apply(this, args);
  };
  // Functions that look at the number of parameters (next, callbacks of streams) see the real one.
  Object.defineProperty(wrapper, 'length', { value: fn.length, configurable: true });
  Object.defineProperty(wrapper, 'name', { value: expectation.name, configurable: true });
  return wrapper;
}

// `mustCall(times)` and `mustCall(fn, times)` are both allowed.
function callbackAndTimes(fn, times) {
  return typeof fn === 'number' ? [() => {}, fn] : [fn || (() => {}), times];
}

// A callback that has to be called exactly `times` times before the process ends.
function mustCall(fn, times = 1) {
  [fn, times] = callbackAndTimes(fn, times);
  return counted(fn, `exactly ${times} calls`, (n) => n === times, (n) => n <= times);
}

function mustCallAtLeast(fn, times = 1) {
  [fn, times] = callbackAndTimes(fn, times);
  return counted(fn, `at least ${times} calls`, (n) => n >= times, () => true);
}

function mustNotCall(message = 'this must not be called') {
  const site = new Error().stack.split('\n').slice(2, 4).join('\n');
  return function mustNotCall(...args) {
    const shown = args.length === 0 ? '' : ` with ${args.map(String).join(', ')}`;
    assert.fail(`${message}${shown}\n${site}`);
  };
}

// A callback in Node's form whose first argument has to be no error; `fn` gets the others.
function mustSucceed(fn, times = 1) {
  [fn, times] = callbackAndTimes(fn, times);
  return mustCall(function(error, ...args) {
    assert.ifError(error);
    return fn.apply(this, args);
  }, times);
}

// A callback whose first argument has to be an error like `shape`: properties to compare, regular
// expressions for `message`, a class, or a function that checks it.
function expectsError(shape, times = 1) {
  return mustCall((error) => {
    assert.ok(error instanceof Error, `no error: ${error}`);
    assert.throws(() => { throw error; }, shape);
  }, times);
}

// Emitted warnings have to be these, in this order: [name, message or RegExp, code].
function expectWarning(...warnings) {
  process.on('warning', mustCall((warning) => {
    const [name, message, code] = warnings.shift();
    assert.strictEqual(warning.name, name);
    if (message instanceof RegExp) assert.match(warning.message, message);
    else assert.strictEqual(warning.message, message);
    if (code !== undefined) assert.strictEqual(warning.code, code);
  }, warnings.length));
}

// --- Files --------------------------------------------------------------------------------------

const root = path.resolve(__dirname, '..', '..');

// A folder of this test's own. The runner provides and removes it; without the runner it is below
// the system's temporary folder.
const tmpdir = {
  path: path.join(process.env.NODE_TEST_TMPDIR || require('os').tmpdir(),
                  `node-test-${process.pid}`),
  // Makes it exist and be empty.
  refresh() {
    fs.rmSync(tmpdir.path, { recursive: true, force: true });
    fs.mkdirSync(tmpdir.path, { recursive: true });
    if (!process.env.NODE_TEST_TMPDIR) {
      process.on('exit', () => fs.rmSync(tmpdir.path, { recursive: true, force: true }));
    }
    return tmpdir.path;
  },
  join(...parts) {
    return path.join(tmpdir.path, ...parts);
  },
};

const fixtures = {
  dir: path.join(root, 'test', 'fixtures'),
  path(...parts) {
    return path.join(fixtures.dir, ...parts);
  },
  read(name, encoding) {
    return fs.readFileSync(fixtures.path(name), encoding);
  },
};

// --- The rest -----------------------------------------------------------------------------------

// Ends the test as passed, saying why it cannot run here.
function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

// Calls `condition` once a turn until it holds; the runner's time limit ends what never does.
function until(condition, then) {
  if (condition()) then();
  else setImmediate(until, condition, then);
}

// An upper limit for waiting, longer on slow builds; never a time that something has to take.
function platformTimeout(ms) {
  return process.env.NODE_TEST_SLOW ? ms * 4 : ms;
}

module.exports = {
  expectWarning,
  expectsError,
  fixtures,
  isLinux: process.platform === 'linux',
  isMacOS: process.platform === 'darwin',
  isRoot: typeof process.getuid === 'function' && process.getuid() === 0,
  mustCall,
  mustCallAtLeast,
  mustNotCall,
  mustSucceed,
  platformTimeout,
  root,
  skip,
  tmpdir,
  until,
};
