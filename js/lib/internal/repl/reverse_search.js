// Ctrl-R and Ctrl-S: looking for a part of a line in the history.
'use strict';

class ReverseSearch {
  constructor(repl) {
    this.repl = repl;
  }
  takes() { return false; }
  cancel() {}
}

module.exports = { ReverseSearch };
