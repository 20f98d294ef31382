// process.emitWarning and what is printed when nobody silenced it.
'use strict';

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { getOption } = require('internal/options');

// The file that --redirect-warnings names, or standard error.
function write(text) {
  const fs = require('fs');
  const file = getOption('--redirect-warnings') ?? process.env.NODE_REDIRECT_WARNINGS;
  if (file) {
    try {
      fs.appendFileSync(file, `${text}\n`);
      return;
    } catch {
      // What cannot be redirected is shown.
    }
  }
  try {
    require('console').error(text);
  } catch {
    // No stderr: a warning has nowhere else to go.
  }
}

let printing = false;
let hinted = false;

function onWarning(warning) {
  if (!(warning instanceof Error)) return;
  const deprecation = warning.name === 'DeprecationWarning';
  if (deprecation && process.noDeprecation) return;
  if (getOption('--no-warnings') || process.env.NODE_NO_WARNINGS === '1') return;
  const trace = process.traceProcessWarnings || getOption('--trace-warnings') ||
    (deprecation && process.traceDeprecation);
  let text = `(node:${process.pid}) `;
  if (warning.code) text += `[${warning.code}] `;
  text += trace && warning.stack ? warning.stack : `${warning.name}: ${warning.message}`;
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  if (!trace && !hinted) {
    const flag = deprecation ? '--trace-deprecation' : '--trace-warnings';
    text += `\n(Use \`node ${flag} ...\` to show where the warning was created)`;
    hinted = true;
  }
  write(text);
}

// At once, where emitWarning() waits for the next tick.
function deliver(warning) {
  if (!printing) {
    printing = true;
    process.on('warning', onWarning);
  }
  process.emit('warning', warning);
}

function throwWarning(warning) {
  throw warning;
}

function emitWarning(warning, type, code, ctor) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = '';
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    const text = warning;
    warning = new Error(text);
    warning.name = String(type || 'Warning');
    if (code) warning.code = code;
    if (detail !== undefined) warning.detail = detail;
    Error.captureStackTrace(warning, ctor || process.emitWarning);
  } else if (!(warning instanceof Error)) {
    throw new ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) return process.nextTick(throwWarning, warning);
  }
  process.nextTick(deliver, warning);
}

module.exports = { deliver, emitWarning };
