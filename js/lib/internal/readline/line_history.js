// The lines of before: keeping them, and walking through those that begin like the line.
'use strict';

module.exports = {
  // Keeps the line, unless it is blank or the same as the last one; returns it.
  _addHistory() {
    if (this.line.length === 0) return '';
    if (this.historySize === 0 || !this.history || this.line.trim().length === 0) return this.line;
    if (this.history[0] !== this.line) {
      if (this.removeHistoryDuplicates) {
        const same = this.history.indexOf(this.line);
        if (same !== -1) this.history.splice(same, 1);
      }
      this.history.unshift(this.line);
      if (this.history.length > this.historySize) this.history.length = this.historySize;
    }
    this.historyIndex = -1;
    const line = this.history[0];
    // Listeners may take entries out, passwords for example.
    this.emit('history', this.history);
    return line;
  },

  // Goes `step` (1: older, -1: newer) to the next entry that begins with what was typed before the walk began.
  _walkHistory(step) {
    const typed = this._substringSearch ?? '';
    let index = this.historyIndex + step;
    while (index >= 0 && index < this.history.length &&
           (!this.history[index].startsWith(typed) || this.history[index] === this.line)) {
      index += step;
    }
    this._beforeEdit();
    this.line = this.history[index] ?? typed;
    this.historyIndex = index;
    this.cursor = this.line.length;
    this._refreshLine();
  },

  _historyPrev() {
    if (this.historyIndex < this.history.length && this.history.length > 0) this._walkHistory(1);
  },

  _historyNext() {
    if (this.historyIndex >= 0) this._walkHistory(-1);
  },
};
