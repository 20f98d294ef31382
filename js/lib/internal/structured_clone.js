// structuredClone(): a deep copy by the web's rules; what cannot be copied is a DataCloneError.
//
// V8 copies objects of the language. Objects of the library that can be copied or transferred have a method of one of the symbols
// below. V8 would take them for plain objects: while it writes, each carries a property whose value is one of the few objects that V8
// asks about, and where the copy has that property the library's own copy goes.
'use strict';

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_TRANSFER_OBJECT, ERR_MISSING_ARGS, ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST },
} = require('internal/errors');
const { kClone, kTransfer } = require('internal/util');
const { isPool, isAnyArrayBuffer } = require('internal/buffer');
const { DOMException } = require('internal/dom_exception');
const binding = internalBinding('serdes');

internalBinding('env').setHook('makeDomException', (message, name) => new DOMException(message, name));

const kMark = '\0mark';
// Objects that a transfer list does not move.
const untransferable = new WeakSet();

const isObject = (value) => value !== null && typeof value === 'object';
const cloneError = (message) => new DOMException(message, 'DataCloneError');
const isSpecial = (value) => typeof value[kClone] === 'function' || typeof value[kTransfer] === 'function';

// The library's objects in `value`. Getters are not called.
function findSpecials(value, found = new Set(), seen = new Set()) {
  if (!isObject(value) || seen.has(value) || isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return found;
  seen.add(value);
  if (isSpecial(value)) {
    found.add(value);
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      findSpecials(key, found, seen);
      findSpecials(item, found, seen);
    }
  } else if (value instanceof Set) {
    for (const item of value) findSpecials(item, found, seen);
  } else {
    for (const key of Object.keys(value)) {
      findSpecials(Reflect.getOwnPropertyDescriptor(value, key)?.value, found, seen);
    }
  }
  return found;
}

// Puts the library's objects into the copy, where `copies` says what belongs at a mark.
function place(value, copies, seen = new Map()) {
  if (!isObject(value) || isAnyArrayBuffer(value) || ArrayBuffer.isView(value)) return value;
  if (seen.has(value)) return seen.get(value);
  const copy = copies.get(value[kMark]);
  seen.set(value, copy ?? value);
  if (copy !== undefined) return copy;
  if (value instanceof Map) {
    const entries = [...value];
    value.clear();
    for (const [key, item] of entries) value.set(place(key, copies, seen), place(item, copies, seen));
  } else if (value instanceof Set) {
    const items = [...value];
    value.clear();
    for (const item of items) value.add(place(item, copies, seen));
  } else {
    for (const key of Object.keys(value)) value[key] = place(value[key], copies, seen);
  }
  return value;
}

// Marks are the same for all clones: native objects of their own for each would outlive it until memory is collected.
const marks = [];

// As V8 does it, but with objects of the library in it.
function cloneWithSpecials(value, specials, buffers, objects) {
  for (const special of specials) {
    if (typeof special[kClone] !== 'function' && !objects.includes(special)) throw new ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST();
  }
  const all = [...new Set([...specials, ...objects])];
  while (marks.length < all.length) marks.push(new binding.Serializer());
  const used = marks.slice(0, all.length);
  all.forEach((special, i) => {
    Object.defineProperty(special, kMark, { value: used[i], enumerable: true, configurable: true });
  });
  let copy;
  try {
    copy = binding.structuredClone(value, buffers, used);
  } finally {
    for (const special of all) delete special[kMark];
  }
  // Nothing can fail from here on.
  return place(copy, new Map(all.map((special, i) => [used[i], objects.includes(special) ? special[kTransfer]() : special[kClone]()])));
}

// { buffers, objects } of a transfer list. `source`: the port that posts, which cannot go along.
function sortTransferList(list, source) {
  const buffers = [];
  const objects = [];
  for (const item of list) {
    if (isObject(item) && untransferable.has(item)) continue;
    if (item instanceof ArrayBuffer) {
      // The memory that small Buffers share is copied instead.
      if (!isPool(item)) buffers.push(item);
    } else if (isObject(item) && typeof item[kTransfer] === 'function') {
      const name = item.constructor?.name;
      if (item === source) throw cloneError('Transfer list contains source port');
      if (objects.includes(item)) throw cloneError(`Transfer list contains duplicate ${name}`);
      item[kTransfer](true);
      objects.push(item);
    } else {
      throw new ERR_INVALID_TRANSFER_OBJECT();
    }
  }
  return { buffers, objects };
}

// A copy of `value`; what `list` has moves along.
function cloneMessage(value, list = [], source = undefined) {
  const { buffers, objects } = sortTransferList(list, source);
  const specials = findSpecials(value);
  if (specials.size === 0 && objects.length === 0) {
    return buffers.length === 0 ? binding.structuredClone(value) : binding.structuredClone(value, buffers);
  }
  return cloneWithSpecials(value, [...specials], buffers, objects);
}

// options.transfer: ArrayBuffers whose memory moves to the copy, MessagePorts and the like.
function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('value');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  const transfer = options?.transfer;
  if (transfer === undefined || transfer === null) return cloneMessage(value);
  if (typeof transfer[Symbol.iterator] !== 'function') throw new ERR_INVALID_ARG_TYPE('options.transfer', 'iterable', transfer);
  return cloneMessage(value, [...transfer]);
}

function markAsUntransferable(object) {
  if (object !== null && (typeof object === 'object' || typeof object === 'function')) untransferable.add(object);
}

module.exports = { cloneMessage, markAsUntransferable, structuredClone };
