// process.nextTick and queueMicrotask: what runs after every callback, before the loop goes on.
'use strict';

const {
  tickInfo, runMicrotasks, enqueueMicrotask, setTickCallback, setPromiseRejectCallback,
} = internalBinding('task_queue');
const { triggerUncaughtException } = internalBinding('errors');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { onPromiseReject, processRejections } = require('internal/process/promises');
const asyncContext = require('internal/async_context');

// Fields of tickInfo, which C++ reads.
const kTicks = 0;
const kRejections = 1;

// The queue is a ring of records of three slots: callback, arguments, context.
const kRecord = 3;
let ring = new Array(kRecord * 256).fill(undefined);
let mask = 255;
let head = 0;
let count = 0;

function grow() {
  const size = mask + 1;
  const bigger = new Array(kRecord * size * 2).fill(undefined);
  for (let i = 0; i < size; i++) {
    const from = ((head + i) & mask) * kRecord;
    const to = i * kRecord;
    bigger[to] = ring[from];
    bigger[to + 1] = ring[from + 1];
    bigger[to + 2] = ring[from + 2];
  }
  ring = bigger;
  mask = size * 2 - 1;
  head = 0;
}

function nextTick(callback) {
  if (typeof callback !== 'function') throw new ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  if (process._exiting) return;
  let args;
  switch (arguments.length) {
    case 1: break;
    case 2: args = [arguments[1]]; break;
    case 3: args = [arguments[1], arguments[2]]; break;
    case 4: args = [arguments[1], arguments[2], arguments[3]]; break;
    default:
      args = new Array(arguments.length - 1);
      for (let i = 1; i < arguments.length; i++) args[i - 1] = arguments[i];
  }
  if (count > mask) grow();
  const at = ((head + count) & mask) * kRecord;
  ring[at] = callback;
  ring[at + 1] = args;
  ring[at + 2] = asyncContext.begin('TickObject');
  if (count++ === 0) tickInfo[kTicks] = 1;
}

function runTick() {
  const at = head * kRecord;
  const callback = ring[at];
  const args = ring[at + 1];
  const context = ring[at + 2];
  ring[at] = ring[at + 1] = ring[at + 2] = undefined;
  head = (head + 1) & mask;
  count--;
  if (asyncContext.state.active) {
    asyncContext.run(context, callback, undefined, args ?? []);
  } else if (args === undefined) {
    callback();
  } else {
    switch (args.length) {
      case 1: callback(args[0]); break;
      case 2: callback(args[0], args[1]); break;
      case 3: callback(args[0], args[1], args[2]); break;
      default: callback(...args);
    }
  }
}

// A tick that throws leaves the rest in the queue; C++ reports the error and calls again.
function processTicksAndRejections() {
  do {
    while (count > 0) runTick();
    tickInfo[kTicks] = 0;
    runMicrotasks();
  } while (count > 0 || processRejections());
  tickInfo[kTicks] = 0;
  tickInfo[kRejections] = 0;
}

// For code that calls several callbacks in one turn: drains between two of them.
function runNextTicks() {
  if (tickInfo[kTicks] === 0 && tickInfo[kRejections] === 0) runMicrotasks();
  if (tickInfo[kTicks] === 0 && tickInfo[kRejections] === 0) return;
  processTicksAndRejections();
}

function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  const context = asyncContext.begin('Microtask');
  enqueueMicrotask(() => {
    try {
      if (asyncContext.state.active) asyncContext.run(context, callback, undefined, []);
      else callback();
    } catch (error) {
      triggerUncaughtException(error, false);
    }
  });
}

function setupTaskQueue() {
  setTickCallback(processTicksAndRejections);
  setPromiseRejectCallback((type, promise, reason) => {
    if (onPromiseReject(type, promise, reason)) tickInfo[kRejections] = 1;
  });
  return { nextTick, queueMicrotask, runNextTicks };
}

module.exports = { setupTaskQueue, nextTick, queueMicrotask, runNextTicks };
