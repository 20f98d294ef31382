// readline: input line by line, edited on a terminal.
'use strict';

const { AbortError } = require('internal/errors');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/terminal');
const { Interface: LineInterface } = require('internal/readline/interface');
const { emitKeypressEvents } = require('internal/readline/keys');
const { isOldForm, OldInterface } = require('internal/readline/old_interface');

// Also callable without `new`; the arguments are those of createInterface().
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return createInterface(input, output, completer, terminal);
  Reflect.apply(LineInterface, this, [input, output, completer, terminal]);
  // A completer with one parameter returns what one with two passes to its callback.
  if (this.completer !== undefined && this.completer.length !== 2) {
    const complete = this.completer;
    this.completer = (text, callback) => callback(null, complete(text));
  }
}
Object.setPrototypeOf(Interface.prototype, LineInterface.prototype);
Object.setPrototypeOf(Interface, LineInterface);

Interface.prototype.question = function question(query, options, callback) {
  return Reflect.apply(LineInterface.prototype.question, this, [query, options, callback]);
};
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

function createInterface(input, output, completer, terminal) {
  if (isOldForm(input)) return new OldInterface(input, output);
  return new Interface(input, output, completer, terminal);
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

// ---- Old names -----------------------------------------------------------------------------------

// The width of the terminal.
Object.defineProperty(module.exports, 'columns', {
  configurable: true,
  enumerable: false,
  get: () => process.stdout.columns,
});
