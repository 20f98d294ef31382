// util.types: what kind of value something is, whatever its prototype says.
'use strict';

const binding = internalBinding('types');
const brands = require('internal/crypto/brands');

// The name of a typed array's kind, undefined for everything else; no program can change this getter's answer.
const typedArrayName = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

const types = {
  ...binding,
  isArrayBufferView: ArrayBuffer.isView,
  isTypedArray: (value) => typedArrayName.call(value) !== undefined,
  isCryptoKey: (value) => brands.isCryptoKey(value),
  isKeyObject: (value) => brands.isKeyObject(value),
};
for (const name of [
  'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array',
]) {
  types[`is${name}`] = (value) => typedArrayName.call(value) === name;
}

module.exports = types;
