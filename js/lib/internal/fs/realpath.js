// Which part of a path cannot be resolved: for the errors of realpath.
'use strict';

// The absolute prefixes of `path`, shortest first.
function prefixesOf(path) {
  const whole = require('path').resolve(typeof path === 'string' ? path : `${path}`);
  const prefixes = [];
  for (let at = whole.indexOf('/', 1); at !== -1; at = whole.indexOf('/', at + 1)) prefixes.push(whole.slice(0, at));
  prefixes.push(whole);
  return prefixes;
}

module.exports = { prefixesOf };
