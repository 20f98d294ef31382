// Readline of readline/promises: gathers changes of the terminal and makes them all at once.
'use strict';

const { cursorTo, moveCursor, clearLine, clearScreenDown } = require('internal/terminal');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateBoolean, validateInteger } = require('internal/validators');
const { isWritable, isNodeStream } = require('internal/streams/utils');

// The text that a change writes.
function textOf(change, ...args) {
  let text = '';
  change({ write(written) { text += written; } }, ...args);
  return text;
}

class Readline {
  #stream;
  #pending = [];
  #autoCommit = false;

  constructor(stream, options = undefined) {
    if (!isNodeStream(stream) || !isWritable(stream)) throw new ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    if (options?.autoCommit !== undefined) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
    this.#stream = stream;
  }

  #add(text) {
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(text));
    else this.#pending.push(text);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== undefined) validateInteger(y, 'y');
    return this.#add(textOf(cursorTo, x, y));
  }

  moveCursor(dx, dy) {
    if (!dx && !dy) return this;
    validateInteger(dx, 'dx');
    validateInteger(dy, 'dy');
    return this.#add(textOf(moveCursor, dx, dy));
  }

  clearLine(direction) {
    validateInteger(direction, 'dir', -1, 1);
    return this.#add(textOf(clearLine, direction));
  }

  clearScreenDown() {
    return this.#add(textOf(clearScreenDown));
  }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#pending.splice(0).join(''), () => resolve());
    });
  }

  rollback() {
    this.#pending = [];
    return this;
  }
}

module.exports = { Readline };
