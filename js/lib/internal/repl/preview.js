// While a line is typed: what it would give, in grey below it, and how it may go on, in grey behind it.
'use strict';

class Preview {
  constructor(repl) {
    this.repl = repl;
  }
  clear() {}
  beforeKey() {}
  show() {}
}

module.exports = { Preview };
