// The options meant for node itself, read out of execArgv.
'use strict';

const shortNames = { '-e': '--eval', '-p': '--print', '-c': '--check', '-i': '--interactive', '-r': '--require',
                     '-C': '--conditions' };
const withValue = new Set(['--eval', '--require', '--conditions', '--unhandled-rejections', '--title',
                           '--max-http-header-size', '--dns-result-order', '--input-type', '--redirect-warnings']);
const repeated = new Set(['--require', '--conditions']);

const values = new Map();

function set(name, value) {
  if (repeated.has(name)) {
    if (!values.has(name)) values.set(name, []);
    values.get(name).push(value);
  } else {
    values.set(name, value);
  }
}

// Reads the words that the command line's reader in C++ has found valid.
function readOptions(words) {
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '-pe') {
      set('--print', true);
      set('--eval', words[++i]);
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals < 0 ? shortNames[word] ?? word : word.slice(0, equals);
    if (name === '--print') {
      set('--print', true);
      if (equals >= 0) set('--eval', word.slice(equals + 1));
      else if (i + 1 < words.length && words[i + 1][0] !== '-') set('--eval', words[++i]);
    } else if (equals >= 0) {
      set(name, word.slice(equals + 1));
    } else if (withValue.has(name)) {
      set(name, words[++i]);
    } else {
      set(name, true);
    }
  }
}

// undefined when the option was not given; a list for those that may be repeated.
function getOption(name) {
  return values.get(name);
}

module.exports = { readOptions, getOption };
