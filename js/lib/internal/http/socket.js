// The socket object of a native server connection: a net.Socket whose reading and writing C++ does. Also the way
// back: an ordinary socket for a connection that C++ has given up.
'use strict';

const net = require('net');
const native = require('internal/http/native');

const kNumber = Symbol('kNumber');
const kPendingWrite = Symbol('kPendingWrite');
const kIdleTimer = Symbol('kIdleTimer');
const kDetached = Symbol('kDetached');
const kEnds = Symbol('kEnds');
const kWritten = Symbol('kWritten'); // bytes, once the connection is gone
const kRead = Symbol('kRead');

// `drain` and `close` are the symbols under which native.js calls.
class ConnectionSocket extends net.Socket {
  constructor(number, drain, close) {
    super({ allowHalfOpen: true, manualStart: true });
    this[kNumber] = number;
    this[kPendingWrite] = null;
    this[kIdleTimer] = null;
    this[kDetached] = false;
    this[kEnds] = undefined;
    this.connecting = false;
    this[drain] = onDrain;
    this[close] = onClose;
    const ends = native.getHub().ends(number);
    if (ends === undefined) super.destroy();
    else this[kEnds] = readEnds(ends);
  }

  get readyState() {
    if (this[kDetached]) return super.readyState;
    return this.destroyed ? 'closed' : 'open';
  }
  get pending() { return this[kDetached] ? super.pending : false; }
  get remoteAddress() { return this[kDetached] ? super.remoteAddress : this[kEnds]?.remoteAddress; }
  get remotePort() { return this[kDetached] ? super.remotePort : this[kEnds]?.remotePort; }
  get remoteFamily() { return this[kDetached] ? super.remoteFamily : this[kEnds]?.remoteFamily; }
  get localAddress() { return this[kDetached] ? super.localAddress : this[kEnds]?.localAddress; }
  get localPort() { return this[kDetached] ? super.localPort : this[kEnds]?.localPort; }
  get localFamily() { return this[kDetached] ? super.localFamily : this[kEnds]?.localFamily; }
  get bytesWritten() {
    return this[kDetached] ? super.bytesWritten : this[kWritten] ?? native.getHub().bytesWritten(this[kNumber]);
  }
  get bytesRead() {
    return this[kDetached] ? super.bytesRead : this[kRead] ?? native.getHub().bytesRead(this[kNumber]);
  }
  address() {
    if (this[kDetached]) return super.address();
    return { address: this.localAddress, family: this.localFamily, port: this.localPort };
  }

  // The bytes go to the parser, not to listeners.
  _read(size) {
    if (this[kDetached]) super._read(size);
  }

  _write(chunk, encoding, callback) {
    if (this[kDetached]) return super._write(chunk, encoding, callback);
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (native.getHub().writeRaw(this[kNumber], bytes) === 0) this[kPendingWrite] = callback;
    else callback();
  }

  _writev(chunks, callback) {
    if (this[kDetached]) return super._writev(chunks, callback);
    const list = chunks.map(({ chunk, encoding }) => typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    this._write(Buffer.concat(list), 'buffer', callback);
  }

  _final(callback) {
    if (this[kDetached]) return super._final(callback);
    native.getHub().closeSoon(this[kNumber]);
    callback();
  }

  _destroy(error, callback) {
    if (this[kDetached]) return super._destroy(error, callback);
    clearTimeout(this[kIdleTimer]);
    this[kWritten] = native.getHub().bytesWritten(this[kNumber]);
    this[kRead] = native.getHub().bytesRead(this[kNumber]);
    // What was written before an orderly end still leaves.
    if (!error && this.writableFinished) native.getHub().closeSoon(this[kNumber]);
    else native.getHub().destroy(this[kNumber]);
    // The response that is destroyed knows the error already.
    callback(this.listenerCount('error') === 0 ? undefined : error);
    process.nextTick(() => this.emit('close', Boolean(error)));
  }

  setTimeout(ms, callback) {
    if (this[kDetached]) return super.setTimeout(ms, callback);
    clearTimeout(this[kIdleTimer]);
    this[kIdleTimer] = null;
    this.timeout = ms;
    if (ms > 0) {
      if (callback) this.once('timeout', callback);
      watchIdleness(this, ms, ms);
    } else if (callback) {
      this.removeListener('timeout', callback);
    }
    return this;
  }

  setNoDelay(on) {
    return this[kDetached] ? super.setNoDelay(on) : this;
  }
  setKeepAlive(on, delay) {
    return this[kDetached] ? super.setKeepAlive(on, delay) : this;
  }
  ref() {
    if (this[kDetached]) return super.ref();
    native.getHub().setReferenced(this[kNumber], true);
    return this;
  }
  unref() {
    if (this[kDetached]) return super.unref();
    native.getHub().setReferenced(this[kNumber], false);
    return this;
  }
}

function readEnds([localAddress, localPort, remoteAddress, remotePort]) {
  if (net.isIP(localAddress) === 0) return {};
  return {
    localAddress, localPort, remoteAddress, remotePort,
    localFamily: localAddress.includes(':') ? 'IPv6' : 'IPv4',
    remoteFamily: remoteAddress.includes(':') ? 'IPv6' : 'IPv4',
  };
}

// Fires after `ms` without traffic; C++ knows when there was any.
function watchIdleness(socket, ms, after) {
  socket[kIdleTimer] = setTimeout(() => {
    const left = ms - native.getHub().idleMs(socket[kNumber]);
    if (left > 0) {
      watchIdleness(socket, ms, left);
      return;
    }
    socket[kIdleTimer] = null;
    native.onSocketTimeout(socket[kNumber], socket);
  }, after);
  socket[kIdleTimer].unref();
}

function onDrain() {
  const callback = this[kPendingWrite];
  this[kPendingWrite] = null;
  if (callback !== null) callback();
}

function onClose(error) {
  if (error && this.listenerCount('error') === 0) error = undefined;
  this.destroy(error);
}

// An ordinary socket for the descriptor. `earlier`: the socket object that the program has seen already, if any.
function adoptDetached(fd, earlier) {
  // Encrypted connections end with what nobody has taken over.
  if (fd < 0) return (earlier ?? new net.Socket()).destroy();
  if (earlier === undefined) return new net.Socket({ fd, allowHalfOpen: true, pauseOnCreate: true });
  clearTimeout(earlier[kIdleTimer]);
  earlier[kDetached] = true;
  // What was asked of it while C++ read has not been answered.
  earlier._readableState.reading = false;
  earlier.open(fd);
  return earlier;
}

module.exports = { ConnectionSocket, adoptDetached };
