// process.stdin, stdout and stderr: made when first looked at, of the kind that the descriptor is.
'use strict';

const { lazy } = require('internal/process/object');

// Ends and is destroyed without closing the descriptor: the process needs it until it leaves.
function keepOpen(stream) {
  stream.destroySoon = stream.destroy;
  stream._destroy = function(error, callback) {
    callback(error);
    // What is written afterwards still goes out.
    this._undestroy();
    if (!this._writableState.emitClose) process.nextTick(() => this.emit('close'));
  };
}

function makeOutput(fd) {
  const binding = internalBinding('tty');
  const kind = binding.kind(fd);
  let stream;
  switch (kind) {
    case 'tty': {
      const { WriteStream } = require('tty');
      binding.prepare(fd);
      stream = new WriteStream(fd);
      stream._type = 'tty';
      break;
    }
    case 'pipe': {
      const net = require('net');
      binding.prepare(fd);
      stream = new net.Socket({ fd, readable: false, writable: true, sync: true });
      stream._type = 'pipe';
      break;
    }
    case 'file': {
      const SyncWriteStream = require('internal/fs/sync_write_stream');
      stream = new SyncWriteStream(fd, { autoClose: false });
      stream._type = 'fs';
      break;
    }
    default: {
      const { Writable } = require('stream');
      stream = new Writable({ write: (chunk, encoding, callback) => callback() });
    }
  }
  stream.fd = fd;
  stream._isStdio = true;
  keepOpen(stream);
  return stream;
}

function makeInput() {
  const binding = internalBinding('tty');
  const fd = 0;
  let stream;
  switch (binding.kind(fd)) {
    case 'tty': {
      const { ReadStream } = require('tty');
      binding.prepare(fd);
      stream = new ReadStream(fd);
      break;
    }
    case 'pipe': {
      const net = require('net');
      binding.prepare(fd);
      stream = new net.Socket({ fd, readable: true, writable: false, manualStart: true });
      stream._type = 'pipe';
      break;
    }
    case 'file':
      stream = require('fs').createReadStream(null, { fd, autoClose: false });
      break;
    default: {
      const { Readable } = require('stream');
      stream = new Readable({ read() {} });
      stream.push(null);
    }
  }
  stream.fd = fd;
  // A paused stdin must not keep the process running until more comes.
  if (stream._stopReading !== undefined) stream.on('pause', stream._stopReading);
  return stream;
}

lazy('stdin', makeInput);
lazy('stdout', () => makeOutput(1));
lazy('stderr', () => makeOutput(2));

process.openStdin = function() {
  process.stdin.resume();
  return process.stdin;
};
