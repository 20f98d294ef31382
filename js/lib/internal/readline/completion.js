// Completion with the tab key.
'use strict';

const { inspect } = require('internal/util/inspect');
const { getStringWidth } = require('internal/util/string_width');

function commonPrefix(texts) {
  if (texts.length === 0) return '';
  let prefix = texts[0];
  for (const text of texts) {
    let length = 0;
    while (length < prefix.length && prefix[length] === text[length]) length++;
    prefix = prefix.slice(0, length);
  }
  return prefix;
}

// Completions side by side in columns of one width; an empty one ends a group.
function layOut(completions, columns) {
  const widths = completions.map((text) => getStringWidth(text));
  const width = Math.max(...widths) + 2;
  const perRow = columns === Infinity ? 1 : Math.floor(columns / width) || 1;
  let output = '\r\n';
  let inRow = 0;
  let gap = 0;
  completions.forEach((text, i) => {
    if (text === '' || inRow === perRow) {
      output += '\r\n';
      inRow = 0;
      gap = 0;
    } else {
      output += ' '.repeat(gap);
    }
    if (text === '') {
      output += '\r\n';
      return;
    }
    output += text;
    gap = width - widths[i];
    inRow++;
  });
  return inRow === 0 ? output : `${output}\r\n\r\n`;
}

const methods = {
  // Asks the completer. Input waits for its answer.
  _tabComplete(lastKeyWasTab) {
    this.pause();
    const text = this.line.slice(0, this.cursor);
    this.completer(text, (error, result) => {
      if (this.closed) return;
      this.resume();
      if (error) this._completionFailed(error);
      else this._tabCompleter(lastKeyWasTab, result);
    });
  },

  _completionFailed(error) {
    this._writeToOutput(`Tab completion error: ${inspect(error)}`);
  },

  // `result` is [completions, the part of the line that they replace].
  _tabCompleter(lastKeyWasTab, result) {
    const completions = result?.[0];
    const part = result?.[1];
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((text) => text !== ''));
    if (prefix.startsWith(part) && prefix.length > part.length) {
      this._insertString(prefix.slice(part.length));
      return;
    }
    if (!part.startsWith(prefix)) {
      const start = this.cursor - part.length;
      this._beforeEdit();
      this.line = this.line.slice(0, start) + prefix + this.line.slice(this.cursor);
      this.cursor = start + prefix.length;
      this._refreshLine();
      return;
    }
    if (!lastKeyWasTab) return;
    this._beforeEdit();
    this._writeToOutput(layOut(completions, this.columns));
    this._refreshLine();
  },
};

module.exports = { commonPrefix, methods };
