// The readline interface: where lines come from, to whom they go, questions and prompts. Editing on a terminal is in editing.js.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE },
} = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateString, validateUint32,
} = require('internal/validators');
const { emitKeypressEvents, kEscapeTimeout } = require('internal/readline/keys');

const kLineEnd = /\r?\n|\r|\u2028|\u2029/g;
// After a line that ended with \r, a \n within this many milliseconds belongs to it.
const kMinCrlfDelay = 100;
const kHistorySize = 30;

// Checked options; `first` is either them or the input of the form (input, output, completer, terminal).
function readOptions(first, output, completer, terminal) {
  const options = first?.input ? first : { input: first, output, completer, terminal };
  if (typeof options.input?.on !== 'function' || typeof options.input.resume !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('input', 'Stream', options.input);
  }
  const { signal, historySize = kHistorySize, history = [], tabSize = 8 } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  if (options.completer !== undefined && typeof options.completer !== 'function') {
    throw new ERR_INVALID_ARG_VALUE('completer', options.completer);
  }
  validateArray(history, 'history');
  if (typeof historySize !== 'number' || Number.isNaN(historySize) || historySize < 0) {
    throw new ERR_INVALID_ARG_VALUE.RangeError('historySize', historySize);
  }
  validateUint32(tabSize, 'tabSize', true);
  const { escapeCodeTimeout = kEscapeTimeout } = options;
  if (!Number.isFinite(escapeCodeTimeout)) {
    throw new ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', escapeCodeTimeout);
  }
  return { ...options, signal, history, historySize, tabSize, escapeCodeTimeout };
}

// Also callable without `new`, and on objects of classes made the old way.
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  const options = readOptions(input, output, completer, terminal);
  Reflect.apply(EventEmitter, this, []);

  this._sawReturnAt = 0;  // when a \r ended the last piece of input, 0: it did not
  this._sawKeyPress = false;
  this._previousKey = null;
  this.isCompletionEnabled = true;
  this.escapeCodeTimeout = options.escapeCodeTimeout;
  this.tabSize = options.tabSize;
  this.line = '';
  this.cursor = 0;
  this.closed = false;
  this.paused = false;
  this.prevRows = 0;
  this.history = options.history;
  this.historySize = options.historySize;
  this.historyIndex = -1;
  this.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
  this.crlfDelay = options.crlfDelay ? Math.max(kMinCrlfDelay, options.crlfDelay) : kMinCrlfDelay;
  this.completer = options.completer;
  this.input = options.input;
  this.output = options.output;
  this.terminal = options.terminal === undefined ? Boolean(options.output?.isTTY) : Boolean(options.terminal);
  this._lineBuffer = '';
  this._questionCallback = null;
  this._oldPrompt = '';
  this.setPrompt(options.prompt === undefined ? '> ' : `${options.prompt}`);

  if (this.terminal) listenToKeys(this);
  else listenToText(this);
  if (options.signal) closeOnAbort(this, options.signal);
  this.input.resume();
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

// Adds listeners that last until the interface closes.
function listen(rl, emitter, listeners) {
  for (const [event, listener] of Object.entries(listeners)) emitter.on(event, listener);
  rl.once('close', () => {
    for (const [event, listener] of Object.entries(listeners)) emitter.removeListener(event, listener);
  });
}

function listenToText(rl) {
  rl._decoder = new StringDecoder('utf8');
  listen(rl, rl.input, {
    error: (error) => rl.emit('error', error),
    data: (data) => rl._normalWrite(data),
    end: () => {
      const rest = rl._lineBuffer + rl._decoder.end();
      rl._lineBuffer = '';
      if (rest !== '') rl.emit('line', rest);
      rl.close();
    },
  });
}

function listenToKeys(rl) {
  emitKeypressEvents(rl.input, rl);
  listen(rl, rl.input, {
    error: (error) => rl.emit('error', error),
    keypress(text, key) {
      rl._ttyWrite(text, key);
      // The terminal may have drawn half of a character: draw it whole.
      const first = key?.sequence ? key.sequence.codePointAt(0) : 0;
      if (first >= 0xD800 && first <= 0xDFFF) rl._refreshLine();
    },
    end: () => {
      if (typeof rl.line === 'string' && rl.line.length > 0) rl.emit('line', rl.line);
      rl.close();
    },
  });
  rl._setRawMode(true);
  if (typeof rl.output?.on === 'function') listen(rl, rl.output, { resize: () => rl._refreshLine() });
}

function closeOnAbort(rl, signal) {
  const onAbort = () => rl.close();
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  rl.once('close', () => signal.removeEventListener('abort', onAbort));
}

Object.defineProperty(Interface.prototype, 'columns', {
  configurable: true,
  enumerable: true,
  get() { return this.output?.columns ? this.output.columns : Infinity; },
});

Object.assign(Interface.prototype, {
  getPrompt() {
    return this._prompt;
  },

  setPrompt(prompt) {
    this._prompt = prompt;
  },

  // Shows the prompt and waits for input; keeps the place in the line when `preserveCursor`.
  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this._prompt);
    }
  },

  // question(query[, options], callback): the next line goes to `callback` and nowhere else.
  question(query, options, callback) {
    if (typeof options === 'function') [callback, options] = [options, undefined];
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    const signal = options?.signal;
    if (signal !== undefined && signal !== null) {
      validateAbortSignal(signal, 'options.signal');
      if (signal.aborted) return;
      const onAbort = () => this._questionCancel();
      const answered = callback;
      signal.addEventListener('abort', onAbort, { once: true });
      callback = (answer) => {
        signal.removeEventListener('abort', onAbort);
        if (typeof answered === 'function') answered(answer);
      };
    }
    if (typeof callback === 'function') this._ask(query, callback);
  },

  _ask(query, callback) {
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    if (this._questionCallback !== null) {
      this.prompt();
      return;
    }
    this._oldPrompt = this._prompt;
    this.setPrompt(query);
    this._questionCallback = callback;
    this.prompt();
  },

  _questionCancel() {
    if (this._questionCallback === null) return;
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    this.clearLine();
  },

  // A whole line has come.
  _onLine(line) {
    const callback = this._questionCallback;
    if (callback === null) {
      this.emit('line', line);
      return;
    }
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    callback(line);
  },

  _setRawMode(mode) {
    const before = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return before;
  },

  // All that an interface shows goes through here: programs replace it to hide what is typed.
  _writeToOutput(text) {
    validateString(text, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(text);
  },

  // As if `data` had been typed: a text, or on a terminal also a key ({ ctrl, name, ... }) with data null.
  write(data, key) {
    if (this.closed) throw new ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else this._normalWrite(data);
  },

  // Takes a piece of input that is not a terminal's and emits the lines that it ends.
  _normalWrite(data) {
    if (data === undefined) return;
    let text = this._decoder.write(data);
    if (this._sawReturnAt !== 0 && Date.now() - this._sawReturnAt <= this.crlfDelay) {
      if (text.codePointAt(0) === 0x0A) text = text.slice(1);
      this._sawReturnAt = 0;
    }
    if (text === '') return;
    const lines = [];
    let start = 0;
    kLineEnd.lastIndex = 0;
    for (let end = kLineEnd.exec(text); end !== null; end = kLineEnd.exec(text)) {
      lines.push(text.slice(start, end.index));
      start = kLineEnd.lastIndex;
    }
    if (lines.length === 0) {
      this._lineBuffer += text;
      return;
    }
    lines[0] = this._lineBuffer + lines[0];
    this._lineBuffer = text.slice(start);
    this._sawReturnAt = text.endsWith('\r') ? Date.now() : 0;
    // A listener that pauses still gets the lines that are whole already; one that closes gets them too.
    for (const line of lines) this._onLine(line);
  },

  pause() {
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  },

  // The lines from now on; input rests while many of them wait.
  [Symbol.asyncIterator]() {
    if (this._lineStream === undefined) {
      Object.defineProperty(this, '_lineStream', { configurable: true, enumerable: false, value: streamOfLines(this) });
    }
    return this._lineStream[Symbol.asyncIterator]();
  },
});

function streamOfLines(rl) {
  const { Readable } = require('stream');
  const stream = new Readable({
    objectMode: true,
    read() {
      rl.resume();
    },
    destroy(error, callback) {
      rl.removeListener('line', onLine);
      rl.removeListener('close', onClose);
      rl.close();
      callback(error);
    },
  });
  function onLine(line) {
    if (!stream.push(line)) rl.pause();
  }
  function onClose() {
    stream.push(null);
  }
  rl.on('line', onLine);
  rl.on('close', onClose);
  rl.on('error', (error) => stream.destroy(error));
  if (rl.closed) stream.push(null);
  return stream;
}

Object.assign(
  Interface.prototype, require('internal/readline/display'), require('internal/readline/line_history'),
  require('internal/readline/editing'), require('internal/readline/completion').methods);

module.exports = { Interface };
