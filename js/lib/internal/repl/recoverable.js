// Whether text that does not compile only lacks its end.
'use strict';

const { Script } = require('vm');
const { tokenize, closersOf } = require('internal/repl/tokens');

function compiles(text) {
  try {
    new Script(text);
    return true;
  } catch {
    return false;
  }
}

// What V8 may find at the end of text although something could still follow, and texts that could.
const kAtEnd = /^(?:missing \) after|Missing |Illegal |Malformed arrow|Unexpected token|Unexpected strict)/;
const endings = [['', ''], ['=0', ''], [' of []', '{}'], ['finally{}', ''], ['', '{}'], ['', '=>{}']];

// `error` is the SyntaxError of V8 for `text`.
function isRecoverable(error, text) {
  const { message } = error;
  if (message === 'Unexpected end of input' || message === 'Unterminated template literal') return true;
  const scan = tokenize(text);
  if (message === 'Invalid or unexpected token') return scan.unfinished === 'comment' || scan.unfinished === 'string';
  if (scan.unbalanced || !kAtEnd.test(message)) return false;
  const closers = closersOf(scan);
  return endings.some(([filler, tail]) => compiles(`${text}\n${filler}${closers}${tail}`));
}

module.exports = { compiles, isRecoverable };
