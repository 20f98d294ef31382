// How an interface draws its prompt and its line on a terminal, over as many rows as they take.
'use strict';

const { charWidth, stripControlSequences } = require('internal/util/string_width');
const { clearScreenDown, cursorTo, moveCursor } = require('internal/terminal');

// Goes on from { offset, rows } over `text`; offset counts columns since the last line end, however many rows they take.
function advance(at, text, columns, tabSize) {
  let { offset, rows } = at;
  for (const character of stripControlSequences(text)) {
    if (character === '\n') {
      rows += Math.ceil(offset / columns) || 1;
      offset = 0;
    } else if (character === '\t') {
      offset += tabSize - offset % tabSize;
    } else {
      const width = charWidth(character);
      // A wide character that does not fit into the last column goes to the next row.
      if (width === 2 && (offset + 1) % columns === 0) offset++;
      offset += width;
    }
  }
  return { offset, rows };
}

function toPosition({ offset, rows }, columns) {
  const cols = offset % columns;
  return { cols, rows: rows + (offset - cols) / columns };
}

module.exports = {
  // Where the cursor is after `text` was written from the first column on: { cols, rows }.
  _getDisplayPos(text) {
    return toPosition(advance({ offset: 0, rows: 0 }, `${text}`, this.columns, this.tabSize), this.columns);
  },

  // Adds `text` at the end of the line, where the cursor is. Whether it goes on in another row. What the line measures is kept: a
  // paste adds characters one by one, and measuring all of the line for each would take the square of its length.
  _append(text) {
    const { columns, tabSize, _prompt: prompt } = this;
    let end = this._lineEndMeasured;
    if (end === undefined || end.line !== this.line || end.prompt !== prompt || end.columns !== columns || end.tabSize !== tabSize) {
      end = advance({ offset: 0, rows: 0 }, prompt + this.line, columns, tabSize);
    }
    this.line += text;
    this.cursor = this.line.length;
    const after = advance(end, text, columns, tabSize);
    this._lineEndMeasured = { ...after, line: this.line, prompt, columns, tabSize };
    return toPosition(end, columns).rows < toPosition(after, columns).rows;
  },

  getCursorPos() {
    return this._getDisplayPos(this._prompt + this.line.slice(0, this.cursor));
  },

  _getCursorPos() {
    return this.getCursorPos();
  },

  // Draws prompt and line anew.
  _refreshLine() {
    const text = this._prompt + this.line;
    const end = this._getDisplayPos(text);
    const cursor = this.getCursorPos();
    const rowsUp = this.prevRows || 0;
    if (rowsUp > 0) moveCursor(this.output, 0, -rowsUp);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this._writeToOutput(text);
    // The terminal goes to the next row only with the next character.
    if (end.cols === 0) this._writeToOutput(' ');
    cursorTo(this.output, cursor.cols);
    if (end.rows > cursor.rows) moveCursor(this.output, 0, cursor.rows - end.rows);
    this.prevRows = cursor.rows;
  },

  // Moves by `distance` units of the line.
  _moveCursor(distance) {
    if (distance === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(0, this.cursor + distance), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
    else this._refreshLine();
  },

  // Leaves the line: the next thing written begins on a row of its own.
  clearLine() {
    this._moveCursor(Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },
};
