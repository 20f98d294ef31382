// Limits that come from the command line.
'use strict';

// Bytes that a head may have; read late, since the start-up snapshot must not hold an option's value.
function maxHeaderSize() {
  const { getOption } = require('internal/options');
  const size = Number(getOption('--max-http-header-size'));
  return size > 0 ? size : 16 * 1024;
}

// Whether parsers take what the standards forbid, unless an option of theirs says otherwise.
function insecureParser() {
  return require('internal/options').getOption('--insecure-http-parser') === true;
}

module.exports = { maxHeaderSize, insecureParser };
