// readline/promises: questions whose answers are promises.
'use strict';

const readline = require('readline');
const ask = readline.Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')];

class Interface extends readline.Interface {
  question(query, options = undefined) {
    return Reflect.apply(ask, { question: (...args) => super.question(...args) }, [query, options]);
  }
}

// Gathers changes of the terminal and makes them all at once.
class Readline {
  #stream;
  #pending = [];
  #autoCommit;

  constructor(stream, options = undefined) {
    this.#stream = stream;
    this.#autoCommit = Boolean(options?.autoCommit);
  }

  #add(change) {
    if (this.#autoCommit) {
      process.nextTick(() => change(this.#stream));
    } else {
      this.#pending.push(change);
    }
    return this;
  }

  cursorTo(x, y = undefined) {
    return this.#add((stream) => readline.cursorTo(stream, x, y));
  }

  moveCursor(dx, dy) {
    return this.#add((stream) => readline.moveCursor(stream, dx, dy));
  }

  clearLine(direction) {
    return this.#add((stream) => readline.clearLine(stream, direction));
  }

  clearScreenDown() {
    return this.#add((stream) => readline.clearScreenDown(stream));
  }

  async commit() {
    for (const change of this.#pending.splice(0)) change(this.#stream);
  }

  rollback() {
    this.#pending = [];
    return this;
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
