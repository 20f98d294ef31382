// The lines of earlier sessions, kept in a file that only its owner may read.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { validateFunction } = require('internal/validators');

// Lines that are pasted make one write.
const kDelay = 15;

function warn(repl, text) {
  repl.output.write(text);
  repl.displayPrompt();
}

// The file to use, '' for none, or undefined after a warning.
function fileFor(repl, file) {
  if (typeof file === 'string') return file.trim();
  try {
    return path.join(os.homedir(), '.node_repl_history');
  } catch (error) {
    warn(repl, '\nError: Could not get the home directory.\nREPL session history will not be persisted.\n');
    require('util').debuglog('repl')(error.stack);
    return undefined;
  }
}

// The first who looks for earlier lines is told why there are none.
function explainOnFirstUse(repl) {
  repl._historyPrev = () => {
    delete repl._historyPrev;
    if (repl.history.length > 0) return repl._historyPrev();
    repl.output.write('\nPersistent history support disabled. Set the NODE_REPL_HISTORY environment\n' +
      'variable to a valid, user-writable path to enable.\n');
    repl.displayPrompt();
  };
}

// Fills repl.history from `file` (by default ~/.node_repl_history, '' for none) and adds each line to it from now on.
function setupHistory(repl, file, callback) {
  validateFunction(callback, 'callback');
  file = fileFor(repl, file);
  if (file === '' || file === undefined) {
    explainOnFirstUse(repl);
    return process.nextTick(callback, null, repl);
  }
  repl.pause();
  fs.open(file, 'a+', 0o600, (error, fd) => {
    if (error) {
      warn(repl, '\nError: Could not open history file.\nREPL session history will not be persisted.\n');
      require('util').debuglog('repl')(error.stack);
      explainOnFirstUse(repl);
      repl.resume();
      return callback(null, repl);
    }
    fs.close(fd, (closeError) => {
      if (closeError) return callback(closeError);
      read(repl, file, callback);
    });
  });
}

function read(repl, file, callback) {
  fs.readFile(file, 'utf8', (error, text) => {
    if (error) return callback(error);
    repl.history = text === '' ? [] : text.split(/[\n\r]+/, repl.historySize);
    fs.open(file, 'r+', (openError, fd) => {
      if (openError) return callback(openError);
      keep(repl, fd);
      if (!repl.closed) repl.resume();
      callback(null, repl);
    });
  });
}

// Writes the history to `fd` some time after each line.
function keep(repl, fd) {
  let timer = null;
  let writing = false;
  let again = false;
  repl._flushing = false;
  repl.on('line', () => {
    repl._flushing = true;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(flush, kDelay);
  });
  repl.once('exit', () => {
    if (!repl._flushing) fs.close(fd, () => {});
  });

  function flush() {
    timer = null;
    if (writing) {
      again = true;
      return;
    }
    writing = true;
    const bytes = Buffer.from(repl.history.join(os.EOL));
    fs.ftruncate(fd, 0, (truncateError) => {
      if (truncateError) return written(truncateError);
      fs.write(fd, bytes, 0, bytes.length, 0, written);
    });
  }

  function written() {
    // A disk that is full costs the history, not the session.
    writing = false;
    if (again) {
      again = false;
      timer = setTimeout(flush, kDelay);
    } else if (timer === null) {
      repl._flushing = false;
      repl.emit('flushHistory');
      if (repl.closed) fs.close(fd, () => {});
    }
  }
}

module.exports = { setupHistory };
