// Ids of asynchronous resources and the hooks that are told of their lives. Nothing is tracked until a program asks
// for an id or enables a hook.
'use strict';

const asyncContext = require('internal/async_context');
const { setPromiseHooks, enqueueMicrotask } = internalBinding('task_queue');

// Types whose resource is over when its callback has returned.
const kOneShot = new Set(['TickObject', 'Immediate', 'Microtask', 'FSREQCALLBACK', 'GETADDRINFOREQWRAP', 'UDPSENDWRAP']);

// Ids 0 and 1 are for "nothing" and the main script.
let lastId = 1;

class Tracked {
  // What async_context knows it by.
  isTracked = true;
  ended = false;
  before = false;

  constructor(type, resource, context, triggerAsyncId) {
    this.asyncId = ++lastId;
    this.triggerAsyncId = triggerAsyncId;
    this.type = type;
    this.resource = resource;
    this.context = context;
  }
}

const mainResource = {};
const state = { current: { asyncId: 1, triggerAsyncId: 0, resource: mainResource } };

// Enabled hooks; replaced and never changed, so that a hook may enable and disable others.
let hooks = [];

function fail(error) {
  let text = error?.stack;
  if (typeof text !== 'string') {
    const place = { message: error };
    Error.captureStackTrace(place, fail);
    text = place.stack;
  }
  process._rawDebug(text);
  process.exit(1);
}

// A hook that throws ends the program: it runs where nobody could catch it.
function emit(name, ...args) {
  for (const hook of hooks) {
    if (hook[name] === undefined) continue;
    try {
      hook[name](...args);
    } catch (error) {
      fail(error);
    }
  }
}

function emitInit({ asyncId, type, triggerAsyncId, resource }) {
  if (hooks.length > 0) emit('init', asyncId, type, triggerAsyncId, resource);
}

// ---- Ends of resources: told later, all at once ----------------------------------------------

let ended = [];

function tellEnded() {
  const ids = ended;
  ended = [];
  for (const id of ids) emit('destroy', id);
}

function endId(id) {
  if (hooks.length === 0) return;
  if (ended.push(id) === 1) enqueueMicrotask(tellEnded);
}

function end(tracked) {
  if (tracked.ended) return;
  tracked.ended = true;
  endId(tracked.asyncId);
}

let registry;

// The end of `tracked` is when `object` is collected.
function endWithObject(object, tracked) {
  registry ??= new FinalizationRegistry((marker) => end(marker));
  const marker = { asyncId: tracked.asyncId, get ended() { return tracked.ended; }, set ended(value) { tracked.ended = value; } };
  registry.register(object, marker);
}

// ---- Running ---------------------------------------------------------------------------------

function run(tracked, fn, receiver, args) {
  const outer = state.current;
  state.current = tracked;
  if (hooks.length > 0) emit('before', tracked.asyncId);
  try {
    return asyncContext.run(tracked.context, fn, receiver, args);
  } finally {
    if (hooks.length > 0) emit('after', tracked.asyncId);
    state.current = outer;
    if (kOneShot.has(tracked.type) || (tracked.type === 'Timeout' && !(tracked.resource?._repeat > 0))) end(tracked);
  }
}

// What async_context calls for ticks, timers and requests.
const tracker = {
  begin(type, resource, context) {
    const tracked = new Tracked(type, resource ?? {}, context, state.current.asyncId);
    emitInit(tracked);
    return tracked;
  },
  run,
  end,
};

function startTracking() {
  if (asyncContext.state.tracker !== undefined) return;
  asyncContext.state.active = true;
  asyncContext.state.tracker = tracker;
}

function makeResource(type, resource, context, triggerAsyncId, manualDestroy) {
  const tracked = new Tracked(type, resource, context, triggerAsyncId);
  emitInit(tracked);
  if (!manualDestroy && hooks.some((hook) => hook.destroy !== undefined)) {
    // The registry must not keep the resource.
    tracked.resource = undefined;
    tracked.weak = new WeakRef(resource);
    endWithObject(resource, tracked);
  }
  return tracked;
}

// ---- Promises --------------------------------------------------------------------------------

const promises = new WeakMap();
const stack = [];

function trackPromise(promise, parent, isNew) {
  const trigger = parent === undefined ? state.current.asyncId : trackedPromise(parent).asyncId;
  const tracked = { asyncId: ++lastId, triggerAsyncId: trigger, type: 'PROMISE', resource: promise, ended: false };
  promises.set(promise, tracked);
  if (isNew) emitInit(tracked);
  // Its id must not keep the promise.
  tracked.resource = undefined;
  tracked.weak = new WeakRef(promise);
  if (hooks.some((hook) => hook.destroy !== undefined)) endWithObject(promise, tracked);
  return tracked;
}

// A promise from before there were hooks gets an id, but its beginning is not told.
function trackedPromise(promise) {
  return promises.get(promise) ?? trackPromise(promise, undefined, false);
}

const promiseHooks = {
  init: (promise, parent) => { trackPromise(promise, parent, true); },
  before(promise) {
    const tracked = trackedPromise(promise);
    stack.push(state.current);
    state.current = tracked;
    emit('before', tracked.asyncId);
  },
  after(promise) {
    emit('after', trackedPromise(promise).asyncId);
    if (stack.length > 0) state.current = stack.pop();
  },
  resolve(promise) {
    emit('promiseResolve', trackedPromise(promise).asyncId);
  },
};

function setHooks(list) {
  const had = hooks.length > 0;
  hooks = list;
  if (had === hooks.length > 0) return;
  const { init, before, after, resolve } = promiseHooks;
  if (had) setPromiseHooks();
  else setPromiseHooks(init, before, after, resolve);
}

function addHook(callbacks) {
  startTracking();
  setHooks([...hooks, callbacks]);
}

function removeHook(callbacks) {
  setHooks(hooks.filter((hook) => hook !== callbacks));
}

module.exports = {
  addHook,
  end,
  executionAsyncId() {
    startTracking();
    return state.current.asyncId;
  },
  executionAsyncResource() {
    startTracking();
    const { current } = state;
    return current.resource ?? current.weak?.deref() ?? {};
  },
  hasInitHooks: () => hooks.some((hook) => hook.init !== undefined),
  makeResource,
  removeHook,
  run,
  get current() {
    return state.current;
  },
  triggerAsyncId() {
    startTracking();
    return state.current.triggerAsyncId;
  },
};
