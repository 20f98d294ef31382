// The stream module: Stream itself, with the classes and functions of internal/streams on it.
'use strict';

const { Stream } = require('internal/streams/legacy');
const utils = require('internal/streams/utils');
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/streams/state');
const { destroyer } = require('internal/streams/destroy');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { Duplex } = require('internal/streams/duplex');
const { Transform, PassThrough } = require('internal/streams/transform');
const { promisify } = require('internal/util');

module.exports = Stream;

Object.assign(Stream, {
  isDestroyed: utils.isDestroyed,
  isDisturbed: utils.isDisturbed,
  isErrored: utils.isErrored,
  isReadable: utils.isReadable,
  isWritable: utils.isWritable,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  pipeline: (...args) => require('internal/streams/pipeline').pipeline(...args),
  addAbortSignal: (signal, stream) => require('internal/streams/add_abort_signal').addAbortSignal(signal, stream),
  finished: (...args) => require('internal/streams/end_of_stream').eos(...args),
  destroy: (stream, error) => {
    destroyer(stream, error);
    return stream;
  },
  compose: (...steps) => require('internal/streams/compose').compose(...steps),
  getDefaultHighWaterMark,
  setDefaultHighWaterMark,
  Stream,
});

// Their code is loaded when the first of them is called.
function operator(kind, name) {
  return require('internal/streams/operators')[kind][name];
}

function defineOperator(name, length, fn) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  Object.defineProperty(Readable.prototype, name, { value: fn, enumerable: false, writable: true, configurable: true });
}

for (const [name, length] of Object.entries({
  asIndexedPairs: 0, drop: 1, filter: 1, flatMap: 1, map: 1, take: 1,
})) {
  defineOperator(name, length, function(...args) {
    if (new.target) throw new (require('internal/errors').codes.ERR_ILLEGAL_CONSTRUCTOR)();
    return Readable.from(Reflect.apply(operator('returningStreams', name), this, args));
  });
}
defineOperator('compose', 1, function(...args) {
  return Reflect.apply(operator('returningStreams', 'compose'), this, args);
});
for (const [name, length] of Object.entries({ every: 1, forEach: 1, reduce: 1, toArray: 0, some: 1, find: 1 })) {
  defineOperator(name, length, function(...args) {
    if (new.target) throw new (require('internal/errors').codes.ERR_ILLEGAL_CONSTRUCTOR)();
    return Reflect.apply(operator('returningPromises', name), this, args);
  });
}

Object.defineProperty(Stream, 'promises', {
  configurable: true,
  enumerable: true,
  get: () => require('stream/promises'),
});
for (const name of ['pipeline', 'finished']) {
  Object.defineProperty(Stream[name], promisify.custom, {
    enumerable: true,
    get: () => require('stream/promises')[name],
  });
}

Stream._isUint8Array = (value) =>
  value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]';
Stream._uint8ArrayToBuffer = (chunk) =>
  require('buffer').Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
