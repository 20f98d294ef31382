// SharedArrayBuffer whose memory workers can share although they are processes: each has a descriptor that is sent and mapped
// there. Atomics.wait() and notify() reach across processes where the system has futexes.
'use strict';

const binding = internalBinding('shared_memory');

const descriptors = new WeakMap();   // buffer -> [descriptor, bytes]
const sharedPrototype = Object.getPrototypeOf(binding.plain());
const { constructor: Original } = sharedPrototype;

function register(pair, bytes) {
  if (pair === undefined) return undefined;
  descriptors.set(pair[0], [pair[1], bytes]);
  return pair[0];
}

function SharedArrayBuffer(length) {
  if (new.target === undefined) throw new TypeError("Constructor SharedArrayBuffer requires 'new'");
  const bytes = Math.trunc(Number(length)) || 0;
  if (bytes < 0 || bytes > Number.MAX_SAFE_INTEGER) throw new RangeError('Invalid array buffer length');
  // Without descriptors it is one that cannot be sent.
  const buffer = register(binding.make(bytes), bytes) ?? new Original(bytes);
  if (new.target !== SharedArrayBuffer) Object.setPrototypeOf(buffer, new.target.prototype);
  return buffer;
}
Object.defineProperties(SharedArrayBuffer, {
  length: { value: 1, configurable: true },
  prototype: { value: sharedPrototype, writable: false, enumerable: false, configurable: false },
  [Symbol.species]: { configurable: true, get() { return this; } },
});
Object.defineProperty(sharedPrototype, 'constructor', { value: SharedArrayBuffer, writable: true, enumerable: false, configurable: true });

// [descriptor, bytes] of a buffer that other processes can have; undefined for others.
const describe = (buffer) => descriptors.get(buffer);

// The buffer of a descriptor that came from another process.
function receive(fd, bytes) {
  return register(binding.adopt(fd, bytes), bytes);
}

// V8 waits within one process only.
function patchAtomics() {
  const { wait, notify } = Atomics;
  const check = (view, index) => {
    // Lets V8 refuse what is no integer view of shared memory, or out of range.
    Atomics.load(view, index);
    return (view instanceof Int32Array || view instanceof BigInt64Array) && descriptors.has(view.buffer);
  };
  const methods = {
    wait(view, index, value, timeout = Infinity) {
      if (!ArrayBuffer.isView(view) || !descriptors.has(view.buffer) || !check(view, index)) {
        return Reflect.apply(wait, Atomics, [view, index, value, timeout]);
      }
      timeout = Number(timeout);
      const isBig = view instanceof BigInt64Array;
      const expected = isBig ? BigInt.asIntN(64, value) : value | 0;
      if (Atomics.load(view, index) !== expected) return 'not-equal';
      const low = isBig ? Number(BigInt.asUintN(32, expected)) : expected >>> 0;
      return binding.wait(view, Number(index), low, Number.isNaN(timeout) ? Infinity : timeout);
    },
    notify(view, index, count = Infinity) {
      if (!ArrayBuffer.isView(view) || !descriptors.has(view.buffer) || !check(view, index)) {
        return Reflect.apply(notify, Atomics, [view, index, count]);
      }
      return binding.notify(view, Number(index), Math.max(0, Math.trunc(Number(count)) || 0));
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(Atomics, name, { value, writable: true, enumerable: false, configurable: true });
  }
}
if (binding.wait !== undefined && typeof Atomics === 'object') patchAtomics();

module.exports = { SharedArrayBuffer, describe, receive };
