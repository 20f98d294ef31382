// readline: input line by line, with questions and prompts. Editing is left to the terminal.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const {
  AbortError,
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE },
} = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateUint32,
} = require('internal/validators');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/terminal');

const kLineEnd = /\r?\n|\r|\u2028|\u2029/g;
// After a line that ended with \r, a \n within this many milliseconds belongs to it.
const kMinCrlfDelay = 100;
const kMaxQueuedLines = 1024;

// What an interface keeps to itself.
class State {
  decoder = new StringDecoder('utf8');
  prompt = '> ';
  rest = '';
  crlfDelay = kMinCrlfDelay;
  returnAt = 0;  // when a \r ended the last piece of input, 0: it did not
  question = null;
  onData = null;
  onEnd = null;
  onError = null;
  // Input that came while paused.
  held = [];
}

const states = new WeakMap();

function isOldForm(input) {
  return input !== undefined && typeof input.on !== 'function' && typeof input.write === 'function' &&
    typeof input.fd === 'number';
}

// Also callable without `new`; the arguments are those of createInterface().
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  Reflect.apply(EventEmitter, this, []);
  const state = new State();
  states.set(this, state);
  let options = { input, output, completer, terminal };
  if (isOldForm(input)) {
    options = { input: process.stdin, output: input, completer: output };
  } else if (input?.input !== undefined) {
    options = input;
  }
  if (options.completer !== undefined) {
    if (typeof options.completer !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('completer', options.completer);
    }
  }
  if (options.prompt !== undefined) state.prompt = `${options.prompt}`;
  if (options.crlfDelay !== undefined) state.crlfDelay = Math.max(kMinCrlfDelay, +options.crlfDelay || 0);
  if (options.historySize !== undefined &&
      (typeof options.historySize !== 'number' || Number.isNaN(options.historySize) || options.historySize < 0)) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('historySize', options.historySize);
  }
  if (options.history !== undefined) validateArray(options.history, 'history');
  if (options.tabSize !== undefined) validateUint32(options.tabSize, 'tabSize', true);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (typeof options.input?.on !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('input', 'Stream', options.input);
  }

  this.input = options.input;
  this.output = options.output;
  this.completer = options.completer;
  this.terminal = Boolean(options.terminal ?? options.output?.isTTY);
  this.line = '';
  this.cursor = 0;
  this.closed = false;
  this.paused = false;
  this.history = options.history === undefined ? [] : [...options.history];
  this.historySize = options.historySize ?? 30;
  this.tabSize = options.tabSize ?? 8;
  this.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);

  state.onData = (chunk) => feed(this, state, chunk);
  state.onEnd = () => finish(this, state);
  state.onError = (error) => this.emit('error', error);
  this.input.on('data', state.onData);
  this.input.on('end', state.onEnd);
  this.input.on('error', state.onError);
  if (options.signal) closeOnAbort(this, options.signal);
  this.input.resume();
}

Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function closeOnAbort(rl, signal) {
  const onAbort = () => rl.close();
  if (signal.aborted) return process.nextTick(onAbort);
  signal.addEventListener('abort', onAbort, { once: true });
  rl.once('close', () => signal.removeEventListener('abort', onAbort));
}

function onLine(rl, state, line) {
  if (rl.terminal && line !== '' && rl.historySize > 0 && rl.history[0] !== line) {
    if (rl.removeHistoryDuplicates) rl.history = rl.history.filter((old) => old !== line);
    rl.history.unshift(line);
    if (rl.history.length > rl.historySize) rl.history.pop();
    rl.emit('history', rl.history);
  }
  const question = state.question;
  if (question !== null) {
    state.question = null;
    question(line);
  } else {
    rl.emit('line', line);
  }
}

// Takes a piece of input and emits the lines that it ends.
function feed(rl, state, chunk) {
  if (rl.paused) {
    state.held.push(chunk);
    return;
  }
  let text = typeof chunk === 'string' ? chunk : state.decoder.write(chunk);
  if (text === '') return;
  if (state.returnAt !== 0) {
    if (text[0] === '\n' && Date.now() - state.returnAt <= state.crlfDelay) text = text.slice(1);
    state.returnAt = 0;
    if (text === '') return;
  }
  if (text.endsWith('\r')) state.returnAt = Date.now();
  const all = state.rest + text;
  kLineEnd.lastIndex = state.rest.length;
  const lines = [];
  let start = 0;
  for (let match = kLineEnd.exec(all); match !== null; match = kLineEnd.exec(all)) {
    lines.push(all.slice(start, match.index));
    start = kLineEnd.lastIndex;
  }
  state.rest = all.slice(start);
  rl.line = state.rest;
  rl.cursor = state.rest.length;
  // A listener may pause or close: lines that are whole already are still delivered when it pauses.
  for (const line of lines) {
    if (rl.closed) return;
    onLine(rl, state, line);
  }
}

function finish(rl, state) {
  const last = state.rest + state.decoder.end();
  state.rest = '';
  rl.line = '';
  if (last !== '' && !rl.closed) onLine(rl, state, last);
  rl.close();
}

function checkOpen(rl) {
  if (rl.closed) throw new ERR_USE_AFTER_CLOSE('readline');
}

Object.assign(Interface.prototype, {
  getPrompt() {
    return states.get(this).prompt;
  },
  setPrompt(prompt) {
    states.get(this).prompt = `${prompt}`;
  },
  // Shows the prompt and waits for input.
  prompt() {
    if (this.paused) this.resume();
    if (this.output !== null && this.output !== undefined) this.output.write(states.get(this).prompt);
  },
  // question(query[, options], callback): the next line goes to `callback` and nowhere else.
  question(query, options, callback) {
    checkOpen(this);
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    const signal = options?.signal;
    if (signal !== undefined && signal !== null) {
      validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
    }
    if (typeof callback !== 'function') return;
    const state = states.get(this);
    if (state.question !== null) {
      this.prompt();
      return;
    }
    if (this.paused) this.resume();
    if (this.output !== null && this.output !== undefined) this.output.write(`${query}`);
    if (!signal) {
      state.question = callback;
      return;
    }
    const onAbort = () => {
      state.question = null;
    };
    signal.addEventListener('abort', onAbort, { once: true });
    state.question = (answer) => {
      signal.removeEventListener('abort', onAbort);
      callback(answer);
    };
  },
  // As if `data` had been typed.
  write(data) {
    checkOpen(this);
    if (data === null || data === undefined) return;
    if (this.paused) this.resume();
    feed(this, states.get(this), typeof data === 'string' ? data : Buffer.from(data));
  },
  pause() {
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },
  resume() {
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    const state = states.get(this);
    while (state.held.length > 0 && !this.paused) feed(this, state, state.held.shift());
    return this;
  },
  close() {
    if (this.closed) return;
    const state = states.get(this);
    this.pause();
    this.closed = true;
    this.input.removeListener('data', state.onData);
    this.input.removeListener('end', state.onEnd);
    this.input.removeListener('error', state.onError);
    this.emit('close');
  },
  getCursorPos() {
    const columns = this.columns;
    const text = states.get(this).prompt + this.line;
    if (columns === Infinity) return { rows: 0, cols: text.length };
    return { rows: Math.floor(text.length / columns), cols: text.length % columns };
  },
  [Symbol.asyncIterator]() {
    return iterateLines(this);
  },
});
Object.defineProperty(Interface.prototype, 'columns', {
  configurable: true,
  enumerable: true,
  get() { return this.output?.columns ?? Infinity; },
});

Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = function question(query, options) {
  const signal = options?.signal;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let answer = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      answer = (line) => {
        signal.removeEventListener('abort', onAbort);
        resolve(line);
      };
    }
    this.question(query, options, answer);
  });
};

// The lines from now on. Input rests while many lines wait.
function iterateLines(rl) {
  const lines = [];
  const waiting = [];
  let ended = rl.closed;
  let failure = null;
  const settle = () => {
    while (waiting.length > 0 && lines.length > 0) waiting.shift().resolve({ value: lines.shift(), done: false });
    if (failure !== null && waiting.length > 0) {
      waiting.shift().reject(failure);
      failure = null;
    }
    if (ended) {
      while (waiting.length > 0) waiting.shift().resolve({ value: undefined, done: true });
    }
  };
  const onLineEvent = (line) => {
    lines.push(line);
    settle();
    if (lines.length > kMaxQueuedLines) rl.pause();
  };
  const onError = (error) => {
    failure = error;
    ended = true;
    settle();
  };
  const onClose = () => {
    ended = true;
    rl.removeListener('line', onLineEvent);
    rl.input.removeListener('error', onError);
    settle();
  };
  rl.on('line', onLineEvent);
  rl.input.on('error', onError);
  rl.once('close', onClose);
  return {
    next() {
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        settle();
        if (lines.length === 0 && rl.paused && !rl.closed) rl.resume();
      });
    },
    return(value) {
      rl.close();
      return Promise.resolve({ value, done: true });
    },
    throw(error) {
      rl.close();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

const keypressStreams = new WeakSet();
const keyNames = new Map([
  ['\r', 'return'], ['\n', 'enter'], ['\t', 'tab'], ['\b', 'backspace'], ['\x7f', 'backspace'], ['\x1b', 'escape'],
  [' ', 'space'], ['\x1b[A', 'up'], ['\x1b[B', 'down'], ['\x1b[C', 'right'], ['\x1b[D', 'left'], ['\x1b[H', 'home'],
  ['\x1b[F', 'end'], ['\x1bOA', 'up'], ['\x1bOB', 'down'], ['\x1bOC', 'right'], ['\x1bOD', 'left'],
  ['\x1b[1~', 'home'], ['\x1b[2~', 'insert'], ['\x1b[3~', 'delete'], ['\x1b[4~', 'end'], ['\x1b[5~', 'pageup'],
  ['\x1b[6~', 'pagedown'],
]);

function describeKey(sequence) {
  const key = { sequence, name: keyNames.get(sequence), ctrl: false, meta: false, shift: false };
  const last = sequence[sequence.length - 1];
  if (key.name !== undefined) return key;
  if (sequence.length === 2 && sequence[0] === '\x1b') key.meta = true;
  if (last >= '\x01' && last <= '\x1a') {
    key.name = String.fromCharCode(last.charCodeAt(0) + 96);
    key.ctrl = true;
  } else if (/^[A-Z]$/.test(last)) {
    key.name = last.toLowerCase();
    key.shift = true;
  } else if (/^[a-z0-9]$/.test(last)) {
    key.name = last;
  }
  return key;
}

// Makes `stream` emit 'keypress' (text, key) for its input.
function emitKeypressEvents(stream) {
  if (keypressStreams.has(stream)) return;
  keypressStreams.add(stream);
  const decoder = new StringDecoder('utf8');
  stream.on('data', (chunk) => {
    if (stream.listenerCount('keypress') === 0) return;
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    for (const [sequence] of text.matchAll(/\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z]|.)?|[^]/gu)) {
      stream.emit('keypress', sequence.length === 1 || [...sequence].length === 1 ? sequence : undefined,
                  describeKey(sequence));
    }
  });
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
};
Object.defineProperty(module.exports, 'promises', {
  configurable: true,
  enumerable: true,
  get() { return require('readline/promises'); },
});
