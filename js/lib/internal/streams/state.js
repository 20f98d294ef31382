// High-water marks: how much a stream buffers before it asks its producer to stop.
'use strict';

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateInteger } = require('internal/validators');

let defaultBytes = 16 * 1024;
let defaultObjects = 16;

function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaultObjects : defaultBytes;
}

function setDefaultHighWaterMark(objectMode, value) {
  validateInteger(value, 'value', 0);
  if (objectMode) defaultObjects = value;
  else defaultBytes = value;
}

// The mark that `options` ask for; `sideKey` is the option that a duplex has for this side alone.
function getHighWaterMark(objectMode, options, sideKey, isDuplex) {
  let mark = options?.highWaterMark;
  let name = 'highWaterMark';
  if (mark === undefined || mark === null) {
    mark = isDuplex ? options?.[sideKey] : undefined;
    if (mark === undefined || mark === null) return getDefaultHighWaterMark(objectMode);
    name = sideKey;
  }
  if (!Number.isInteger(mark) || mark < 0) throw new ERR_INVALID_ARG_VALUE(`options.${name}`, mark);
  return mark;
}

module.exports = { getDefaultHighWaterMark, getHighWaterMark, setDefaultHighWaterMark };
