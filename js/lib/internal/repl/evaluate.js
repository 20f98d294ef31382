// How the REPL runs what was typed, unless the program brings its own way.
'use strict';

const vm = require('vm');
const { codes: { ERR_SCRIPT_EXECUTION_INTERRUPTED } } = require('internal/errors');
const { isNativeError } = require('internal/util/types');
const { processTopLevelAwait } = require('internal/repl/await');
const { isRecoverable } = require('internal/repl/recoverable');

const kStrict = '\'use strict\'; void 0;\n';

// What an own eval passes to its callback for text that is not complete yet.
class Recoverable extends SyntaxError {
  constructor(error) {
    super();
    this.err = error;
  }
}
Object.setPrototypeOf(Recoverable, SyntaxError);

const isSyntaxError = (error) => isNativeError(error) && error.name === 'SyntaxError';

// Whether braces at the start may become an object once more is typed.
function isUnfinishedObject(text) {
  if (!/^\s*\{/.test(text)) return false;
  try {
    new vm.Script(`(${text}`);
    return false;
  } catch (error) {
    return isRecoverable(error, `(${text}`);
  }
}

// A script for `text`, or throws; braces at the start are an object rather than a block where both are possible.
function compile(text, filename, strict) {
  const make = (code) => new vm.Script(strict && code.trim() !== '' ? kStrict + code : code, {
    filename,
    displayErrors: true,
  });
  const bare = text.trimEnd();
  if (/^\s*\{/.test(text) && !/;\s*$/.test(text)) {
    try {
      return { script: make(`(${bare})\n`), awaited: false };
    } catch {
      // A block, then.
    }
    try {
      const awaiting = processTopLevelAwait(`(${bare})\n`);
      if (awaiting !== null) return { script: make(awaiting), awaited: true };
    } catch {
      // Not an object that awaits.
    }
  }
  try {
    const awaiting = processTopLevelAwait(text);
    if (awaiting !== null) return { script: make(awaiting), awaited: true };
  } catch (error) {
    const { recoverable } = error;
    delete error.recoverable;
    throw recoverable ? new Recoverable(error) : error;
  }
  try {
    return { script: make(text), awaited: false };
  } catch (error) {
    if (!isSyntaxError(error)) throw error;
    throw isRecoverable(error, text) || isUnfinishedObject(text) ? new Recoverable(error) : error;
  }
}

// Rejects with the interruption when Ctrl-C comes; `cancel` stops waiting for it.
function interruption(repl) {
  let cancel;
  const promise = new Promise((resolve, reject) => {
    const onInterrupt = () => {
      cancel();
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
      const error = new ERR_SCRIPT_EXECUTION_INTERRUPTED();
      Error.stackTraceLimit = limit;
      reject(error);
    };
    cancel = () => {
      process.removeListener('SIGINT', onInterrupt);
      repl._interruptEvaluation = null;
    };
    process.on('SIGINT', onInterrupt);
    repl._interruptEvaluation = onInterrupt;
  });
  promise.catch(() => {});
  return { promise, cancel };
}

// Passes what an awaited script resolves to, while the REPL takes no input.
function settle(repl, promise, callback) {
  const interrupt = repl.breakEvalOnSigint ? interruption(repl) : null;
  repl._pauseInput();
  const done = (...args) => {
    interrupt?.cancel();
    try {
      callback(...args);
    } finally {
      repl._unpauseInput();
    }
  };
  Promise.race(interrupt === null ? [promise] : [promise, interrupt.promise]).then(
    (result) => done(null, result?.value), (error) => done(error));
}

// RegExp.$1 to $9 are those of the last expression that was typed, not of what the REPL itself has matched since.
const kGroups = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const kRestoreGroups = new RegExp(`^${kGroups.map(() => '([^\\0]*)').join('\\0')}$`);
let savedGroups = kGroups.map(() => '');

function restoreGroups() {
  kRestoreGroups.exec(savedGroups.join('\0'));
}

function saveGroups() {
  savedGroups = kGroups.map((group) => RegExp[`$${group}`]);
}

function onStrayInterrupt() {}

// The eval of a REPL without one of its own: callback(error, result).
function defaultEval(text, context, filename, callback) {
  if (text === '\n') return callback(null);
  const repl = this;
  let compiled;
  try {
    compiled = compile(text, filename, repl._isStrict());
  } catch (error) {
    return callback(error);
  }
  const options = { displayErrors: false, breakOnSigint: repl.breakEvalOnSigint };
  // Where Ctrl-C is to interrupt a script, the terminal has to make a signal of it.
  const wasRaw = repl.breakEvalOnSigint ? repl._setRawMode(false) : undefined;
  // A signal that comes just before or after the script must not end the process.
  if (wasRaw !== undefined) process.on('SIGINT', onStrayInterrupt);
  const rawAgain = () => {
    if (wasRaw !== undefined) repl._setRawMode(wasRaw);
    process.removeListener('SIGINT', onStrayInterrupt);
  };
  let result;
  try {
    restoreGroups();
    result = repl.useGlobal ? compiled.script.runInThisContext(options) : compiled.script.runInContext(context, options);
    saveGroups();
  } catch (error) {
    rawAgain();
    if (process.domain) {
      process.domain.emit('error', error);
      process.domain.exit();
      return;
    }
    return callback(error);
  }
  if (compiled.awaited && result) settle(repl, result, callback);
  rawAgain();
  if (!(compiled.awaited && result)) callback(null, result);
}

module.exports = { Recoverable, defaultEval };
