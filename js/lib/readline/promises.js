// readline/promises: questions whose answers are promises.
'use strict';

const { Interface: LineInterface } = require('internal/readline/interface');
const { Readline } = require('internal/readline/readline');
const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');

class Interface extends LineInterface {
  question(query, options = undefined) {
    return new Promise((resolve, reject) => {
      const signal = options?.signal;
      let answer = resolve;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) return reject(new AbortError(undefined, { cause: signal.reason }));
        const onAbort = () => {
          this._questionCancel();
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        answer = (line) => {
          signal.removeEventListener('abort', onAbort);
          resolve(line);
        };
      }
      this._ask(query, answer);
    });
  }

  // The completer may return a promise.
  async _tabComplete(lastKeyWasTab) {
    this.pause();
    let result;
    try {
      result = await this.completer(this.line.slice(0, this.cursor));
    } catch (error) {
      this._completionFailed(error);
      return;
    } finally {
      if (!this.closed) this.resume();
    }
    this._tabCompleter(lastKeyWasTab, result);
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
