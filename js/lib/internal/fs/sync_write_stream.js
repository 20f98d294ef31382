// A Writable whose writes are done when write() returns: process.stdout and stderr on files.
'use strict';

const { Writable } = require('stream');
const { closeSync, writeSync } = require('internal/fs/sync');

const kEagainPauseMs = 1;

// Descriptors shared with others may have been made non-blocking by them.
function writeAll(fd, bytes) {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      internalBinding('fs').sleep(kEagainPauseMs);
    }
  }
}

function SyncWriteStream(fd, options) {
  if (!(this instanceof SyncWriteStream)) return new SyncWriteStream(fd, options);
  Reflect.apply(Writable, this, [{ autoDestroy: true }]);
  this.fd = fd;
  this.readable = false;
  this.autoClose = options === undefined || options.autoClose === undefined ? true : options.autoClose;
  return this;
}
Object.setPrototypeOf(SyncWriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(SyncWriteStream, Writable);

SyncWriteStream.prototype._write = function(chunk, encoding, callback) {
  try {
    writeAll(this.fd, chunk);
  } catch (error) {
    return callback(error);
  }
  callback();
};

SyncWriteStream.prototype._destroy = function(error, callback) {
  if (this.fd === null) return callback(error);
  const { fd } = this;
  this.fd = null;
  if (this.autoClose) {
    try {
      closeSync(fd);
    } catch (closeError) {
      error ??= closeError;
    }
  }
  callback(error);
};

SyncWriteStream.prototype.destroySoon = SyncWriteStream.prototype.destroy;

module.exports = SyncWriteStream;
