// What is written to terminals to move and to clear (ECMA-48), and how many colours one shows.
'use strict';

const { codes: { ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS } } = require('internal/errors');
const { validateFunction } = require('internal/validators');

// Writes `text`; an empty one only calls back.
function send(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || text === '') {
    if (callback !== undefined) process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

function checkNumber(value, name) {
  if (Number.isNaN(value)) throw new ERR_INVALID_ARG_VALUE(name, value);
}

// Column `x` and, when it is a number, row `y`; both count from 0.
function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') [callback, y] = [y, undefined];
  checkNumber(x, 'x');
  checkNumber(y, 'y');
  if (typeof x === 'number') {
    return send(stream, typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`, callback);
  }
  if (typeof y === 'number' && stream) throw new ERR_INVALID_CURSOR_POS();
  return send(stream, '', callback);
}

const move = (distance, forth, back) => {
  if (distance === 0) return '';
  return distance < 0 ? `\x1b[${-distance}${back}` : `\x1b[${distance}${forth}`;
};

function moveCursor(stream, dx, dy, callback) {
  return send(stream, (dx ? move(dx, 'C', 'D') : '') + (dy ? move(dy, 'B', 'A') : ''), callback);
}

// -1: from the cursor to the left, 1: to the right, 0: the whole line.
function clearLine(stream, direction, callback) {
  return send(stream, direction < 0 ? '\x1b[1K' : direction > 0 ? '\x1b[0K' : '\x1b[2K', callback);
}

function clearScreenDown(stream, callback) {
  return send(stream, '\x1b[0J', callback);
}

// ---- Colours -----------------------------------------------------------------------------------

// Bits a colour has.
const kNone = 1;
const kSixteen = 4;
const k256 = 8;
const kAll = 24;

const forced = { '': kSixteen, '1': kSixteen, 'true': kSixteen, '2': k256, '3': kAll };

const kBuilders = ['APPVEYOR', 'BUILDKITE', 'CIRCLECI', 'DRONE', 'GITHUB_ACTIONS', 'GITLAB_CI', 'TRAVIS'];

const programs = { 'HyperTerm': kAll, 'MacTerm': kAll, 'Apple_Terminal': k256 };

// What TERM says, looked up first by the whole name and then by its form.
const terms = {
  'eterm': kSixteen, 'cons25': kSixteen, 'console': kSixteen, 'cygwin': kSixteen, 'dtterm': kSixteen,
  'gnome': kSixteen, 'hurd': kSixteen, 'jfbterm': kSixteen, 'konsole': kSixteen, 'kterm': kSixteen,
  'mlterm': kSixteen, 'putty': kSixteen, 'st': kSixteen,
  'mosh': kAll, 'rxvt-unicode-24bit': kAll, 'terminator': kAll,
};
const kColourful = /ansi|color|linux|^con\d*x\d|^(?:rxvt|screen|xterm|vt100)/;

const isSet = (value) => value !== undefined && value !== '';

let warned = false;

// Who says that there are to be colours, and that there are not to be any, is told once which of them counts.
function warnOfContradiction(env) {
  const ignored = ['NODE_DISABLE_COLORS', 'NO_COLOR'].filter((name) => isSet(env[name])).map((name) => `'${name}'`);
  if (warned || ignored.length === 0) return;
  warned = true;
  process.emitWarning(`The ${ignored.join(' and ')} env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
}

function colorDepthOf(env) {
  if (env.FORCE_COLOR !== undefined) {
    const depth = forced[env.FORCE_COLOR] ?? kNone;
    if (depth !== kNone) warnOfContradiction(env);
    return depth;
  }
  if (env.NODE_DISABLE_COLORS !== undefined || env.NO_COLOR !== undefined || env.TERM === 'dumb') return kNone;
  if (env.TMUX) return k256;
  if (env.CI) return env.CI_NAME === 'codeship' || kBuilders.some((name) => name in env) ? k256 : kNone;
  if ('TEAMCITY_VERSION' in env) {
    return /^(?:9\.0*[1-9]\d*\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? kSixteen : kNone;
  }
  if (env.TERM_PROGRAM === 'iTerm.app') {
    return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? k256 : kAll;
  }
  if (Object.hasOwn(programs, env.TERM_PROGRAM)) return programs[env.TERM_PROGRAM];
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return kAll;
  if (env.TERM) {
    if (env.TERM.startsWith('xterm-256')) return k256;
    const term = env.TERM.toLowerCase();
    if (Object.hasOwn(terms, term)) return terms[term];
    if (kColourful.test(term)) return kSixteen;
  }
  return env.COLORTERM ? kSixteen : kNone;
}

module.exports = { cursorTo, moveCursor, clearLine, clearScreenDown, colorDepthOf };
