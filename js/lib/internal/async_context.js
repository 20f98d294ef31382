// The current asynchronous context: what AsyncLocalStorage keeps for a chain of callbacks. Whoever stores a
// callback for later takes capture() along and calls through run(). Costs nothing until somebody uses it.
'use strict';

const { getContext, setContext } = internalBinding('task_queue');

let frame;
const get = getContext ?? (() => frame);
const set = setContext ?? ((value) => { frame = value; });

// `active` turns true with the first context that is set, and stays so. `callThrough(context, fn, receiver, args)`
// makes the calls instead of Reflect.apply, if somebody has to do something around them.
const state = { active: false, callThrough: undefined };

function capture() {
  return state.active ? get() : undefined;
}

// As capture(), for a resource of its own: what hooks are told of, under `type`. A tick, a timer, a request.
function begin(type, resource = undefined) {
  if (!state.active) return undefined;
  return state.tracker === undefined ? get() : state.tracker.begin(type, resource, get());
}

function enter(context) {
  state.active = true;
  set(context);
}

// Calls fn.apply(receiver, args) with `context` as the current one.
function run(context, fn, receiver, args) {
  if (!state.active) return Reflect.apply(fn, receiver, args);
  if (context !== undefined && context !== null && context.isTracked === true) {
    return state.tracker.run(context, fn, receiver, args);
  }
  const before = get();
  set(context);
  try {
    if (state.callThrough !== undefined) return state.callThrough(context, fn, receiver, args);
    return Reflect.apply(fn, receiver, args);
  } finally {
    set(before);
  }
}

// `callback` as it is, or so that it will run in the context of now.
function bind(callback, type = 'FSREQCALLBACK') {
  const context = begin(type);
  if (context === undefined) return callback;
  return function(...args) {
    return run(context, callback, this, args);
  };
}

// The resource is over, without having run: a timer that was cleared.
function end(context) {
  if (context !== undefined && context !== null && context.isTracked === true) state.tracker.end(context);
}

module.exports = { state, begin, bind, capture, end, enter, run };
