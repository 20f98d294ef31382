// Keys out of what a terminal sends: characters, control characters and the sequences of ECMA-48, xterm, rxvt, PuTTY and Cygwin.
'use strict';

const { StringDecoder } = require('string_decoder');

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const kEscape = '\x1b';
const kEscapeTimeout = 500;
// A sequence that is longer than this is not one.
const kMaxSequence = 32;

// Sequences that may still grow; the first alternative is ESC itself, alone or twice (meta).
const kUnfinished = /^\x1b\x1b?(?:$|O\d?$|\[\[?[\d;:<=>?]*$)/;
const kFunctionKey = /^(\d{1,3})(?:;(\d+))?([~^$])$/;
const kLetterKey = /^(?:\d;(\d{1,2})|(\d))?([A-Za-z])$/;

// By what follows ESC [ or ESC O.
const kLetters = { A: 'up', B: 'down', C: 'right', D: 'left', E: 'clear', F: 'end', H: 'home', P: 'f1', Q: 'f2', R: 'f3', S: 'f4' };
const kNumbers = {
  1: 'home', 2: 'insert', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end',
  11: 'f1', 12: 'f2', 13: 'f3', 14: 'f4', 15: 'f5', 17: 'f6', 18: 'f7', 19: 'f8', 20: 'f9', 21: 'f10', 23: 'f11', 24: 'f12',
  200: 'paste-start', 201: 'paste-end',
};
const kConsoleKeys = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };  // ESC [ [ A: the Linux console

// Bits of a modifier parameter less one.
const kShift = 1;
const kMeta = 2 | 8;
const kControl = 4;

function makeKey(sequence) {
  return { sequence, name: undefined, ctrl: false, meta: false, shift: false };
}

// The name for the `code` of a sequence; rxvt says shift and control in the code itself.
function nameByCode(code, key) {
  const introducer = code[0];
  const last = code[code.length - 1];
  if (code === '[Z') {
    key.shift = true;
    return 'tab';
  }
  if (code.length === 2) {
    const name = kLetters[last];
    if (name !== undefined) return name;
    if (last >= 'a' && last <= 'e') {
      key[introducer === 'O' ? 'ctrl' : 'shift'] = true;
      return kLetters[last.toUpperCase()];
    }
    return 'undefined';
  }
  if (code.startsWith('[[')) {
    return kConsoleKeys[code.slice(2)] ?? (/^\[\[[56]~$/.test(code) ? kNumbers[code[2]] : 'undefined');
  }
  const number = code.slice(1, -1);
  if (last === '~') return kNumbers[number] ?? 'undefined';
  if ((last === '$' || last === '^') && /^[235678]$/.test(number)) {
    key[last === '^' ? 'ctrl' : 'shift'] = true;
    return kNumbers[number];
  }
  return 'undefined';
}

// A key for ESC [ ... or ESC O ...
function sequenceKey(sequence) {
  const key = makeKey(sequence);
  let rest = sequence.slice(sequence[1] === kEscape ? 2 : 1);
  let code = rest[0];
  rest = rest.slice(1);
  let modifier = 0;
  if (code === 'O') {
    if (rest.length === 2) {
      modifier = rest[0] - 1;
      rest = rest[1];
    }
    code += rest;
  } else {
    if (rest[0] === '[') {
      code += '[';
      rest = rest.slice(1);
    }
    const number = kFunctionKey.exec(rest);
    const letter = kLetterKey.exec(rest);
    if (number !== null) {
      code += number[1] + number[3];
      modifier = (number[2] ?? 1) - 1;
    } else if (letter !== null) {
      code += letter[3];
      modifier = (letter[1] ?? letter[2] ?? 1) - 1;
    } else {
      code += rest;
    }
  }
  key.ctrl = (modifier & kControl) !== 0;
  key.meta = (modifier & kMeta) !== 0;
  key.shift = (modifier & kShift) !== 0;
  key.code = code;
  key.name = nameByCode(code, key);
  return key;
}

// A key for one character; after ESC (`escaped`) it is the one of meta and the character. '' after ESC is the escape key.
function characterKey(sequence, character, escaped) {
  const key = makeKey(sequence);
  switch (character) {
    case '\r': key.name = 'return'; key.meta = escaped; return key;
    case '\n': key.name = 'enter'; key.meta = escaped; return key;
    case '\t': key.name = 'tab'; key.meta = escaped; return key;
    case '\b':
    case '\x7f': key.name = 'backspace'; key.meta = escaped; return key;
    case ' ': key.name = 'space'; key.meta = escaped; return key;
    case '':
    case kEscape: key.name = 'escape'; key.meta = escaped; return key;
  }
  if (!escaped && character <= '\x1a') {
    key.name = String.fromCharCode(character.charCodeAt(0) + 0x60);
    key.ctrl = true;
  } else if (/^[0-9A-Za-z]$/.test(character)) {
    key.name = character.toLowerCase();
    key.shift = character >= 'A' && character <= 'Z';
    key.meta = escaped;
  } else if (escaped) {
    key.meta = true;
  }
  return key;
}

// Takes characters and calls back with (text, key); text is undefined for what is not to be inserted.
class KeyDecoder {
  #pending = '';
  #emit;

  constructor(emit) {
    this.#emit = emit;
  }

  // Whether the last character was an ESC, which may be a key or begin a sequence: the time that passes decides.
  get escapePending() {
    return this.#pending.endsWith(kEscape);
  }

  push(character) {
    const sequence = this.#pending + character;
    if (sequence.length < kMaxSequence && kUnfinished.test(sequence)) {
      this.#pending = sequence;
      return;
    }
    this.#pending = '';
    const introducer = sequence[0] !== kEscape ? '' : sequence[1] === kEscape ? sequence[2] : sequence[1];
    if ((introducer === '[' || introducer === 'O') && sequence.length > 2) {
      this.#deliver(undefined, sequenceKey(sequence));
    } else {
      const escaped = sequence[0] === kEscape;
      this.#deliver(escaped ? undefined : sequence, characterKey(sequence, character, escaped));
    }
  }

  // The time for more after an ESC is over.
  flush() {
    const sequence = this.#pending;
    if (!this.escapePending) return;
    this.#pending = '';
    this.#deliver(undefined, characterKey(sequence, '', true));
  }

  #deliver(text, key) {
    this.#emit(text, key);
  }
}

const decoding = new WeakSet();

// Makes `stream` emit 'keypress' (text, key) for its input, from the first listener on. `iface` says how long to wait after an ESC,
// and is told whether it deals with a single key or with pasted text.
function emitKeypressEvents(stream, iface = undefined) {
  if (typeof stream?.on !== 'function') throw new ERR_INVALID_ARG_TYPE('stream', 'Stream', stream);
  if (decoding.has(stream)) return;
  decoding.add(stream);
  const text = new StringDecoder('utf8');
  const keys = new KeyDecoder((characters, key) => stream.emit('keypress', characters, key));
  let timer;

  function onData(input) {
    if (stream.listenerCount('keypress') === 0) {
      // Nobody listens any more: start anew with the next listener.
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const string = text.write(input);
    if (string === '') return;
    clearTimeout(timer);
    const characters = [...string];
    if (iface !== undefined) iface._sawKeyPress = characters.length === 1;
    try {
      for (let i = 0; i < characters.length; i++) {
        if (iface !== undefined) iface.isCompletionEnabled = i === characters.length - 1;
        keys.push(characters[i]);
      }
    } finally {
      if (iface !== undefined) iface.isCompletionEnabled = true;
    }
    if (keys.escapePending) timer = setTimeout(() => keys.flush(), iface?.escapeCodeTimeout ?? kEscapeTimeout);
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { KeyDecoder, emitKeypressEvents, kEscapeTimeout };
