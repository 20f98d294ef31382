// AbortController and AbortSignal.
'use strict';

const { EventTarget, Event, defineEventHandler, kTrusted } = require('internal/event_target');
const { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } = require('internal/errors').codes;
const { validateUint32, validateArray } = require('internal/validators');
const { customInspectSymbol, kEnumerableProperty } = require('internal/util');

// Only this module can make signals.
const kCreate = Symbol('kCreate');

function domException(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

function show(name, object, fields, depth, options) {
  if (depth < 0) return object;
  const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
  return `${name} ${require('util').inspect(fields, inner)}`;
}

let makeSignal;
let abortSignal;
let isSignal;

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  // Signals that abort with this one, see any().
  #dependents = new Set();

  constructor(key) {
    if (key !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  static {
    makeSignal = () => new AbortSignal(kCreate);
    isSignal = (value) => typeof value === 'object' && value !== null && #aborted in value;
    abortSignal = (signal, reason) => {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason;
      signal.dispatchEvent(new Event('abort', { [kTrusted]: true }));
      const dependents = signal.#dependents;
      signal.#dependents = new Set();
      for (const dependent of dependents) abortSignal(dependent, reason);
    };
  }

  get aborted() {
    if (!isSignal(this)) throw new ERR_INVALID_THIS('AbortSignal');
    return this.#aborted;
  }

  get reason() {
    if (!isSignal(this)) throw new ERR_INVALID_THIS('AbortSignal');
    return this.#reason;
  }

  throwIfAborted() {
    if (!isSignal(this)) throw new ERR_INVALID_THIS('AbortSignal');
    if (this.#aborted) throw this.#reason;
  }

  static abort(reason = domException('This operation was aborted', 'AbortError')) {
    const signal = makeSignal();
    signal.#aborted = true;
    signal.#reason = reason;
    return signal;
  }

  // Aborts after `delay` ms; does not keep the process alive.
  static timeout(delay) {
    validateUint32(delay, 'delay');
    const signal = makeSignal();
    const expire = () =>
      abortSignal(signal, domException('The operation was aborted due to timeout', 'TimeoutError'));
    require('timers').setTimeout(expire, delay).unref();
    return signal;
  }

  // Aborts when the first of `signals` does.
  static any(signals) {
    validateArray(signals, 'signals');
    signals.forEach((signal, i) => {
      if (!isSignal(signal)) throw new ERR_INVALID_ARG_TYPE(`signals[${i}]`, 'AbortSignal', signal);
    });
    const result = makeSignal();
    const done = signals.find((signal) => signal.#aborted);
    if (done) {
      result.#aborted = true;
      result.#reason = done.#reason;
    } else {
      for (const signal of signals) signal.#dependents.add(result);
    }
    return result;
  }

  [customInspectSymbol](depth, options) {
    return show('AbortSignal', this, { aborted: this.#aborted }, depth, options);
  }
}

class AbortController {
  #signal = makeSignal();

  get signal() {
    return this.#signal;
  }

  abort(reason = domException('This operation was aborted', 'AbortError')) {
    abortSignal(this.#signal, reason);
  }

  [customInspectSymbol](depth, options) {
    return show('AbortController', this, { signal: this.#signal }, depth, options);
  }
}

defineEventHandler(AbortSignal.prototype, 'abort');
for (const [prototype, tag, names] of [
  [AbortSignal.prototype, 'AbortSignal', ['aborted', 'reason', 'throwIfAborted']],
  [AbortController.prototype, 'AbortController', ['signal', 'abort']],
]) {
  for (const name of names) Object.defineProperty(prototype, name, kEnumerableProperty);
  Object.defineProperty(prototype, Symbol.toStringTag, { value: tag, configurable: true });
}

module.exports = { AbortController, AbortSignal };
