// What becomes of rejections that nobody handles: --unhandled-rejections=throw unless told otherwise.
'use strict';

const { promiseRejectEvents } = internalBinding('task_queue');
const { triggerUncaughtException } = internalBinding('errors');
const asyncContext = require('internal/async_context');

// What happens next tick: { promise, reason, id, context } of rejections that had no handler.
let pending = [];
// Those that were told to somebody as unhandled, until they are collected or handled after all.
let reported = new WeakMap();
let handledLate = [];
let lastId = 0;

// Called by V8 through C++. Returns whether processRejections has something to do.
function onPromiseReject(type, promise, reason) {
  switch (type) {
    case promiseRejectEvents.kPromiseRejectWithNoHandler:
      pending.push({ promise, reason, id: ++lastId, warned: false, context: asyncContext.capture() });
      return true;
    case promiseRejectEvents.kPromiseHandlerAddedAfterReject:
      return onHandled(promise);
    case promiseRejectEvents.kPromiseResolveAfterResolved:
      return onSettledAgain('resolve', promise, reason);
    case promiseRejectEvents.kPromiseRejectAfterResolved:
      return onSettledAgain('reject', promise, reason);
    default:
      return false;
  }
}

// Returns whether a tick has been queued, as its callers do.
function onSettledAgain(type, promise, value) {
  if (process.listenerCount('multipleResolves') === 0) return false;
  process.nextTick(() => process.emit('multipleResolves', type, promise, value));
  return true;
}

function onHandled(promise) {
  const at = pending.findIndex((rejection) => rejection.promise === promise);
  if (at >= 0) {
    pending.splice(at, 1);
    return false;
  }
  const rejection = reported.get(promise);
  if (rejection === undefined) return false;
  reported.delete(promise);
  const warning = new Error(
    `Promise rejection was handled asynchronously (rejection id: ${rejection.id})`);
  warning.name = 'PromiseRejectionHandledWarning';
  warning.id = rejection.id;
  handledLate.push({ promise, warning });
  return true;
}

const isErrorLike = (value) => typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');

function warnUnhandled({ reason, id }) {
  const warning = new Error(
    'Unhandled promise rejection. This error originated either by throwing inside of an async function without a ' +
    'catch block, or by rejecting a promise which was not handled with .catch(). To terminate the node process on ' +
    'unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` (see ' +
    `https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: ${id})`);
  warning.name = 'UnhandledPromiseRejectionWarning';
  if (isErrorLike(reason)) {
    warning.stack = reason.stack;
    process.emitWarning(reason.stack, 'UnhandledPromiseRejectionWarning');
  } else {
    process.emitWarning(plainText(reason), 'UnhandledPromiseRejectionWarning');
  }
  process.emitWarning(warning);
}

// "#<Name>" for objects: asking them for a text could run the program's code.
function plainText(value) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value);
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  return `#<${value.constructor?.name || 'Object'}>`;
}

// An error without a stack: where it comes from nobody knows.
function asError(reason) {
  if (isErrorLike(reason)) return reason;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = new Error(
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
    `promise which was not handled with .catch(). The promise rejected with the reason "${plainText(reason)}".`);
  Error.stackTraceLimit = limit;
  error.code = 'ERR_UNHANDLED_REJECTION';
  error.name = 'UnhandledPromiseRejection';
  Object.defineProperty(error, 'name', { enumerable: false });
  void error.stack;
  return error;
}

function emitUnhandled({ promise, reason, context }) {
  return asyncContext.run(context, process.emit, process, ['unhandledRejection', reason, promise]);
}

function throwIn({ reason, context }) {
  asyncContext.run(context, triggerUncaughtException, undefined, [asError(reason), true]);
}

const modes = {
  throw(rejection) {
    if (!emitUnhandled(rejection)) throwIn(rejection);
  },
  strict(rejection) {
    throwIn(rejection);
    if (!emitUnhandled(rejection)) warnUnhandled(rejection);
  },
  warn(rejection) {
    emitUnhandled(rejection);
    warnUnhandled(rejection);
  },
  'warn-with-error-code'(rejection) {
    if (emitUnhandled(rejection)) return;
    warnUnhandled(rejection);
    process.exitCode = 1;
  },
  none(rejection) {
    emitUnhandled(rejection);
  },
};

// Tells of the rejections that are still unhandled. Returns whether that may have queued ticks.
function processRejections() {
  let worked = handledLate.length > 0;
  while (handledLate.length > 0) {
    const { promise, warning } = handledLate.shift();
    if (!process.emit('rejectionHandled', promise)) process.emitWarning(warning);
  }
  if (pending.length === 0) return worked;
  const mode = modes[require('internal/options').getOption('--unhandled-rejections') ?? 'throw'] ?? modes.throw;
  // Those that listeners cause wait until ticks have run: they may be handled there.
  for (let left = pending.length; left > 0 && pending.length > 0; left--) {
    const rejection = pending.shift();
    reported.set(rejection.promise, rejection);
    worked = true;
    mode(rejection);
  }
  return worked;
}

let warnedOfMultiple = false;
process.on('newListener', (name) => {
  if (name !== 'multipleResolves' || warnedOfMultiple) return;
  warnedOfMultiple = true;
  process.emitWarning('The multipleResolves event has been deprecated.', 'DeprecationWarning', 'DEP0160');
});

module.exports = { modes, onPromiseReject, processRejections };
