// While a line is typed: what it would give, in grey below it, and how it may go on, in grey behind it.
'use strict';

const { inspect } = require('internal/util/inspect');
const { charWidth, getStringWidth } = require('internal/util/string_width');
const { clearLine, cursorTo, moveCursor } = require('internal/terminal');
const { commonPrefix } = require('internal/readline/completion');
const { evaluateQuietly } = require('internal/repl/inspection');

const kMaxColumns = 250;
const kOptions = { colors: false, depth: 1, showHidden: false };

// As much of `text` as fits into `columns`.
function beginning(text, columns) {
  let result = '';
  for (const character of text) {
    columns -= charWidth(character);
    if (columns < 0) break;
    result += character;
  }
  return result;
}

class Preview {
  // What was typed when a result was shown below, null when none is shown.
  #shown = null;
  // What is shown behind the line, null when nothing is.
  #suffix = null;
  // The line for which the escape key has refused the suffix.
  #refused = null;
  #moving = true;

  constructor(repl) {
    this.repl = repl;
    this.active = process.env.TERM !== 'dumb';
  }

  // Rows and columns of the cursor and of the end of the line.
  #positions() {
    const { repl } = this;
    return { cursor: repl.getCursorPos(), end: repl._getDisplayPos(repl._prompt + repl.line) };
  }

  // Goes to the end of the line, does `action`, and comes back.
  #atEnd(action) {
    const { output, line, cursor } = this.repl;
    const at = this.#positions();
    const away = line.length !== cursor;
    if (away) {
      cursorTo(output, at.end.cols);
      moveCursor(output, 0, at.end.rows - at.cursor.rows);
    }
    action();
    return { at, away };
  }

  #isAtEnd() {
    const { line, cursor } = this.repl;
    return line.length === cursor;
  }

  // Takes away what is shown; `key` is what was typed then.
  beforeKey(key) {
    const { repl } = this;
    if (this.#shown !== null) {
      const { cursor, end } = this.#positions();
      const rows = end.rows - cursor.rows + 1;
      moveCursor(repl.output, 0, rows);
      clearLine(repl.output, 0);
      moveCursor(repl.output, 0, -rows);
      this.#shown = null;
    }
    if (this.#suffix !== null) {
      const suffix = this.#suffix;
      const { at, away } = this.#atEnd(() => clearLine(repl.output, 1));
      if (away) {
        cursorTo(repl.output, at.cursor.cols);
        moveCursor(repl.output, 0, at.cursor.rows - at.end.rows);
      }
      if (!key.ctrl && !key.shift) {
        if (key.name === 'escape') {
          if (this.#refused === null && key.meta) this.#refused = repl.line;
        } else if ((key.name === 'return' || key.name === 'enter') && !key.meta && this.#refused !== repl.line && this.#isAtEnd()) {
          repl._insertString(suffix);
        }
      }
      this.#suffix = null;
    }
    if (this.#refused !== repl.line) this.#refused = null;
  }

  clear() {
    this.beforeKey({ ctrl: true });
  }

  // The line was drawn anew, which has taken away everything.
  refreshed() {
    this.#shown = null;
    this.show();
  }

  // The cursor was to move behind the end of the line: the suffix is meant.
  movedBehindEnd() {
    if (this.active && this.#moving && typeof this.repl.completer === 'function') this.#complete(this.repl.line, true);
  }

  // What `action` does with the cursor is not meant for the suffix.
  withoutSuffix(action) {
    this.#moving = false;
    try {
      action();
    } finally {
      this.#moving = true;
    }
  }

  show() {
    const { repl } = this;
    if (!this.active || this.#shown !== null || !repl.isCompletionEnabled || repl.closed) return;
    const line = repl.line.trim();
    if (line === '') return;
    this.#complete(repl.line, false);
    // Unfinished text has no value of its own.
    if (repl._bufferedCommand !== '') return;
    const text = this.#evaluate(this.#isAtEnd() ? line + (this.#suffix ?? '') : line);
    if (text === null || text === line) return;
    this.#shown = line;
    this.#print(text);
  }

  #complete(line, insert) {
    const { repl } = this;
    if (this.#suffix !== null || (!insert && repl.editorMode)) return;
    repl.complete(line, (error, result) => {
      if (error || line !== repl.line) return;
      const part = result[1] ?? '';
      const prefix = commonPrefix(result[0].filter((text) => text !== ''));
      if (prefix.length <= part.length) return;
      const suffix = prefix.slice(part.length);
      if (insert) {
        repl._insertString(suffix);
        return;
      }
      if (this.#refused === repl.line) return;
      this.#suffix = suffix;
      const shown = repl.useColors ? `\x1b[90m${suffix}\x1b[39m` : ` // ${suffix}`;
      const { at } = this.#atEnd(() => repl.output.write(shown));
      const behind = repl._getDisplayPos(repl._prompt + repl.line + (repl.useColors ? suffix : shown));
      cursorTo(repl.output, at.cursor.cols);
      moveCursor(repl.output, 0, at.cursor.rows - behind.rows);
    });
  }

  #evaluate(line) {
    const text = line.startsWith('{') && !line.endsWith(';') ? `(${line})` : line;
    const isStrict = this.repl._isStrict() || process.execArgv.some((option) => /^--use[-_]strict$/i.test(option));
    const strict = this.#suffix === null && isStrict;
    const outcome = evaluateQuietly(this.repl, text, strict) ?? (text === line ? null : evaluateQuietly(this.repl, line, strict));
    if (outcome === null) return null;
    const { value } = outcome;
    if (value === undefined && (this.repl.ignoreUndefined || !this.repl.useColors)) return null;
    // The value itself may run code of the program when it is inspected.
    try {
      return typeof value === 'object' || typeof value === 'function' ?
        inspect(value, { ...kOptions, breakLength: Infinity, compact: true }) : inspect(value, kOptions);
    } catch {
      return null;
    }
  }

  #print(text) {
    const { repl } = this;
    const columns = Math.min(repl.columns, kMaxColumns);
    const lineEnd = text.indexOf('\n');
    if (lineEnd !== -1) text = text.slice(0, lineEnd);
    const mark = repl.useColors ? '' : '// ';
    if (mark.length + getStringWidth(text) > columns) text = `${beginning(text, columns - mark.length - 4)}...`;
    const { cursor, end } = this.#positions();
    const rows = end.rows - cursor.rows;
    moveCursor(repl.output, 0, rows);
    repl.output.write(`\n${repl.useColors ? `\x1b[90m${text}\x1b[39m` : mark + text}`);
    cursorTo(repl.output, cursor.cols);
    moveCursor(repl.output, 0, -rows - 1);
  }
}

module.exports = { Preview };
