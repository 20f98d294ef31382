// Ctrl-R and Ctrl-S: looking for a part of a line in the history.
'use strict';

const { clearScreenDown, cursorTo, moveCursor } = require('internal/terminal');

const labels = { r: 'bck-i-search: ', s: 'fwd-i-search: ' };

class ReverseSearch {
  #active = false;
  #direction = 'r';
  #input = '';
  // Where the next look begins: entry, and place in it (-1: its end or start).
  #index = -1;
  #place = -1;
  // What was found last: entry (-1: none) and place.
  #match = -1;
  #matchPlace = -1;
  #seen = new Set();
  #promptPosition = { rows: 0, cols: 0 };

  constructor(repl) {
    this.repl = repl;
  }

  // Whether the search takes the key; else it is over and the key does what it always does.
  takes(text, key) {
    if (process.env.TERM === 'dumb') return false;
    const turns = key.ctrl && Object.hasOwn(labels, key.name);
    if (!this.#active) {
      if (turns) this.#begin(key.name);
      return this.#active;
    }
    if (turns) {
      this.#turn(key.name);
      this.#search();
    } else if (key.name === 'backspace' || (key.ctrl && (key.name === 'h' || key.name === 'w'))) {
      this.#restart(this.#input.slice(0, -1));
    } else if ((key.ctrl && key.name === 'c') || key.name === 'escape') {
      // The line of before comes back.
      this.#match = -1;
      this.#end();
      return true;
    } else if (key.ctrl || key.meta || key.name === 'return' || key.name === 'enter' || typeof text !== 'string' || text === '') {
      this.#end();
      return false;
    } else {
      this.#restart(this.#input + text);
    }
    return this.#active;
  }

  cancel() {
    if (!this.#active) return;
    this.#match = -1;
    this.#end();
  }

  #begin(direction) {
    const { repl } = this;
    this.#turn(direction);
    this.#index = repl.historyIndex;
    this.#promptPosition = repl._getDisplayPos(repl._prompt);
    this.#print(repl.line, `${labels[this.#direction]}_`);
    this.#active = true;
  }

  #turn(direction) {
    if (direction === this.#direction) return;
    this.#seen.clear();
    this.#direction = direction;
  }

  #restart(input) {
    this.#reset();
    this.#input = input;
    this.#search();
  }

  #reset() {
    this.#input = '';
    this.#place = -1;
    this.#index = this.repl.historyIndex;
    this.#seen.clear();
  }

  // What was found becomes the line.
  #end() {
    const { repl } = this;
    this.#active = false;
    if (this.#match !== -1) {
      repl.line = repl.history[this.#match];
      repl.cursor = this.#matchPlace;
      repl.historyIndex = this.#match;
      // Going on from here in the history is not kept to entries that begin alike.
      repl._substringSearch = '';
      this.#match = -1;
    }
    cursorTo(repl.output, this.#promptPosition.cols);
    clearScreenDown(repl.output);
    if (repl.line !== '') {
      repl.output.write(repl.line);
      if (repl.line.length !== repl.cursor) {
        const { cols, rows } = repl.getCursorPos();
        cursorTo(repl.output, cols);
        if (rows !== 0) moveCursor(repl.output, 0, rows);
      }
    }
    this.#reset();
  }

  #nextEntry() {
    this.#seen.add(this.repl.history[this.#index]);
    this.#index += this.#direction === 'r' ? 1 : -1;
    this.#place = -1;
  }

  #search() {
    const { repl } = this;
    const { history } = repl;
    const label = labels[this.#direction];
    const backwards = this.#direction === 'r';
    if (this.#input === '') {
      this.#print(repl.line, `${label}_`);
      return;
    }
    if (backwards) this.#index = Math.max(0, this.#index);
    else this.#index = Math.min(history.length - 1, this.#index);
    while (this.#index >= 0 && this.#index < history.length) {
      const entry = history[this.#index];
      if (this.#seen.has(entry)) {
        this.#index += backwards ? 1 : -1;
        continue;
      }
      if (backwards) {
        const from = this.#place === -1 ? entry.length : this.#place;
        // lastIndexOf() takes -1 for 0.
        this.#place = from === 0 ? -1 : entry.lastIndexOf(this.#input, from - 1);
      } else {
        this.#place = entry.indexOf(this.#input, this.#place + 1);
      }
      if (this.#place === -1) {
        this.#nextEntry();
        continue;
      }
      this.#found(entry, label);
      return;
    }
    this.#print(repl.line, `failed-${label}${this.#input}_`);
  }

  #found(entry, label) {
    const end = this.#place + this.#input.length;
    const shown = this.repl.useColors ?
      `${entry.slice(0, this.#place)}\x1b[4m${this.#input}\x1b[24m${entry.slice(end)}` : entry;
    this.#print(shown, `${label}${this.#input}_`, this.#place);
    this.#match = this.#index;
    this.#matchPlace = this.#place;
    // Where the entry cannot hold another match the next look begins with the next one.
    if (this.#direction === 'r' ? this.#place === 0 : end === entry.length) this.#nextEntry();
  }

  // Shows a line and, below it, what is searched; the cursor ends up in the line.
  #print(line, below, cursor = this.repl.cursor) {
    const { repl } = this;
    const { output } = repl;
    let rows = 0;
    if (this.#match !== -1) {
      rows = repl._getDisplayPos(repl._prompt + repl.history[this.#match].slice(0, this.#matchPlace)).rows;
      cursorTo(output, this.#promptPosition.cols);
    } else if (this.#active && repl.line !== '') {
      rows = repl.getCursorPos().rows;
      cursorTo(output, this.#promptPosition.cols);
    }
    if (rows !== 0) moveCursor(output, 0, -rows);
    if (this.#active) {
      clearScreenDown(output);
      output.write(`${line}\n${below}`);
    } else {
      output.write(`\n${below}`);
    }
    this.#match = -1;
    const at = repl._getDisplayPos(repl._prompt + line.slice(0, cursor));
    const end = repl._getDisplayPos(repl._prompt + line);
    const belowEnd = repl._getDisplayPos(below);
    const belowRows = belowEnd.rows - (belowEnd.cols === 0 ? 1 : 0);
    moveCursor(output, 0, -1 - belowRows - (end.rows - at.rows));
    cursorTo(output, at.cols);
  }
}

module.exports = { ReverseSearch };
