// What happens at the edges of the program: uncaught errors, the end of the loop, leaving.
'use strict';

const { setHook } = internalBinding('env');
const { describeEmission } = require('internal/emissions');

let capture = null;
let report = null;   // in a worker: tells the starter instead of standard error
let last = null;     // in a worker: what is done after 'exit'
// What the domain module answers for, once it is loaded.
let domains = null;
// Whether the program's entry module has yet to come to its end; its loader says.
let isUnsettled = () => false;

// Answers true when somebody took the error, or else the exit status.
function onUncaught(error, fromPromise) {
  // Somebody has taken it away: nobody can say what is to be done.
  if (typeof process._fatalException !== 'function') return 6;
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  if (!process._exiting && process.listenerCount('uncaughtExceptionMonitor') > 0) {
    process.emit('uncaughtExceptionMonitor', error, origin);
  }
  if (capture !== null) {
    capture(error);
    return true;
  }
  if (domains !== null && domains.onUncaught(error)) return true;
  if (report !== null) return onWorkersUncaught(error, origin);
  if (process.emit('uncaughtException', error, origin)) return true;
  require('internal/process/report').onUncaught(error);
  // An 'exit' listener has thrown.
  if (process._exiting) return process.exitCode ?? 1;
  leave();
  return process.exitCode | 0;
}

// In a worker: what a listener throws is told as well.
function onWorkersUncaught(error, origin) {
  try {
    if (process.emit('uncaughtException', error, origin)) return true;
  } catch (thrown) {
    error = thrown;
  }
  report(error);
  leave();
  return process.reallyExit(process.exitCode | 0);
}

function leave() {
  if (process._exiting) {
    process.exitCode ??= 1;
    return;
  }
  process._exiting = true;
  process.exitCode = 1;
  try {
    process.emit('exit', 1);
  } catch {
    // The first error is the one to report.
  }
}

// Errors with properties of their own are shown with them, others by their stack alone.
function inspectError(error) {
  const { inspect } = require('internal/util/inspect');
  if (error === null || typeof error !== 'object') {
    return typeof error === 'string' ? error : inspect(error);
  }
  if (!(error instanceof Error) || typeof error.stack !== 'string') return inspect(error);
  const stack = describeEmission(error);
  if (Object.keys(error).length === 0 && error.cause === undefined) return stack;
  return inspect(error).replace(error.stack, () => stack);
}

function onBeforeExit() {
  if (!process._exiting) process.emit('beforeExit', process.exitCode || 0);
}

// The loop has come to its end. A program whose entry module still waits for something then has failed.
function onExit() {
  if (!process._exiting) {
    process._exiting = true;
    if (isUnsettled() && process.exitCode === undefined) process.exitCode = 13;
    process.emit('exit', process.exitCode || 0);
  }
  last?.();
  return process.exitCode | 0;
}

// Whether somebody took the error; without that the program has ended.
process._fatalException = (error, fromPromise = false) => onUncaught(error, fromPromise) === true;

setHook('uncaught', onUncaught);
setHook('inspectError', inspectError);
setHook('beforeExit', onBeforeExit);
setHook('exit', onExit);

module.exports = {
  setCapture(callback) {
    capture = callback;
    internalBinding('errors').setAbortOnUncaught(callback === null);
  },
  setReport(callback) {
    report = callback;
  },
  setLast(callback) {
    last = callback;
  },
  setUnsettled(test) {
    isUnsettled = test;
  },
  hasCapture: () => capture !== null,
  setDomains(module) {
    domains = module;
  },
  domainsLoadedAt: () => domains?.loadedAt,
};
