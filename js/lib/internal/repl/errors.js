// How the REPL shows errors: without the frames that are its own.
'use strict';

const { isNativeError } = require('internal/util/types');

// A frame of the text that was typed, outside of functions; what is below it called the REPL.
const kTopFrame = /^ +at REPL\d+:\d+:\d+$/;

function trimStack(error, strict) {
  let { stack } = error;
  if (typeof stack !== 'string' || stack === '') return;
  const before = stack;
  const lines = stack.split('\n');
  const top = lines.findLastIndex((line) => kTopFrame.test(line));
  if (top !== -1) stack = lines.slice(0, top).join('\n');
  if (error.name === 'SyntaxError') {
    stack = stack.replace(/^REPL\d+:\d+\r?\n/, '').replace(/^\s+at\s.*\n?/gm, '');
  } else if (strict) {
    // The line that makes the text strict does not count.
    stack = stack.replace(/(\s+at\s+REPL\d+:)(\d+)/, (_, file, line) => file + (line - 1));
  }
  if (stack === before) return;
  try {
    error.stack = stack;
  } catch {
    // Frozen: shown as it is.
  }
}

// Text for an error that nobody caught; `writer` formats values.
function describeError(error, writer, strict) {
  let text = '';
  if (typeof error === 'object' && error !== null) {
    if (error.domainThrown) {
      delete error.domain;
      delete error.domainThrown;
    }
    if (isNativeError(error)) {
      trimStack(error, strict);
      text = writer(error);
      // Without a stack inspect() puts brackets around.
      if (text.startsWith('[')) text = text.endsWith(']') ? text.slice(1, -1) : text.replace(/^\[([^\n]*)\] \{/, '$1 {');
    }
  }
  if (text === '') text = writer(error);
  const lines = text.split(/(?<=\n)/);
  const named = lines.findIndex((line) => /^\[?([A-Z][a-z0-9_]*)*Error/.test(line));
  if (named === -1) {
    text = `Uncaught${lines.length === 1 ? ' ' : ':\n'}${text}`;
  } else {
    const breakLength = writer.options?.breakLength ?? 80;
    lines[named] = `Uncaught${breakLength >= lines[named].length ? ' ' : ':\n'}${lines[named]}`;
    text = lines.join('');
  }
  return text.endsWith('\n') ? text : `${text}\n`;
}

module.exports = { describeError };
