// Editing the line on a terminal: what each key does.
'use strict';

const { clearScreenDown, cursorTo } = require('internal/terminal');

const kLineEnd = /\r?\n|\r|\u2028|\u2029/;
const kMaxUndo = 2048;
const kMaxKills = 32;

// What a motion and a deletion to the right take.
const kWordAfter = /^(?:\s+|[^\w\s]+|\w+)\s*/;
const kWordToDelete = /^(?:\s+|\W+|\w+)\s*/;

// By 'name' and its modifiers: which method.
const controlShiftKeys = { backspace: '_deleteLineLeft', delete: '_deleteLineRight' };
const controlKeys = {
  h: '_deleteLeft', u: '_deleteLineLeft', k: '_deleteLineRight', a: '_lineStart', e: '_lineEnd', b: '_charLeft', f: '_charRight',
  l: '_clearScreen', n: '_historyNext', p: '_historyPrev', t: '_transpose', y: '_yank', w: '_deleteWordLeft',
  backspace: '_deleteWordLeft', delete: '_deleteWordRight', left: '_wordLeft', right: '_wordRight',
};
const metaKeys = {
  b: '_wordLeft', f: '_wordRight', d: '_deleteWordRight', delete: '_deleteWordRight', backspace: '_deleteWordLeft', y: '_yankPop',
};
const plainKeys = {
  backspace: '_deleteLeft', delete: '_deleteRight', left: '_charLeft', right: '_charRight', home: '_lineStart', end: '_lineEnd',
  up: '_historyPrev', down: '_historyNext',
};

const find = (keys, name) => (Object.hasOwn(keys, name) ? keys[name] : undefined);

const isHighSurrogate = (code) => code >= 0xD800 && code <= 0xDBFF;

// Units of the character before or after an index.
const lengthBefore = (text, index) =>
  (index <= 0 ? 0 : index > 1 && isHighSurrogate(text.charCodeAt(index - 2)) ? 2 : 1);
const lengthAfter = (text, index) =>
  (index >= text.length ? 1 : text.codePointAt(index) >= 0x10000 ? 2 : 1);

// Where the word before an index begins. Read backwards, since an expression that ends with $ would try every place of a long line.
function wordStart(text, index) {
  while (index > 0 && /\s/.test(text[index - 1])) index--;
  if (index === 0) return 0;
  const same = /\w/.test(text[index - 1]) ? /\w/ : /[^\w\s]/;
  while (index > 0 && same.test(text[index - 1])) index--;
  return index;
}

module.exports = {
  // One key: `text` is what it inserts, if anything.
  _ttyWrite(text, key) {
    const previous = this._previousKey;
    key ??= {};
    this._previousKey = key;
    if (process.env.TERM === 'dumb') {
      this._dumbWrite(text, key);
      return;
    }
    if (!(key.meta && key.name === 'y')) this._yanked = 0;

    // Walking through the history keeps to entries that begin like the line did.
    if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
      if (this._substringSearch === null || this._substringSearch === undefined) {
        this._substringSearch = this.line.slice(0, this.cursor);
      }
    } else if (this._substringSearch !== null && this._substringSearch !== undefined) {
      this._substringSearch = null;
      if (this.history.length === this.historyIndex) this.historyIndex = -1;
    }

    if (key.sequence === '\x1f') return this._undo();
    if (key.sequence === '\x1e') return this._redo();
    if (key.name === 'escape') return;
    if (key.ctrl && key.shift) {
      this._perform(find(controlShiftKeys, key.name));
    } else if (key.ctrl) {
      this._controlKey(key.name);
    } else if (key.meta) {
      this._perform(find(metaKeys, key.name));
    } else {
      this._plainKey(text, key, previous);
    }
  },

  _perform(method) {
    if (method !== undefined) this[method]();
  },

  _controlKey(name) {
    switch (name) {
      case 'c':
        if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
        else this.close();
        break;
      case 'd':
        if (this.cursor === 0 && this.line.length === 0) this.close();
        else if (this.cursor < this.line.length) this._deleteRight();
        break;
      case 'z':
        this._suspend();
        break;
      default:
        this._perform(find(controlKeys, name));
    }
  },

  _plainKey(text, key, previous) {
    if (this._sawReturnAt !== 0 && key.name !== 'enter') this._sawReturnAt = 0;
    switch (key.name) {
      case 'return':
        this._sawReturnAt = Date.now();
        this._line();
        return;
      case 'enter':
        if (this._sawReturnAt === 0 || Date.now() - this._sawReturnAt > this.crlfDelay) this._line();
        this._sawReturnAt = 0;
        return;
      case 'tab':
        if (typeof this.completer === 'function' && this.isCompletionEnabled) {
          this._tabComplete(previous !== null && previous.name === 'tab');
          return;
        }
        break;
    }
    const method = find(plainKeys, key.name);
    if (method !== undefined) this[method]();
    else if (typeof text === 'string' && text !== '') this._insertText(text);
  },

  // A terminal that cannot move its cursor: what is typed is shown, and that is all.
  _dumbWrite(text, key) {
    if (key.name === 'escape') return;
    if (this._sawReturnAt !== 0 && key.name !== 'enter') this._sawReturnAt = 0;
    if (key.ctrl) {
      if (key.name === 'c') {
        if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
        else this.close();
        return;
      }
      if (key.name === 'd') return this.close();
    }
    if (key.name === 'return') {
      this._sawReturnAt = Date.now();
      return this._line();
    }
    if (key.name === 'enter') {
      if (this._sawReturnAt === 0 || Date.now() - this._sawReturnAt > this.crlfDelay) this._line();
      this._sawReturnAt = 0;
      return;
    }
    if (typeof text === 'string' && text !== '') {
      this.line += text;
      this.cursor += text.length;
      this._writeToOutput(text);
    }
  },

  // Text that may hold several lines, as a program writes it.
  _insertText(text) {
    for (;;) {
      const end = kLineEnd.exec(text);
      if (end === null) break;
      if (end.index > 0) this._insertString(text.slice(0, end.index));
      this._line();
      text = text.slice(end.index + end[0].length);
      if (this.closed) return;
    }
    if (text !== '') this._insertString(text);
  },

  _insertString(text) {
    this._beforeEdit();
    if (this.cursor < this.line.length) {
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
      this.cursor += text.length;
      this._refreshLine();
      return;
    }
    if (this._append(text)) this._refreshLine();
    else this._writeToOutput(text);
  },

  // The line is done.
  _line() {
    const line = this._addHistory();
    this._undoStack = [];
    this._redoStack = [];
    this.clearLine();
    this._onLine(line);
  },

  // ---- Motions ---------------------------------------------------------------------------------

  _charLeft() {
    this._moveCursor(-lengthBefore(this.line, this.cursor));
  },
  _charRight() {
    this._moveCursor(lengthAfter(this.line, this.cursor));
  },
  _lineStart() {
    this._moveCursor(-Infinity);
  },
  _lineEnd() {
    this._moveCursor(Infinity);
  },
  _wordLeft() {
    this._moveCursor(wordStart(this.line, this.cursor) - this.cursor);
  },
  _wordRight() {
    if (this.cursor < this.line.length) this._moveCursor(kWordAfter.exec(this.line.slice(this.cursor))[0].length);
  },
  _clearScreen() {
    cursorTo(this.output, 0, 0);
    clearScreenDown(this.output);
    this._refreshLine();
  },

  // ---- Deletions -------------------------------------------------------------------------------

  // Takes out the units from `start` to `end` and leaves the cursor there.
  _deleteRange(start, end) {
    this._beforeEdit();
    const deleted = this.line.slice(start, end);
    this.line = this.line.slice(0, start) + this.line.slice(end);
    this.cursor = start;
    this._refreshLine();
    return deleted;
  },

  _deleteLeft() {
    if (this.cursor > 0) this._deleteRange(this.cursor - lengthBefore(this.line, this.cursor), this.cursor);
  },
  _deleteRight() {
    if (this.cursor < this.line.length) this._deleteRange(this.cursor, this.cursor + lengthAfter(this.line, this.cursor));
  },
  _deleteWordLeft() {
    if (this.cursor > 0) this._deleteRange(wordStart(this.line, this.cursor), this.cursor);
  },
  _deleteWordRight() {
    if (this.cursor >= this.line.length) return;
    const word = kWordToDelete.exec(this.line.slice(this.cursor))[0];
    this._deleteRange(this.cursor, this.cursor + word.length);
  },
  _deleteLineLeft() {
    this._kill(this._deleteRange(0, this.cursor));
  },
  _deleteLineRight() {
    this._kill(this._deleteRange(this.cursor, this.line.length));
  },
  // Exchanges the characters on both sides of the cursor, or the last two at the end of the line.
  _transpose() {
    const end = Math.min(this.cursor + lengthAfter(this.line, this.cursor), this.line.length);
    const middle = end - lengthBefore(this.line, end);
    const start = middle - lengthBefore(this.line, middle);
    if (start >= middle) return;
    this._beforeEdit();
    this.line = this.line.slice(0, start) + this.line.slice(middle, end) + this.line.slice(start, middle) + this.line.slice(end);
    this.cursor = end;
    this._refreshLine();
  },

  // ---- What was deleted comes back ---------------------------------------------------------------

  _kill(text) {
    if (text === '') return;
    this._killRing ??= [];
    this._killRing.unshift(text);
    this._killIndex = 0;
    if (this._killRing.length > kMaxKills) this._killRing.pop();
  },

  _yank() {
    if (this._killRing === undefined || this._killRing.length === 0) return;
    const text = this._killRing[this._killIndex];
    this._yanked = text.length;
    this._insertString(text);
  },

  // Puts the entry before in the place of what was just yanked.
  _yankPop() {
    if (!this._yanked || this._killRing.length < 2) return;
    this._killIndex = (this._killIndex + 1) % this._killRing.length;
    const text = this._killRing[this._killIndex];
    const start = this.cursor - this._yanked;
    this.line = this.line.slice(0, start) + text + this.line.slice(this.cursor);
    this.cursor = start + text.length;
    this._yanked = text.length;
    this._refreshLine();
  },

  // Remembers the line as it is, for undo.
  _beforeEdit() {
    this._undoStack ??= [];
    this._undoStack.push({ line: this.line, cursor: this.cursor });
    if (this._undoStack.length > kMaxUndo) this._undoStack.shift();
  },

  _exchange(from, to) {
    const state = from.pop();
    if (state === undefined) return;
    to.push({ line: this.line, cursor: this.cursor });
    this.line = state.line;
    this.cursor = state.cursor;
    this._refreshLine();
  },
  _undo() {
    this._exchange(this._undoStack ??= [], this._redoStack ??= []);
  },
  _redo() {
    this._exchange(this._redoStack ??= [], this._undoStack ??= []);
  },

  // ---- Ctrl-Z --------------------------------------------------------------------------------------

  // Stops the process as the terminal would; draws the line again when it goes on.
  _suspend() {
    if (process.platform === 'win32') return;
    if (this.listenerCount('SIGTSTP') > 0) {
      this.emit('SIGTSTP');
      return;
    }
    process.once('SIGCONT', () => {
      if (!this.paused) {
        this.pause();
        this.emit('SIGCONT');
      }
      this._setRawMode(true);
      this._refreshLine();
    });
    this._setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
  },
};
