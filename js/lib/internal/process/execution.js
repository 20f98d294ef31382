// What happens at the edges of the program: uncaught errors, the end of the loop, leaving.
'use strict';

const { setHook } = internalBinding('env');
const { describeEmission } = require('internal/emissions');

let capture = null;

// Answers true when somebody took the error, or else the exit status.
function onUncaught(error, fromPromise) {
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  if (!process._exiting && process.listenerCount('uncaughtExceptionMonitor') > 0) {
    process.emit('uncaughtExceptionMonitor', error, origin);
  }
  if (capture !== null) {
    capture(error);
    return true;
  }
  if (process.emit('uncaughtException', error, origin)) return true;
  // An 'exit' listener has thrown.
  if (process._exiting) return process.exitCode || 1;
  process._exiting = true;
  process.exitCode = 1;
  try {
    process.emit('exit', 1);
  } catch {
    // The first error is the one to report.
  }
  return process.exitCode | 0;
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

function onExit() {
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  return process.exitCode | 0;
}

setHook('uncaught', onUncaught);
setHook('inspectError', inspectError);
setHook('beforeExit', onBeforeExit);
setHook('exit', onExit);

module.exports = {
  setCapture(callback) {
    capture = callback;
  },
  hasCapture: () => capture !== null,
};
