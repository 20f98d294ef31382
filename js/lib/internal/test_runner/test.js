// Tests in tests: when they run, what surrounds them, what becomes of their errors. Knows nothing of how it is shown
// but the four calls of its reporter.
'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_TEST_FAILURE } } = require('internal/errors');
const { validateAbortSignal, validateFunction, validateNumber, validateObject, validateUint32 } = require('internal/validators');
const { Tap } = require('internal/test_runner/tap');
const { setTimeout, clearTimeout } = require('timers');

const hookNames = ['before', 'after', 'beforeEach', 'afterEach'];
const now = () => Number(process.hrtime.bigint()) / 1e6;

function failure(cause, failureType) {
  const error = new ERR_TEST_FAILURE(cause);
  error.failureType = failureType;
  error.cause = cause;
  return error;
}

// (name, options, fn), each of which may be left out.
function readArguments(name, options, fn) {
  if (typeof name === 'function') [fn, name, options] = [name, undefined, undefined];
  else if (name !== null && typeof name === 'object') [fn, options, name] = [options, name, undefined];
  else if (typeof options === 'function') [fn, options] = [options, undefined];
  if (fn !== undefined) validateFunction(fn, 'fn');
  if (options !== undefined && options !== null) validateObject(options, 'options');
  if (typeof name !== 'string' || name === '') name = fn?.name || '<anonymous>';
  return { name, options: options ?? {}, fn: fn ?? (() => {}) };
}

// Calls fn(context) or fn(context, done) and waits for what it promises.
function runFunction(fn, receiver, context, callbackAt) {
  if (fn.length < callbackAt + 1) return Promise.resolve(Reflect.apply(fn, receiver, callbackAt === 0 ? [] : [context]));
  return new Promise((resolve, reject) => {
    let called = false;
    const done = (error) => {
      if (called) return;
      called = true;
      if (error) reject(error);
      else resolve();
    };
    const result = Reflect.apply(fn, receiver, callbackAt === 0 ? [done] : [context, done]);
    if (typeof result?.then === 'function') {
      reject(failure('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
    }
  });
}

class TestContext {
  #test;
  #mock;

  constructor(test) {
    this.#test = test;
  }

  get name() {
    return this.#test.name;
  }

  get signal() {
    return this.#test.controller.signal;
  }

  get mock() {
    const { MockTracker } = require('internal/test_runner/mock');
    if (this.#mock === undefined) {
      this.#mock = new MockTracker();
      this.#test.cleanUps.push(() => this.#mock.restoreAll());
    }
    return this.#mock;
  }

  diagnostic(message) {
    this.#test.diagnostics.push(`${message}`);
  }

  runOnly(value) {
    this.#test.onlyMarked = Boolean(value);
  }

  skip(message) {
    this.#test.skipped = message ?? true;
  }

  todo(message) {
    this.#test.isTodo = message ?? true;
  }

  test(name, options, fn) {
    return this.#test.add(Test, name, options, fn);
  }
}
for (const name of hookNames) {
  Object.defineProperty(TestContext.prototype, name, {
    configurable: true, writable: true, value: { [name](fn, options) { addHook(testOf(this), name, fn, options); } }[name],
  });
}

const tests = new WeakMap();
const testOf = (context) => tests.get(context);

function addHook(test, name, fn, options = {}) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  if (options.timeout !== undefined && options.timeout !== Infinity) validateNumber(options.timeout, 'options.timeout', 0, 2 ** 31 - 1);
  test.hooks[name].push({ fn, timeout: options.timeout });
}

class Test {
  children = [];
  waiting = [];
  running = 0;
  diagnostics = [];
  cleanUps = [];
  error = null;
  duration = 0;
  number = 0;
  onlyMarked = false;
  finished = false;
  controller = new AbortController();
  hooks = { before: [], after: [], beforeEach: [], afterEach: [] };

  constructor(parent, { name, options, fn }) {
    this.parent = parent;
    this.root = parent === null ? this : parent.root;
    this.level = parent === null ? 0 : parent.level + 1;
    this.name = name;
    this.fn = fn;
    const { concurrency, only, signal, skip, timeout, todo } = options;
    if (timeout !== undefined && timeout !== null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
    validateAbortSignal(signal, 'options.signal');
    if (typeof concurrency === 'number') validateUint32(concurrency, 'options.concurrency', true);
    else if (concurrency !== undefined && concurrency !== null && typeof concurrency !== 'boolean') {
      throw new ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
    }
    this.concurrency = concurrency === true ? Infinity : concurrency || 1;
    this.timeout = timeout ?? Infinity;
    this.skipped = skip ? skip : undefined;
    this.isTodo = todo ? todo : undefined;
    this.only = Boolean(only);
    this.outerSignal = signal;
    this.done = new Promise((resolve) => { this.resolveDone = resolve; });
    this.context = new TestContext(this);
    tests.set(this.context, this);
  }

  get isSuite() {
    return false;
  }

  // A test in this one; it runs when its turn has come.
  add(Class, name, options, fn, overrides) {
    const read = readArguments(name, options, fn);
    const test = new Class(this, { ...read, options: { ...read.options, ...overrides } });
    this.children.push(test);
    test.number = this.children.length;
    if (this.finished) {
      test.end(failure('test could not be started because its parent finished', 'parentAlreadyFinished'));
      return test.done;
    }
    this.waiting.push(test);
    this.pump();
    return test.done;
  }

  pump() {
    while (this.waiting.length > 0 && this.running < this.concurrency) {
      const test = this.waiting.shift();
      this.running++;
      test.run().then(() => {
        this.running--;
        this.pump();
        if (this.running === 0 && this.waiting.length === 0) this.whenIdle?.();
      });
    }
  }

  idle() {
    if (this.running === 0 && this.waiting.length === 0) return undefined;
    return new Promise((resolve) => { this.whenIdle = resolve; });
  }

  // Rejects when the time is over or a signal says so.
  limit(promise, timeout = this.timeout) {
    return new Promise((resolve, reject) => {
      let timer;
      if (timeout !== Infinity) {
        timer = setTimeout(() => reject(failure(`test timed out after ${timeout}ms`, 'testTimeoutFailure')), timeout);
        timer.unref();
      }
      const onAbort = () => reject(failure(this.outerSignal.reason ?? new AbortError(), 'testAborted'));
      if (this.outerSignal?.aborted) onAbort();
      this.outerSignal?.addEventListener('abort', onAbort, { once: true });
      promise.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        this.outerSignal?.removeEventListener('abort', onAbort);
      });
    });
  }

  async runHooks(test, name) {
    for (const { fn, timeout } of this.hooks[name]) {
      try {
        await this.limit(runFunction(fn, test.receiver(), test.receiver(), 1), timeout ?? Infinity);
      } catch (error) {
        throw error?.failureType ? error : failure(error, 'hookFailed');
      }
    }
  }

  // From the outermost in, or back out.
  async runEach(name) {
    const chain = [];
    for (let test = this.parent; test !== null; test = test.parent) chain.push(test);
    if (name === 'beforeEach') chain.reverse();
    for (const test of chain) await test.runHooks(this, name);
  }

  receiver() {
    return this.context;
  }

  isLeftOut() {
    if (this.skipped !== undefined) return true;
    if (this.parent?.onlyMarked && !this.only) {
      this.skipped = '\'only\' option not set';
      return true;
    }
    return false;
  }

  async body() {
    if (!this.parent.ranBefore) {
      this.parent.ranBefore = true;
      await this.parent.runHooks(this.parent, 'before');
    }
    await this.runEach('beforeEach');
    try {
      await this.limit(runFunction(this.fn, this.context, this.context, 1));
      await this.idle();
    } finally {
      await this.runHooks(this, 'after');
      await this.runEach('afterEach');
    }
  }

  async run() {
    this.root.current.add(this);
    this.root.reporter.start(this);
    const start = now();
    let error = null;
    if (!this.isLeftOut()) {
      try {
        await this.body();
      } catch (cause) {
        error = cause?.failureType ? cause : failure(cause, 'testCodeFailure');
      }
    }
    this.duration = now() - start;
    this.end(error);
  }

  // Once: what comes later does not count.
  end(error) {
    if (this.finished) return;
    this.finished = true;
    this.root.current.delete(this);
    for (const cleanUp of this.cleanUps) cleanUp();
    for (const test of this.waiting.splice(0)) {
      test.end(failure('test did not finish before its parent and was cancelled', 'cancelledByParent'));
    }
    const failed = this.children.filter((test) => test.error !== null && test.isTodo === undefined).length;
    if (error === null && failed > 0) {
      error = failure(`${failed} subtest${failed > 1 ? 's' : ''} failed`, 'subtestsFailed');
    }
    this.error = error;
    this.controller.abort();
    this.root.count(this);
    if (this.children.length > 0) this.root.reporter.plan(this);
    this.root.reporter.result(this);
    this.resolveDone();
  }
}

// describe(): its function only says what there is.
class Suite extends Test {
  get isSuite() {
    return true;
  }

  receiver() {
    return { name: this.name, signal: this.controller.signal };
  }

  // Its tests are known at once, but run when it does.
  constructor(parent, read) {
    super(parent, read);
    if (this.skipped !== undefined) return;
    this.wantedConcurrency = this.concurrency;
    this.concurrency = 0;
    const outer = this.root.collecting;
    this.root.collecting = this;
    try {
      this.said = Reflect.apply(this.fn, this.receiver(), [this.receiver()]);
    } catch (error) {
      this.said = Promise.reject(error);
      this.said.catch(() => {});
    } finally {
      this.root.collecting = outer;
    }
  }

  async body() {
    await this.said;
    this.concurrency = this.wantedConcurrency;
    this.ranBefore = true;
    if (this.children.some((test) => test.only)) this.onlyMarked = this.root.onlyAsked;
    await this.runHooks(this, 'before');
    try {
      this.pump();
      await this.limit(Promise.resolve(this.idle()));
    } finally {
      await this.runHooks(this, 'after');
    }
  }
}

// What has no test around it. Ends with the loop.
class Root extends Test {
  current = new Set();
  collecting = null;
  reporter = new Tap();
  counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  #start = now();

  constructor() {
    super(null, { name: '<root>', options: {}, fn: () => {} });
    this.onlyAsked = Boolean(require('internal/options').getOption('--test-only'));
    this.onlyMarked = this.onlyAsked;
    process.on('beforeExit', () => this.finish('Promise resolution is still pending but the event loop has already resolved'));
    process.on('exit', () => this.finish('Promise resolution is still pending but the event loop has already resolved'));
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      process.on(event, (error) => this.onUncaught(error, event));
    }
  }

  count(test) {
    const { counts } = this;
    if (test.isSuite) {
      counts.suites++;
      return;
    }
    counts.tests++;
    const kind = test.skipped !== undefined ? 'skipped' : test.isTodo !== undefined ? 'todo' : test.error === null ? 'pass' :
      test.error.failureType === 'cancelledByParent' ? 'cancelled' : 'fail';
    counts[kind]++;
    if (kind === 'fail' || kind === 'cancelled') process.exitCode = 1;
  }

  // Belongs to the innermost test that runs.
  onUncaught(error, event) {
    const test = [...this.current].pop();
    if (test === undefined) {
      this.diagnostics.push(`Warning: Test generated asynchronous activity after the test ended. This activity created the error ` +
        `"${error}" and would have caused the test to fail, but instead triggered an ${event} event.`);
      process.exitCode = 1;
      return;
    }
    test.end(failure(error, event));
  }

  finish(reason) {
    if (this.finished) return;
    this.finished = true;
    for (const test of [...this.current].reverse()) test.end(failure(reason, 'cancelledByParent'));
    for (const test of this.waiting.splice(0)) test.end(failure(reason, 'cancelledByParent'));
    this.runHooks(this, 'after').catch((error) => {
      this.reporter.write(`# after: ${error.message}\n`);
      process.exitCode = 1;
    });
    this.reporter.plan(this);
    for (const message of this.diagnostics) this.reporter.write(`# ${message}\n`);
    this.reporter.summary({ ...this.counts, duration_ms: Number((now() - this.#start).toFixed(6)) });
  }
}

let root;

// Where a new test belongs: in the suite whose function is running, or at the top.
function place() {
  root ??= new Root();
  return root.collecting ?? root;
}

module.exports = { Suite, Test, addHook, hookNames, place };
