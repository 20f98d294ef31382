// process.stdin, stdout and stderr: made when first looked at, of the kind that the descriptor is.
'use strict';

const { lazy } = require('internal/process/object');

// 'tty', 'file', 'pipe' (pipes and sockets), or 'none' for a descriptor that is not open.
function kindOf(fd) {
  const { isatty } = internalBinding('tty');
  if (isatty(fd)) return 'tty';
  let stats;
  try {
    stats = require('fs').fstatSync(fd);
  } catch {
    return 'none';
  }
  return stats.isFIFO() || stats.isSocket() ? 'pipe' : 'file';
}

// Ends and destroys without closing the descriptor: the process needs it until it leaves.
function keepOpen(stream) {
  stream._type ??= 'fs';
  stream.destroySoon = stream.destroy;
  stream._destroy = function(error, callback) {
    callback(error);
  };
}

function makeOutput(fd) {
  let stream;
  switch (kindOf(fd)) {
    case 'tty':
      stream = new (require('tty').WriteStream)(fd);
      stream._type = 'tty';
      break;
    case 'pipe': {
      const net = require('net');
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
      stream = new Writable({ write(chunk, encoding, callback) { callback(); } });
    }
  }
  stream.fd = fd;
  stream._isStdio = true;
  keepOpen(stream);
  return stream;
}

function makeInput() {
  const fd = 0;
  let stream;
  switch (kindOf(fd)) {
    case 'tty':
      stream = new (require('tty').ReadStream)(fd);
      break;
    case 'pipe': {
      const net = require('net');
      stream = new net.Socket({ fd, readable: true, writable: false, manualStart: true });
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
  return stream;
}

lazy('stdin', makeInput);
lazy('stdout', () => makeOutput(1));
lazy('stderr', () => makeOutput(2));

process.openStdin = function() {
  process.stdin.resume();
  return process.stdin;
};
