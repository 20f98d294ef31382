// Duplex: readable and writable, two independent sides of one object.
'use strict';

const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { kIsDuplex } = require('internal/streams/utils');

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Readable.call(this, options);
  Writable.call(this, options);
  if (!options) {
    this.allowHalfOpen = true;
    return;
  }
  this.allowHalfOpen = options.allowHalfOpen !== false;
  if (options.readable === false) {
    Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
  }
  if (options.writable === false) {
    Object.assign(this._writableState, { writable: false, ending: true, ended: true, finished: true });
  }
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);
Object.defineProperty(Duplex.prototype, kIsDuplex, { value: true });

// The writable side's methods are copied: there is only one prototype chain.
for (const name of Object.keys(Writable.prototype)) {
  if (!Duplex.prototype[name] || name === 'destroy') Duplex.prototype[name] = Writable.prototype[name];
}

const writableProperties = Object.getOwnPropertyDescriptors(Writable.prototype);
for (const name of [
  'writable', 'writableHighWaterMark', 'writableObjectMode', 'writableBuffer', 'writableLength', 'writableFinished',
  'writableCorked', 'writableEnded', 'writableNeedDrain', 'writableAborted',
]) {
  Object.defineProperty(Duplex.prototype, name, writableProperties[name]);
}

Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  get() {
    if (this._readableState === undefined || this._writableState === undefined) return false;
    return this._readableState.destroyed && this._writableState.destroyed;
  },
  set(value) {
    if (this._readableState === undefined || this._writableState === undefined) return;
    this._readableState.destroyed = value;
    this._writableState.destroyed = value;
  },
});

Duplex.from = function(body) {
  return require('internal/streams/duplexify').duplexify(body, 'body');
};
Duplex.fromWeb = function(pair, options) {
  return require('internal/streams/web').duplexFromWeb(pair, options);
};
Duplex.toWeb = function(stream) {
  return require('internal/streams/web').duplexToWeb(stream);
};

module.exports = { Duplex };
