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

function enter(context) {
  state.active = true;
  set(context);
}

// Calls fn.apply(receiver, args) with `context` as the current one.
function run(context, fn, receiver, args) {
  if (!state.active) return Reflect.apply(fn, receiver, args);
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
function bind(callback) {
  const context = capture();
  if (context === undefined) return callback;
  return function(...args) {
    return run(context, callback, this, args);
  };
}

module.exports = { state, bind, capture, enter, run };
