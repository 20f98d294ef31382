// ArrayBuffer.prototype.transfer(), transferToFixedLength() and detached.
'use strict';

const { toIntegerOrInfinity, uncurry } = require('internal/polyfills/abstract');
const { transferArrayBuffer } = internalBinding('buffer');

// Throws for what is no ArrayBuffer.
const byteLengthOf = uncurry(Reflect.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength').get);
const setBytes = uncurry(Uint8Array.prototype.set);

function isDetached(buffer) {
  if (byteLengthOf(buffer) > 0) return false;
  try {
    void new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

function transfer(buffer, newLength, method) {
  const length = byteLengthOf(buffer);
  const wanted = newLength === undefined ? length : toIntegerOrInfinity(newLength);
  if (wanted < 0 || wanted > Number.MAX_SAFE_INTEGER) throw new RangeError('Invalid array buffer length');
  if (isDetached(buffer)) {
    throw new TypeError(`Cannot perform ArrayBuffer.prototype.${method} on a detached ArrayBuffer`);
  }
  if (wanted === length) return transferArrayBuffer(buffer);
  const result = new ArrayBuffer(wanted);
  const bytes = new Uint8Array(transferArrayBuffer(buffer), 0, Math.min(length, wanted));
  setBytes(new Uint8Array(result), bytes);
  return result;
}

// The parameters are optional: both have the length 0.
const bufferMembers = {
  transfer(...args) {
    return transfer(this, args[0], 'transfer');
  },

  transferToFixedLength(...args) {
    return transfer(this, args[0], 'transferToFixedLength');
  },

  get detached() {
    return isDetached(this);
  },
};

module.exports = { bufferMembers };
