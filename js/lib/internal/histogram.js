// Histograms of perf_hooks: createHistogram() and monitorEventLoopDelay().
'use strict';

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { customInspectSymbol, kClone } = require('internal/util');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');

const kMaxSamples = 65536;
const kNoMinimum = 9223372036854775807n;
const kCreate = Symbol('kCreate');

// The values, which clones of a histogram share. Percentiles come from the newest samples; the rest counts towards
// count, min, max and mean.
class Samples {
  constructor(lowest, highest) {
    this.lowest = lowest;
    this.highest = highest;
    this.reset();
  }

  reset() {
    this.list = [];
    this.next = this.count = this.exceeds = this.max = this.sum = this.squares = this.last = 0;
    this.min = Infinity;
  }

  record(n) {
    if (n > this.highest) {
      this.exceeds++;
      return;
    }
    this.list[this.next] = n;
    this.next = (this.next + 1) % kMaxSamples;
    this.count++;
    this.sum += n;
    this.squares += n * n;
    if (n < this.min) this.min = n;
    if (n > this.max) this.max = n;
  }

  add(other) {
    this.count += other.count;
    this.exceeds += other.exceeds;
    this.sum += other.sum;
    this.squares += other.squares;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.list = this.list.concat(other.list).slice(-kMaxSamples);
    this.next = this.list.length % kMaxSamples;
  }

  percentile(percentile) {
    if (this.list.length === 0) return 0;
    const sorted = Float64Array.from(this.list).sort();
    return sorted[Math.max(0, Math.ceil(sorted.length * percentile / 100) - 1)];
  }
}

function checkPercentile(percentile) {
  validateNumber(percentile, 'percentile');
  if (!(percentile > 0 && percentile <= 100)) throw new ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
}

let samplesOf;

class Histogram {
  #samples;

  constructor(key, samples) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this.#samples = samples;
  }

  static {
    samplesOf = (value) => (value !== null && typeof value === 'object' && #samples in value ? value.#samples : undefined);
  }

  get count() { return this.#samples.count; }
  get countBigInt() { return BigInt(this.#samples.count); }
  get exceeds() { return this.#samples.exceeds; }
  get exceedsBigInt() { return BigInt(this.#samples.exceeds); }
  get max() { return this.#samples.max; }
  get maxBigInt() { return BigInt(this.#samples.max); }
  get min() { return this.#samples.count === 0 ? Number(kNoMinimum) : this.#samples.min; }
  get minBigInt() { return this.#samples.count === 0 ? kNoMinimum : BigInt(this.#samples.min); }
  get mean() { return this.#samples.count === 0 ? NaN : this.#samples.sum / this.#samples.count; }

  get stddev() {
    const { count, squares } = this.#samples;
    return count === 0 ? NaN : Math.sqrt(Math.max(0, squares / count - this.mean * this.mean));
  }

  percentile(percentile) {
    checkPercentile(percentile);
    return this.#samples.percentile(percentile);
  }

  percentileBigInt(percentile) {
    checkPercentile(percentile);
    return BigInt(this.#samples.percentile(percentile));
  }

  // From 50 on, each as far from the last one to 100 as that was from 100, halved.
  get percentiles() {
    const result = new Map();
    for (let p = this.count === 0 ? 100 : 50; p < 99.99; p += (100 - p) / 2) result.set(p, this.#samples.percentile(p));
    return result.set(100, this.#samples.percentile(100));
  }

  get percentilesBigInt() {
    return new Map([...this.percentiles].map(([percentile, value]) => [percentile, BigInt(value)]));
  }

  reset() {
    this.#samples.reset();
  }

  toJSON() {
    const { count, min, max, mean, exceeds, stddev, percentiles } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(percentiles) };
  }

  [kClone]() {
    return new Histogram(kCreate, this.#samples);
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return `[${this.constructor.name}]`;
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
    return `Histogram ${require('util').inspect({ min, max, mean, exceeds, stddev, count, percentiles }, inner)}`;
  }
}

class RecordableHistogram extends Histogram {
  record(value) {
    if (typeof value !== 'bigint') validateInteger(value, 'val', 1);
    else if (value < 1n || value > kNoMinimum) throw new ERR_OUT_OF_RANGE('val', '>= 1 && <= 9223372036854775807', value);
    samplesOf(this).record(Number(value));
  }

  // The time since the last call, in nanoseconds.
  recordDelta() {
    const samples = samplesOf(this);
    const time = Number(process.hrtime.bigint());
    if (samples.last !== 0) samples.record(Math.max(1, time - samples.last));
    samples.last = time;
  }

  add(other) {
    const samples = samplesOf(other);
    if (samples === undefined || !(other instanceof RecordableHistogram)) {
      throw new ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    }
    samplesOf(this).add(samples);
  }

  [kClone]() {
    return new RecordableHistogram(kCreate, samplesOf(this));
  }
}

function createHistogram(options = {}) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1);
  if (typeof highest !== 'bigint') validateInteger(highest, 'options.highest', 2 * Number(lowest));
  else if (highest < 2n * BigInt(lowest)) throw new ERR_INVALID_ARG_VALUE.RangeError('options.highest', highest);
  validateInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(kCreate, new Samples(Number(lowest), Number(highest)));
}

// How late timers come, in nanoseconds, while enabled.
class IntervalHistogram extends Histogram {
  #resolution;
  #timer;

  constructor(key, resolution) {
    super(key, new Samples(1, Infinity));
    this.#resolution = resolution;
  }

  enable() {
    if (this.#timer !== undefined) return false;
    let last = process.hrtime.bigint();
    this.#timer = setInterval(() => {
      const time = process.hrtime.bigint();
      samplesOf(this).record(Math.max(1, Number(time - last)));
      last = time;
    }, this.#resolution);
    this.#timer.unref();
    return true;
  }

  disable() {
    if (this.#timer === undefined) return false;
    clearInterval(this.#timer);
    this.#timer = undefined;
    return true;
  }
}

function monitorEventLoopDelay(options = {}) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return new IntervalHistogram(kCreate, resolution);
}

module.exports = { createHistogram, isHistogram: (value) => value instanceof RecordableHistogram, monitorEventLoopDelay };
