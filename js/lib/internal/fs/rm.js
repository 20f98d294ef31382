// What removing trees needs to know about errors.
'use strict';

const { codes } = require('internal/errors');

const retried = new Set(['EBUSY', 'EMFILE', 'ENFILE', 'ENOTEMPTY', 'EPERM']);

function shouldRetry(error, retries, { maxRetries, recursive }) {
  return recursive && retries < maxRetries && retried.has(error.code);
}

// A directory that was not to be removed with all it holds.
function toRemoveError(path) {
  const { EISDIR } = require('os').constants.errno;
  return new codes.ERR_FS_EISDIR({
    code: 'EISDIR', message: 'is a directory', path: `${path}`, syscall: 'rm', errno: EISDIR,
  });
}

let warned = false;

function warnOfRecursiveRmdir() {
  if (warned) return;
  warned = true;
  process.emitWarning(
    'In future versions of Node.js, fs.rmdir(path, { recursive: true }) will be removed. ' +
    'Use fs.rm(path, { recursive: true }) instead', 'DeprecationWarning', 'DEP0147');
}

module.exports = { shouldRetry, toRemoveError, warnOfRecursiveRmdir };
