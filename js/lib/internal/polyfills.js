// Built-ins of the language that this V8 does not have yet. Whether it has one is told by its version and not by
// looking: V8 adds its newest built-ins only after the snapshot, into which this goes, has been read.
'use strict';

const [major, minor] = internalBinding('process').v8Version().split('.').map(Number);

function has(version) {
  const [wantedMajor, wantedMinor] = version.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

// Puts the methods and accessors of `members` on `target`, as built-ins are: not enumerable.
function install(target, members) {
  for (const key of Reflect.ownKeys(members)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(members, key);
    Object.defineProperty(target, key, { ...descriptor, enumerable: false });
  }
}

// The first version of V8 that has it, the object it belongs to, the module that makes it and its name there.
for (const [version, target, file, key] of [
  ['11.0', Array.prototype, 'arrays', 'arrayMethods'],
  ['11.0', Object.getPrototypeOf(Uint8Array.prototype), 'arrays', 'typedArrayMethods'],
  ['11.1', String.prototype, 'strings', 'stringMethods'],
  ['11.4', ArrayBuffer.prototype, 'buffers', 'bufferMembers'],
  ['11.7', Object, 'grouping', 'objectFunctions'],
  ['11.7', Map, 'grouping', 'mapFunctions'],
  ['11.9', Promise, 'promises', 'withResolvers'],
  ['12.1', Array, 'promises', 'arrayFunctions'],
  ['12.2', Set.prototype, 'sets', 'setMethods'],
  ['12.2', globalThis, 'iterators', 'iteratorGlobal'],
  ['12.8', Promise, 'promises', 'tryFunction'],
]) {
  if (!has(version)) install(target, require(`internal/polyfills/${file}`)[key]);
}
if (!has('11.0')) Object.assign(Array.prototype[Symbol.unscopables], { toReversed: true, toSorted: true, toSpliced: true });
