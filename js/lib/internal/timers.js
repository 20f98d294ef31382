// Timers and immediates: lists of equal duration over one native timer.
'use strict';

const binding = internalBinding('timers');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { runNextTicks } = require('internal/process/task_queues');
const asyncContext = require('internal/async_context');

// Largest delay in ms; a longer one becomes 1.
const kMaxDelay = 2 ** 31 - 1;

const kRefed = Symbol('refed');
const kId = Symbol('asyncId');
const kHasPrimitive = Symbol('hasPrimitive');
const kContext = Symbol('context');

let lastId = 1;
// Timers whose number a program has taken, for clearTimeout(number).
const timersByNumber = Object.create(null);

// Circular list of items with _idleNext and _idlePrev; all expire `duration` ms after their _idleStart, so
// they are in the order of expiry. `at` is its place in the heap.
class TimerList {
  constructor(duration, expiry) {
    this._idleNext = this;
    this._idlePrev = this;
    this.duration = duration;
    this.expiry = expiry;
    this.at = 0;
  }
}

function unlink(item) {
  if (item._idleNext) item._idleNext._idlePrev = item._idlePrev;
  if (item._idlePrev) item._idlePrev._idleNext = item._idleNext;
  item._idleNext = null;
  item._idlePrev = null;
}

function append(list, item) {
  if (item._idleNext || item._idlePrev) unlink(item);
  const last = list._idlePrev;
  item._idleNext = list;
  item._idlePrev = last;
  last._idleNext = item;
  list._idlePrev = item;
}

function isEmpty(list) {
  return list._idleNext === list;
}

// ---- Lists, soonest first --------------------------------------------------------------------

const listsByDuration = new Map();
const heap = [];

function place(list, at) {
  heap[at] = list;
  list.at = at;
}

function siftUp(list, at) {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent].expiry <= list.expiry) break;
    place(heap[parent], at);
    at = parent;
  }
  place(list, at);
}

function siftDown(list, at) {
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1].expiry < heap[child].expiry) child++;
    if (heap[child].expiry >= list.expiry) break;
    place(heap[child], at);
    at = child;
  }
  place(list, at);
}

function removeList(list) {
  listsByDuration.delete(list.duration);
  const last = heap.pop();
  if (last === list) return;
  const at = list.at;
  if (at > 0 && last.expiry < heap[(at - 1) >> 1].expiry) siftUp(last, at);
  else siftDown(last, at);
}

// ---- Starting and stopping -------------------------------------------------------------------

let nextExpiry = Infinity;
// How many items keep the process alive.
let refCount = 0;

function countUp() {
  if (refCount++ === 0) binding.toggleTimerRef(true);
}

function countDown() {
  if (--refCount === 0) binding.toggleTimerRef(false);
}

// Puts `item` into the list of its _idleTimeout.
function insert(item, duration, start = binding.now()) {
  duration = Math.trunc(duration);
  item._idleStart = start;
  let list = listsByDuration.get(duration);
  if (list === undefined) {
    const expiry = start + duration;
    list = new TimerList(duration, expiry);
    listsByDuration.set(duration, list);
    siftUp(list, heap.length);
    if (expiry < nextExpiry) {
      binding.schedule(duration);
      nextExpiry = expiry;
    }
  }
  append(list, item);
}

// (Re)starts the countdown of an item that has _idleTimeout, a referenced one or not.
function start(item, referenced) {
  const duration = item._idleTimeout;
  if (duration < 0 || duration === undefined) return;
  const linked = item._idleNext !== null && item._idleNext !== undefined;
  if (linked) {
    unlink(item);
  } else {
    item._destroyed = false;
    if (item[kId] === undefined) item[kId] = ++lastId;
  }
  insert(item, duration);
  const counted = item[kRefed] === true;
  if (referenced && !counted) countUp();
  else if (!referenced && counted) countDown();
  item[kRefed] = referenced;
}

function active(item) {
  start(item, true);
}

function unrefActive(item) {
  start(item, false);
}

// Stops an item for good.
function unenroll(item) {
  if (item._destroyed) return;
  item._destroyed = true;
  if (asyncContext.state.active) asyncContext.end(item[kContext]);
  if (item[kHasPrimitive]) delete timersByNumber[item[kId]];

  const list = listsByDuration.get(Math.trunc(item._idleTimeout));
  const linked = item._idleNext !== null && item._idleNext !== undefined;
  unlink(item);
  if (linked && list !== undefined && isEmpty(list) && list !== current) removeList(list);
  if (item[kRefed]) countDown();
  item[kRefed] = null;
  item._idleTimeout = -1;
}

// ---- Firing ----------------------------------------------------------------------------------

// The list that is being worked on; it stays in the heap even when it gets empty meanwhile.
let current = null;
let ranOne = false;

function fire(item, now) {
  ranOne = true;
  let begun = 0;
  if (item._repeat) begun = binding.now();
  try {
    const args = item._timerArgs;
    if (asyncContext.state.active) asyncContext.run(item[kContext], item._onTimeout, item, args ?? []);
    else if (args === undefined) item._onTimeout();
    else Reflect.apply(item._onTimeout, item, args);
  } finally {
    if (item._repeat && item._idleTimeout !== -1) {
      item._idleTimeout = item._repeat;
      insert(item, item._idleTimeout, begun);
    } else if (!item._idleNext && !item._idlePrev && !item._destroyed) {
      // Ran and was not started again.
      if (item[kRefed]) countDown();
      item[kRefed] = null;
      item._destroyed = true;
      if (item[kHasPrimitive]) delete timersByNumber[item[kId]];
    }
  }
}

function runList(list, now) {
  current = list;
  try {
    for (let item = list._idleNext; item !== list; item = list._idleNext) {
      const due = item._idleStart + list.duration;
      if (due > now) {
        // The clock has gone on while callbacks ran.
        now = binding.now();
        if (due > now) {
          list.expiry = due;
          siftDown(list, list.at);
          return now;
        }
      }
      // The ticks of the one before may throw or stop this one: nothing is taken before them.
      if (ranOne) {
        ranOne = false;
        runNextTicks();
        continue;
      }
      // Off the list before its callback, so that a throw cannot run it twice.
      if (item._idleNext) unlink(item);
      if (typeof item._onTimeout !== 'function') {
        if (item[kRefed]) countDown();
        item[kRefed] = null;
        item._destroyed = true;
        continue;
      }
      fire(item, now);
    }
    if (listsByDuration.get(list.duration) === list) removeList(list);
    return now;
  } finally {
    current = null;
  }
}

// Runs what is due. Returns when the native timer must fire next: 0 for never, negative when what is left
// does not keep the process alive.
function processTimers(now) {
  // No need to arm the native timer meanwhile: the answer says for when. (After a throw C++ calls soon again.)
  nextExpiry = -Infinity;
  ranOne = false;
  for (;;) {
    const list = heap[0];
    if (list !== undefined && list.expiry > now) now = binding.now();
    if (list !== undefined && list.expiry <= now) {
      now = runList(list, now);
    } else if (ranOne) {
      // The ticks may start timers, so they come before the answer.
      ranOne = false;
      runNextTicks();
    } else {
      break;
    }
  }
  nextExpiry = heap.length > 0 ? heap[0].expiry : Infinity;
  if (heap.length === 0) return 0;
  return refCount > 0 ? nextExpiry : -nextExpiry;
}

// ---- Immediates ------------------------------------------------------------------------------

const { immediateInfo } = binding;
const kCount = 0;
const kRefCount = 1;
const kHasOutstanding = 2;

let immediates = [];

function processImmediate() {
  const batch = immediates;
  immediates = [];
  let next = 0;
  let ran = false;
  try {
    while (next < batch.length) {
      // Ticks may throw: nothing is taken before them. And they may stop it.
      if (ran && !batch[next]._destroyed) runNextTicks();
      const immediate = batch[next++];
      if (immediate._destroyed) continue;
      ran = true;
      immediate._destroyed = true;
      --immediateInfo[kCount];
      if (immediate[kRefed]) --immediateInfo[kRefCount];
      immediate[kRefed] = null;
      const args = immediate._argv;
      if (asyncContext.state.active) {
        asyncContext.run(immediate[kContext], immediate._onImmediate, immediate, args ?? []);
      } else if (args === undefined) {
        immediate._onImmediate();
      } else {
        Reflect.apply(immediate._onImmediate, immediate, args);
      }
      immediate._onImmediate = null;
    }
  } finally {
    // One threw: those after it run in the next round, before younger ones.
    if (next < batch.length) immediates = batch.slice(next).concat(immediates);
    immediateInfo[kHasOutstanding] = next < batch.length ? 1 : 0;
  }
}

class Immediate {
  constructor(callback, args) {
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRefed] = true;
    this[kId] = ++lastId;
    this[kContext] = asyncContext.begin('Immediate', this);
    immediateInfo[kCount]++;
    immediateInfo[kRefCount]++;
    immediates.push(this);
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      immediateInfo[kRefCount]++;
    }
    return this;
  }

  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      immediateInfo[kRefCount]--;
    }
    return this;
  }

  hasRef() {
    return Boolean(this[kRefed]);
  }

  [Symbol.dispose]() {
    clearImmediate(this);
  }
}

function clearImmediate(immediate) {
  if (!(immediate instanceof Immediate) || immediate._destroyed) return;
  immediate._destroyed = true;
  if (asyncContext.state.active) asyncContext.end(immediate[kContext]);
  --immediateInfo[kCount];
  if (immediate[kRefed]) --immediateInfo[kRefCount];
  immediate[kRefed] = null;
  immediate._onImmediate = null;
  if (immediateInfo[kCount] === 0) immediates = [];
}

// ---- Timeouts --------------------------------------------------------------------------------

function checkedDelay(delay) {
  delay *= 1;
  if (delay >= 1 && delay <= kMaxDelay) return delay;
  if (delay > kMaxDelay) {
    process.emitWarning(
      `${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`, 'TimeoutOverflowWarning');
  }
  return 1;
}

class Timeout {
  constructor(callback, delay, args, isRepeat, isRefed) {
    delay = checkedDelay(delay);
    this._idleTimeout = delay;
    this._idlePrev = null;
    this._idleNext = null;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? delay : null;
    this._destroyed = false;
    this[kRefed] = isRefed;
    this[kHasPrimitive] = false;
    this[kId] = ++lastId;
    this[kContext] = asyncContext.begin('Timeout', this);
    insert(this, delay);
    if (isRefed) countUp();
  }

  refresh() {
    start(this, this[kRefed] !== false);
    return this;
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      countUp();
    }
    return this;
  }

  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      countDown();
    }
    return this;
  }

  hasRef() {
    return Boolean(this[kRefed]);
  }

  close() {
    clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    clearTimeout(this);
  }

  // The number that clearTimeout() takes as well as the object.
  [Symbol.toPrimitive]() {
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      timersByNumber[this[kId]] = this;
    }
    return this[kId];
  }
}

function clearTimeout(timer) {
  if (typeof timer === 'object' && timer !== null) {
    if (timer._onTimeout) {
      timer._onTimeout = null;
      unenroll(timer);
    }
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const found = timersByNumber[timer];
    if (found !== undefined) {
      found._onTimeout = null;
      unenroll(found);
    }
  }
}

// Checks a delay of enroll(), socket.setTimeout() and the like.
function getTimerDuration(delay, name) {
  if (typeof delay !== 'number') throw new ERR_INVALID_ARG_TYPE(name, 'number', delay);
  if (delay < 0 || !Number.isFinite(delay)) {
    throw new ERR_OUT_OF_RANGE(name, 'a non-negative finite number', delay);
  }
  if (delay > kMaxDelay) {
    process.emitWarning(
      `${delay} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${kMaxDelay}.`,
      'TimeoutOverflowWarning');
    return kMaxDelay;
  }
  return delay;
}

binding.setupCallbacks(processImmediate, processTimers);

// How many timers and immediates keep the loop alive.
const countActive = () => [refCount, immediateInfo[kRefCount]];

module.exports = {
  countActive, Immediate, Timeout, active, clearImmediate, clearTimeout, getTimerDuration, kMaxDelay, kTimeout: Symbol('timeout'),
  unenroll, unrefActive,
};
