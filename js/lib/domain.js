// domain: groups of emitters and callbacks whose errors reach one listener. Deprecated, but programs use it.
//
// The active domain is part of the asynchronous context, so timers, ticks, promises and files carry it along.
// The stack says what has been entered and not yet left: what throws leaves it as it is, and the last resort of
// the process finds there whose error it has. Nothing of this costs anything until the module is loaded.
'use strict';

const EventEmitter = require('events');
const asyncContext = require('internal/async_context');
const execution = require('internal/process/execution');
const { setAbortOnUncaught } = internalBinding('errors');
const { codes: { ERR_DOMAIN_CALLBACK_NOT_AVAILABLE, ERR_UNHANDLED_ERROR } } = require('internal/errors');
const { validateFunction } = require('internal/validators');

if (execution.hasCapture()) throw new ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();

const kDomain = Symbol('kDomain');
let stack = [];

// ---- The active domain -------------------------------------------------------------------------

// null where no domain has ever been, undefined where one was left: programs compare with both.
function active() {
  const context = asyncContext.capture();
  return context?.has(kDomain) ? context.get(kDomain) : null;
}

function setActive(domain) {
  if (active() !== domain) asyncContext.enter(new Map(asyncContext.capture()).set(kDomain, domain));
}

// Programs may set it, but to nothing that is no domain.
function setFromOutside(domain) {
  setActive(domain instanceof Domain ? domain : null);
}

function clearStack() {
  stack = [];
  setActive(null);
  changed();
}

// --abort-on-uncaught-exception spares errors that a domain will take.
function changed() {
  setAbortOnUncaught(!stack.some((domain) => domain.listenerCount('error') > 0));
}

// Callbacks of a context in which a domain was active run inside of that domain.
asyncContext.state.callThrough = (context, callback, receiver, args) => {
  const domain = context?.get(kDomain);
  if (domain === undefined || domain === null || domain === stack[stack.length - 1]) return Reflect.apply(callback, receiver, args);
  stack.push(domain);
  changed();
  const result = Reflect.apply(callback, receiver, args);
  const at = stack.lastIndexOf(domain);
  if (at >= 0) stack.length = at;
  changed();
  return result;
};

Object.defineProperty(process, 'domain', {
  enumerable: true, configurable: true, get: active, set: setFromOutside,
});

// ---- Errors ------------------------------------------------------------------------------------

function hide(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
}

function mark(error, domain, thrown) {
  if (error === null || (typeof error !== 'object' && typeof error !== 'function')) return;
  hide(error, 'domain', domain);
  error.domainThrown = thrown;
}

// Hands an error to the innermost domain, whose listener runs in the domain around it; what that listener throws
// goes on to the domain around. Answers whether somebody took the error.
function handle(error) {
  for (;;) {
    const domain = stack.pop();
    setActive(stack[stack.length - 1]);
    mark(error, domain, true);
    try {
      const taken = domain.emit('error', error);
      clearStack();
      return taken;
    } catch (another) {
      if (stack.length === 0) throw another;
      error = another;
    }
  }
}

execution.setDomains({
  // Where the module was loaded, for the error of who wants to take all errors as well.
  loadedAt: new Error('require(`domain`) at this point').stack,
  onUncaught(error) {
    // A rejection knows its domain by its context alone.
    if (stack.length === 0 && active()) stack.push(active());
    if (stack.some((domain) => domain.listenerCount('error') > 0)) return handle(error);
    clearStack();
    return false;
  },
});

// ---- Domain ------------------------------------------------------------------------------------

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
  }

  enter() {
    stack.push(this);
    setActive(this);
    changed();
  }

  // Leaves also those that were entered since.
  exit() {
    const at = stack.lastIndexOf(this);
    if (at < 0) return;
    stack.length = at;
    setActive(stack[at - 1]);
    changed();
  }

  run(fn, ...args) {
    this.enter();
    const result = Reflect.apply(fn, this, args);
    this.exit();
    return result;
  }

  add(emitter) {
    if (emitter.domain === this) return;
    if (emitter.domain) emitter.domain.remove(emitter);
    // Domains in one another must not form a circle.
    if (this.domain && emitter instanceof Domain) {
      for (let around = this.domain; around; around = around.domain) if (around === emitter) return;
    }
    hide(emitter, 'domain', this);
    this.members.push(emitter);
  }

  remove(emitter) {
    hide(emitter, 'domain', null);
    const at = this.members.indexOf(emitter);
    if (at >= 0) this.members.splice(at, 1);
  }

  // `callback`, run inside of the domain.
  bind(callback) {
    validateFunction(callback, 'callback');
    const domain = this;
    function bound(...args) {
      domain.enter();
      const result = Reflect.apply(callback, this, args);
      domain.exit();
      return result;
    }
    hide(bound, 'domain', this);
    return bound;
  }

  // As bind, with the error that a callback gets first taken out: it is the domain's.
  intercept(callback) {
    validateFunction(callback, 'callback');
    const domain = this;
    function intercepted(...args) {
      const [error, ...rest] = args;
      if (error instanceof Error) {
        error.domainBound = callback;
        mark(error, domain, false);
        domain.emit('error', error);
        return undefined;
      }
      domain.enter();
      const result = Reflect.apply(callback, this, rest);
      domain.exit();
      return result;
    }
    hide(intercepted, 'domain', this);
    return intercepted;
  }
}

// 2011's and Node's own: a function that may be called without new.
const create = () => new Domain();

// ---- Emitters ----------------------------------------------------------------------------------

const { init } = EventEmitter;
const { emit } = EventEmitter.prototype;

// An emitter belongs to the domain in which it was made.
EventEmitter.init = function(options) {
  hide(this, 'domain', this instanceof Domain ? null : active() ?? null);
  return Reflect.apply(init, this, [options]);
};

// An 'error' event without a listener is the domain's, as seen from outside of it.
function emitToDomain(emitter, args) {
  const { domain } = emitter;
  const error = args[0] ? args[0] : new ERR_UNHANDLED_ERROR(args[0]);
  mark(error, domain, false);
  if (typeof error === 'object') error.domainEmitter = emitter;
  const [stackBefore, activeBefore] = [stack, active()];
  stack = stack.slice(0, stack.findLastIndex((entered) => entered !== domain) + 1);
  setActive(stack[stack.length - 1] ?? null);
  domain.emit('error', error);
  stack = stackBefore;
  setActive(activeBefore);
  return false;
}

EventEmitter.prototype.emit = function(type, ...args) {
  const { domain } = this;
  const wanted = type === 'error' && this.listenerCount('error') > 0;
  if (wanted || domain === null || domain === undefined || this === process) {
    return Reflect.apply(emit, this, [type, ...args]);
  }
  if (type === 'error') return emitToDomain(this, args);
  domain.enter();
  const result = Reflect.apply(emit, this, [type, ...args]);
  domain.exit();
  return result;
};

for (const name of ['addListener', 'on', 'prependListener', 'removeListener', 'off', 'removeAllListeners']) {
  const method = EventEmitter.prototype[name];
  Object.defineProperty(Domain.prototype, name, {
    configurable: true,
    writable: true,
    value(...args) {
      const result = Reflect.apply(method, this, args);
      changed();
      return result;
    },
  });
}

module.exports = { Domain, create, createDomain: create };
Object.defineProperties(module.exports, {
  active: { enumerable: true, configurable: true, get: active, set: setFromOutside },
  _stack: { enumerable: true, configurable: true, get: () => stack },
});
