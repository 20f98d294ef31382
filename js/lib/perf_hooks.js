// perf_hooks: the clock, marks and measures between them, and observers of both.
'use strict';

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateFunction, validateInteger, validateObject, validateString } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { createHistogram, isHistogram, monitorEventLoopDelay } = require('internal/histogram');
const { DOMException } = require('internal/dom_exception');
const { EventTarget } = require('internal/event_target');

// Milliseconds since the process started.
function now() {
  return process.uptime() * 1000;
}

const timeOrigin = Date.now() - now();

// ---- Entries ---------------------------------------------------------------------------------

class PerformanceEntry {
  #name;
  #entryType;
  #startTime;
  #duration;
  #detail;

  constructor(name, entryType, startTime, duration, detail) {
    this.#name = name;
    this.#entryType = entryType;
    this.#startTime = startTime;
    this.#duration = duration;
    this.#detail = detail;
  }

  get name() { return this.#name; }
  get entryType() { return this.#entryType; }
  get startTime() { return this.#startTime; }
  get duration() { return this.#duration; }
  get detail() { return this.#detail; }

  toJSON() {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    return `${this.constructor.name} ${require('util').inspect(this.toJSON(), options)}`;
  }
}

function cloneDetail(detail) {
  if (detail === undefined || detail === null) return null;
  return require('internal/structured_clone').structuredClone(detail);
}

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    if (options !== undefined && options !== null) validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    if (typeof startTime !== 'number') throw new ERR_INVALID_ARG_TYPE('startTime', 'number', startTime);
    if (startTime < 0) throw new ERR_OUT_OF_RANGE('startTime', '>= 0', startTime);
    super(`${name}`, 'mark', startTime, 0, cloneDetail(options?.detail));
  }
}

class PerformanceMeasure extends PerformanceEntry {
  constructor(name, start, duration, detail) {
    super(name, 'measure', start, duration, detail);
  }
}

// ---- Observers -------------------------------------------------------------------------------

const kEntryTypes = ['function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'resource'];
let timeline = [];
const observers = new Set();
let deliver;

class PerformanceObserverEntryList {
  #entries;

  constructor(entries) {
    this.#entries = entries.sort((a, b) => a.startTime - b.startTime);
  }

  getEntries() {
    return [...this.#entries];
  }

  getEntriesByType(type) {
    return this.#entries.filter((entry) => entry.entryType === `${type}`);
  }

  getEntriesByName(name, type = undefined) {
    return this.#entries.filter((e) => e.name === `${name}` && (type === undefined || e.entryType === type));
  }
}

class PerformanceObserver {
  #callback;
  #types = new Set();
  #waiting = [];
  #scheduled = false;

  static {
    deliver = (observer, entry) => {
      if (!observer.#types.has(entry.entryType)) return;
      observer.#waiting.push(entry);
      observer.#schedule();
    };
  }

  static get supportedEntryTypes() {
    return [...kEntryTypes];
  }

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const entries = this.#waiting.splice(0);
      if (entries.length > 0) this.#callback(new PerformanceObserverEntryList(entries), this);
    });
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      throw new ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    }
    if (entryTypes !== undefined && type !== undefined) {
      throw new ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes,
                                      'options.entryTypes can not set with options.type together');
    }
    if (entryTypes !== undefined) {
      if (!Array.isArray(entryTypes)) throw new ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      this.#types = new Set(entryTypes.filter((name) => kEntryTypes.includes(name)));
    } else if (kEntryTypes.includes(type)) {
      this.#types.add(type);
      if (buffered) for (const entry of timeline) deliver(this, entry);
    }
    if (this.#types.size > 0) observers.add(this);
    if (this.#types.has('http')) followHTTP();
  }

  disconnect() {
    observers.delete(this);
    this.#waiting = [];
    this.#types.clear();
  }

  takeRecords() {
    return this.#waiting.splice(0);
  }
}

let followsHTTP = false;

function followHTTP() {
  if (followsHTTP) return;
  followsHTTP = true;
  require('internal/http/performance').follow(now, (name, start, duration, detail) => {
    enqueue(new PerformanceEntry(name, 'http', start, duration, detail));
  });
}

function enqueue(entry) {
  for (const observer of observers) deliver(observer, entry);
}

function record(entry) {
  timeline.push(entry);
  enqueue(entry);
  return entry;
}

// ---- performance -----------------------------------------------------------------------------

// A time, or the time of the newest mark of that name.
function timeOf(mark) {
  if (mark === undefined) return undefined;
  if (typeof mark === 'number') {
    if (mark < 0) throw new ERR_OUT_OF_RANGE('mark', '>= 0', mark);
    return mark;
  }
  for (let i = timeline.length - 1; i >= 0; i--) {
    if (timeline[i].entryType === 'mark' && timeline[i].name === `${mark}`) return timeline[i].startTime;
  }
  if (Object.hasOwn(nodeTiming, mark)) return nodeTiming[mark];
  throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
}

const nodeTiming = {
  name: 'node',
  entryType: 'node',
  startTime: 0,
  get duration() { return now(); },
  nodeStart: 0,
  v8Start: 0,
  environment: 0,
  loopStart: 0,
  loopExit: -1,
  bootstrapComplete: 0,
  idleTime: 0,
};

function clear(type, name) {
  const wanted = name === undefined ? undefined : `${name}`;
  timeline = timeline.filter((e) => e.entryType !== type || (wanted !== undefined && e.name !== wanted));
}

class Performance extends EventTarget {
  get timeOrigin() { return timeOrigin; }
  get nodeTiming() { return nodeTiming; }

  now() {
    return now();
  }

  mark(name, options = undefined) {
    return record(new PerformanceMark(name, options));
  }

  measure(name, startOrOptions = undefined, endMark = undefined) {
    validateString(name, 'name');
    let start;
    let end;
    let detail = null;
    if (startOrOptions !== null && typeof startOrOptions === 'object') {
      const { duration } = startOrOptions;
      detail = cloneDetail(startOrOptions.detail);
      if (duration !== undefined && startOrOptions.start !== undefined && startOrOptions.end !== undefined) {
        throw new ERR_INVALID_ARG_VALUE('options.duration', duration, 'must not be given with start and end');
      }
      end = timeOf(startOrOptions.end);
      start = timeOf(startOrOptions.start);
      if (end === undefined && start !== undefined && duration !== undefined) end = start + duration;
      if (start === undefined && end !== undefined && duration !== undefined) start = end - duration;
    } else {
      start = timeOf(startOrOptions);
      end = timeOf(endMark);
    }
    start ??= 0;
    end ??= now();
    return record(new PerformanceMeasure(name, start, end - start, detail));
  }

  clearMarks(name = undefined) {
    clear('mark', name);
  }

  clearMeasures(name = undefined) {
    clear('measure', name);
  }

  clearResourceTimings(name = undefined) {
    clear('resource', name);
  }

  getEntries() {
    return [...timeline].sort((a, b) => a.startTime - b.startTime);
  }

  getEntriesByName(name, type = undefined) {
    return this.getEntries().filter((e) => e.name === `${name}` && (type === undefined || e.entryType === type));
  }

  getEntriesByType(type) {
    return this.getEntries().filter((entry) => entry.entryType === `${type}`);
  }

  // A function that does as `fn` and tells observers of 'function' how long it took.
  timerify(fn, options = {}) {
    validateFunction(fn, 'fn');
    validateObject(options, 'options');
    const { histogram } = options;
    if (histogram !== undefined && !isHistogram(histogram)) {
      throw new ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
    }
    const finish = (start, args) => {
      const duration = now() - start;
      histogram?.record(Math.max(1, Math.ceil(duration * 1e6)));
      // The arguments are its elements too.
      enqueue(Object.assign(new PerformanceEntry(fn.name, 'function', start, duration, args), args));
    };
    function timerified(...args) {
      const start = now();
      const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
      if (!new.target && typeof result?.finally === 'function') return result.finally(() => finish(start, args));
      finish(start, args);
      return result;
    }
    Object.defineProperties(timerified, {
      length: { configurable: true, value: fn.length },
      name: { configurable: true, value: `timerified ${fn.name}` },
    });
    return timerified;
  }

  eventLoopUtilization(first = undefined, second = undefined) {
    const current = { idle: 0, active: now(), utilization: 1 };
    if (first === undefined) return current;
    const active = second === undefined ? current.active - first.active : first.active - second.active;
    return { idle: 0, active, utilization: active > 0 ? 1 : 0 };
  }

  toJSON() {
    return { nodeTiming, timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
  }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  constants: {
    NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8,
    NODE_PERFORMANCE_GC_WEAKCB: 16, NODE_PERFORMANCE_GC_FLAGS_NO: 0,
    NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2, NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
    NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
    NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
    NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32, NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
  },
  createHistogram,
  monitorEventLoopDelay,
  performance: new Performance(),
};
