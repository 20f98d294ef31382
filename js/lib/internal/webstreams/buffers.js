// ArrayBuffers that change hands: whoever had one cannot use it any more.
'use strict';

const { Buffer } = require('buffer');
const { isPool } = require('internal/buffer');
const { transferArrayBuffer } = internalBinding('buffer');

const viewTypes = new Map([
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  Float32Array, Float64Array, BigInt64Array, BigUint64Array,
].map((type) => [type.name, type]));
const { get: tagOf } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);

// The built-in type behind a view (a Buffer is a Uint8Array) and the size of its elements.
function viewInfo(view) {
  const tag = Reflect.apply(tagOf, view, []);
  if (tag === undefined) return { type: DataView, elementSize: 1 };
  const type = viewTypes.get(tag);
  return { type, elementSize: type.BYTES_PER_ELEMENT };
}

function isDetached(buffer) {
  if (buffer.byteLength > 0) return false;
  try {
    return new Uint8Array(buffer).length < 0;
  } catch {
    return true;
  }
}

// A new ArrayBuffer with the memory of `buffer`, which is detached. With `view`: where that part of it is now, as
// { buffer, byteOffset }. A Buffer over part of its memory most likely shares it with others: the part is copied.
function transferBuffer(buffer, view = undefined) {
  if (view === undefined) return isPool(buffer) ? buffer.slice(0) : transferArrayBuffer(buffer);
  const { byteOffset, byteLength } = view;
  if (isPool(buffer) || (view instanceof Buffer && byteLength < buffer.byteLength)) {
    return { buffer: buffer.slice(byteOffset, byteOffset + byteLength), byteOffset: 0 };
  }
  return { buffer: transferArrayBuffer(buffer), byteOffset };
}

module.exports = { isDetached, transferBuffer, viewInfo };
