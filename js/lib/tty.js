// tty: streams that are terminals.
'use strict';

const net = require('net');
const binding = internalBinding('tty');
const { makeSystemError } = internalBinding('errors');
const { codes: { ERR_INVALID_FD, ERR_INVALID_ARG_TYPE, ERR_INVALID_CURSOR_POS } } = require('internal/errors');
const { validateInteger } = require('internal/validators');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && binding.isatty(fd);
}

function checkFd(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new ERR_INVALID_FD(fd);
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  checkFd(fd);
  Reflect.apply(net.Socket, this, [{ highWaterMark: 0, manualStart: true, ...options, fd, readable: true, writable: false }]);
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

// Control sequences: ECMA-48.
WriteStream.prototype.cursorTo = function(x, y, callback) {
  if (typeof y === 'function') [callback, y] = [y, undefined];
  if (typeof x !== 'number' || Number.isNaN(x)) {
    if (typeof x === 'number') throw new ERR_INVALID_ARG_TYPE('x', 'number', x);
    throw new ERR_INVALID_CURSOR_POS();
  }
  return this.write(typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`, callback);
};
WriteStream.prototype.moveCursor = function(dx, dy, callback) {
  let text = '';
  if (dx < 0) text += `\x1b[${-dx}D`;
  else if (dx > 0) text += `\x1b[${dx}C`;
  if (dy < 0) text += `\x1b[${-dy}A`;
  else if (dy > 0) text += `\x1b[${dy}B`;
  if (text === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return this.write(text, callback);
};
WriteStream.prototype.clearLine = function(direction, callback) {
  return this.write(direction < 0 ? '\x1b[1K' : direction > 0 ? '\x1b[0K' : '\x1b[2K', callback);
};
WriteStream.prototype.clearScreenDown = function(callback) {
  return this.write('\x1b[0J', callback);
};

// Bits of colour that a terminal shows: 1, 4, 8 or 24.
WriteStream.prototype.getColorDepth = function(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    return { '': 4, '1': 4, 'true': 4, '2': 8, '3': 24 }[env.FORCE_COLOR] ?? 1;
  }
  if (env.NODE_DISABLE_COLORS !== undefined || env.NO_COLOR !== undefined || env.TERM === 'dumb') return 1;
  if (env.TMUX) return 24;
  if (env.CI) return ['TRAVIS', 'CIRCLECI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'BUILDKITE', 'DRONE'].some((n) => n in env) ? 8 : 1;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 24;
  const term = (env.TERM ?? '').toLowerCase();
  if (term.includes('truecolor') || term.includes('24bit') || /kitty|iterm|mosh|rxvt-unicode-24bit/.test(term)) return 24;
  if (term.includes('256')) return 8;
  if (env.COLORTERM || /^(screen|xterm|vt100|vt220|rxvt|linux|cygwin|ansi|color|putty|konsole|gnome|st|alacritty)/.test(term)) return 4;
  return 1;
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
