// String.prototype.isWellFormed() and toWellFormed(): halves of surrogate pairs.
'use strict';

const { uncurry } = require('internal/polyfills/abstract');

const charCodeAt = uncurry(String.prototype.charCodeAt);
const slice = uncurry(String.prototype.slice);

// Where the first half without its other half is, from `start` on; -1 if there is none.
function findLoneSurrogate(text, start) {
  for (let i = start; i < text.length; i++) {
    const unit = charCodeAt(text, i);
    if ((unit & 0xF800) !== 0xD800) continue;
    const isPair = unit < 0xDC00 && i + 1 < text.length && (charCodeAt(text, i + 1) & 0xFC00) === 0xDC00;
    if (!isPair) return i;
    i++;
  }
  return -1;
}

function textOf(value, method) {
  if (value === null || value === undefined) {
    throw new TypeError(`String.prototype.${method} called on null or undefined`);
  }
  return `${value}`;
}

const stringMethods = {
  isWellFormed() {
    return findLoneSurrogate(textOf(this, 'isWellFormed'), 0) < 0;
  },

  toWellFormed() {
    const text = textOf(this, 'toWellFormed');
    let result = '';
    let done = 0;
    for (let at = findLoneSurrogate(text, 0); at >= 0; at = findLoneSurrogate(text, done)) {
      result += `${slice(text, done, at)}\uFFFD`;
      done = at + 1;
    }
    return done === 0 ? text : result + slice(text, done);
  },
};

module.exports = { stringMethods };
