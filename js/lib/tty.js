// tty: streams that are terminals.
'use strict';

const net = require('net');
const binding = internalBinding('tty');
const { makeSystemError } = internalBinding('errors');
const terminal = require('internal/terminal');
const { codes: { ERR_INVALID_FD, ERR_TTY_INIT_FAILED } } = require('internal/errors');
const { validateInteger } = require('internal/validators');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && binding.isatty(fd);
}

function checkFd(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new ERR_INVALID_FD(fd);
  if (!binding.isatty(fd)) {
    throw new ERR_TTY_INIT_FAILED({ errno: -22, code: 'EINVAL', message: 'invalid argument', syscall: 'uv_tty_init' });
  }
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  checkFd(fd);
  Reflect.apply(net.Socket, this, [{
    highWaterMark: 0, manualStart: true, ...options, fd, readable: true, writable: false,
  }]);
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(ReadStream, net.Socket);

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const errno = binding.setRawMode(this.fd ?? 0, flag);
  if (errno !== 0) {
    this.emit('error', makeSystemError(-errno, 'setRawMode', '', ''));
    return this;
  }
  this.isRaw = flag;
  return this;
};

const resizable = new Set();
let watchingResize = false;

// One listener of SIGWINCH serves all terminals.
function watchResize(stream) {
  resizable.add(stream);
  stream.once('close', () => resizable.delete(stream));
  if (watchingResize) return;
  watchingResize = true;
  process.on('SIGWINCH', () => {
    for (const one of resizable) one._refreshSize();
  });
}

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  checkFd(fd);
  Reflect.apply(net.Socket, this, [{ fd, readable: false, writable: true, manualStart: true }]);
  const size = binding.windowSize(fd);
  if (size !== undefined) [this.columns, this.rows] = size;
  this.isTTY = true;
  watchResize(this);
}
Object.setPrototypeOf(WriteStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(WriteStream, net.Socket);

WriteStream.prototype.isTTY = true;

WriteStream.prototype._refreshSize = function() {
  const size = this.fd === null || this.fd === undefined ? undefined : binding.windowSize(this.fd);
  if (size === undefined) return;
  const changed = size[0] !== this.columns || size[1] !== this.rows;
  [this.columns, this.rows] = size;
  if (changed) this.emit('resize');
};

WriteStream.prototype.getWindowSize = function() {
  return [this.columns, this.rows];
};

WriteStream.prototype.cursorTo = function(x, y, callback) {
  return terminal.cursorTo(this, x, y, callback);
};
WriteStream.prototype.moveCursor = function(dx, dy, callback) {
  return terminal.moveCursor(this, dx, dy, callback);
};
WriteStream.prototype.clearLine = function(direction, callback) {
  return terminal.clearLine(this, direction, callback);
};
WriteStream.prototype.clearScreenDown = function(callback) {
  return terminal.clearScreenDown(this, callback);
};

// Bits of colour that a terminal with this environment shows: 1, 4, 8 or 24.
WriteStream.prototype.getColorDepth = function(env = process.env) {
  return terminal.colorDepthOf(env);
};
WriteStream.prototype.hasColors = function(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  return count <= 2 ** this.getColorDepth(env);
};

module.exports = { isatty, ReadStream, WriteStream };

// Old names.
module.exports.setRawMode = (flag) => process.stdin.setRawMode(flag);
module.exports.getWindowSize = (fd) => {
  const size = binding.windowSize(fd);
  return size === undefined ? undefined : [size[1], size[0]];
};
module.exports.setWindowSize = () => {};
