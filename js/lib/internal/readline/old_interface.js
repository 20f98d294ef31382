// createInterface(output, completer) of 0.3.1: the program itself passes what was typed to write(), keys included.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { Interface } = require('internal/readline/interface');
const { KeyDecoder } = require('internal/readline/keys');

const kWordEndAfter = /^\W*\w*/;

function isOldForm(output) {
  return typeof output === 'object' && output !== null && typeof output.on !== 'function' &&
    typeof output.write === 'function' && typeof output.fd === 'number' && output.input === undefined;
}

// What the editing methods need of an input; a terminal that cannot be made raw is left as it is.
class TypedInput extends EventEmitter {
  resume() {}
  pause() {}
  setRawMode(raw) {
    if (process.stdin.isTTY !== true) return;
    process.stdin.once('error', () => {});
    process.stdin.setRawMode(raw);
  }
}

class OldInterface extends Interface {
  #keys = new KeyDecoder((text, key) => this._ttyWrite(text, key));
  #text = new StringDecoder('utf8');

  constructor(output, completer) {
    super({
      input: new TypedInput(),
      output,
      completer: typeof completer === 'function' ? (text, callback) => callback(null, completer(text)) : undefined,
      terminal: output.fd < 3 && !process.env.NODE_NO_READLINE,
    });
    this.enabled = this.terminal;
  }

  // A string, a Buffer or an array of bytes: one key, a sequence of one, or many.
  write(data) {
    if (this.closed || data === null || data === undefined) return;
    const text = typeof data === 'string' ? data : this.#text.write(Buffer.from(data));
    if (!this.terminal) {
      this.emit('line', text);
      return;
    }
    for (const character of text) this.#keys.push(character);
    // A call passes whole keys: an ESC that nothing follows is the escape key.
    this.#keys.flush();
  }

  // To the end of the word, not to the start of the next one.
  _wordRight() {
    this._moveCursor(kWordEndAfter.exec(this.line.slice(this.cursor))[0].length);
  }
}

module.exports = { isOldForm, OldInterface };
