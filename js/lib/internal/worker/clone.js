// Structured clones as bytes: what goes between a program and its workers.
//
// V8 asks about its embedder's objects alone, and a MessagePort is an object like any other to it. So a port that leaves carries a
// property for the time of writing, whose value is such an object; the reader puts the new port where it finds the property.
'use strict';

const serdes = internalBinding('serdes');
const { Channel } = internalBinding('channel');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_TRANSFER_OBJECT, ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST },
} = require('internal/errors');
const { DOMException } = require('internal/dom_exception');
const { isPool } = require('internal/buffer');
const { kPack } = require('internal/util');
const { MessagePort } = require('internal/message_channel');

const kMark = '\0port';
// In place of a port's number: an object of the library follows, packed.
const kPacked = 0xFFFFFFFF;
const kUnpacked = Symbol('kUnpacked');
// The ports that came in with a message: they go along when it is sent on.
const portsOf = new WeakMap();

const isObject = (value) => value !== null && typeof value === 'object';
const cloneError = (message) => new DOMException(message, 'DataCloneError');

class CloneWriter extends serdes.Serializer {
  #numbers;
  shared = [];   // buffers whose memory goes along
  packed = new Map();   // what stands for objects of the library: [bytes, module]

  // `numbers`: of the marks of ports.
  constructor(numbers) {
    super();
    this.#numbers = numbers;
  }
  _getDataCloneError(message) {
    return cloneError(message);
  }
  _getSharedArrayBufferId(buffer) {
    const { describe } = require('internal/worker/shared_memory');
    if (describe(buffer) === undefined) {
      throw cloneError('#<SharedArrayBuffer> could not be cloned: workers are processes, and this memory cannot be shared with them.');
    }
    if (!this.shared.includes(buffer)) this.shared.push(buffer);
    return this.shared.indexOf(buffer);
  }
  _writeHostObject(object) {
    const packed = this.packed.get(object);
    if (packed !== undefined) return this.#writePacked(...packed);
    const number = this.#numbers.get(object);
    if (number === undefined) throw cloneError(`${require('util').inspect(object)} could not be cloned.`);
    this.writeUint32(number);
  }
  #writePacked(bytes, module) {
    this.writeUint32(kPacked);
    for (const part of [bytes, Buffer.from(module)]) {
      this.writeUint32(part.length);
      this.writeRawBytes(part);
    }
    bytes.fill(0);
  }
}

// The objects in `value` that have to be packed. Getters are not called. All ports in it must be among those that leave.
function findPackable(value, ports, found = new Set(), seen = new Set()) {
  if (!isObject(value) || seen.has(value) || ArrayBuffer.isView(value)) return found;
  seen.add(value);
  if (value instanceof MessagePort) {
    if (!ports.includes(value)) throw new ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST();
    return found;
  }
  if (typeof value[kPack] === 'function') {
    found.add(value);
    return found;
  }
  const parts = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] :
    Object.keys(value).map((key) => Reflect.getOwnPropertyDescriptor(value, key)?.value);
  for (const part of parts) findPackable(part, ports, found, seen);
  return found;
}

class CloneReader extends serdes.Deserializer {
  #receivePort;

  constructor(bytes, receivePort) {
    super(bytes);
    this.#receivePort = receivePort;
  }
  _readHostObject() {
    const number = this.readUint32();
    if (number !== kPacked) return this.#receivePort(number);
    const bytes = Buffer.from(this.readRawBytes(this.readUint32()));
    const module = this.readRawBytes(this.readUint32()).toString();
    this.hasPacked = true;
    return { [kUnpacked]: require(module).unpack(bytes) };
  }
}

// What the second argument of postMessage() asks to be transferred: a list, or { transfer }.
function transferOf(argument) {
  if (argument === undefined || argument === null) return undefined;
  if (typeof argument !== 'object') throw new ERR_INVALID_ARG_TYPE('transferList', 'iterable', argument);
  return typeof argument[Symbol.iterator] === 'function' ? argument : argument.transfer;
}

function sortTransferred(value, transfer) {
  if (transfer === 'all') return { ports: isObject(value) ? portsOf.get(value) ?? [] : [], buffers: [] };
  if (transfer !== undefined && transfer !== null && typeof transfer[Symbol.iterator] !== 'function') {
    throw new ERR_INVALID_ARG_TYPE('transferList', 'iterable', transfer);
  }
  const list = [...transfer ?? []];
  const ports = list.filter((item) => item instanceof MessagePort);
  const buffers = list.filter((item) => item instanceof ArrayBuffer);
  if (ports.length + buffers.length < list.length) throw new ERR_INVALID_TRANSFER_OBJECT();
  if (new Set(ports).size < ports.length) throw cloneError('Transfer list contains duplicate MessagePort');
  return { ports, buffers };
}

// `transfer`: ArrayBuffers and MessagePorts that leave this process, or 'all' the ports that came in with `value`. `nextNumber()`
// numbers a port. Answers { bytes, moved: [port, number] pairs, shared: SharedArrayBuffers }. Nothing leaves when this throws.
function write(value, transfer, nextNumber) {
  const { ports, buffers } = sortTransferred(value, transfer);
  const packable = findPackable(value, ports);
  const numbers = new Map();
  const moved = [];
  for (const port of ports) {
    const mark = new Channel();
    const number = nextNumber();
    numbers.set(mark, number);
    moved.push([port, number]);
    Object.defineProperty(port, kMark, { value: mark, enumerable: true, configurable: true });
  }
  const writer = new CloneWriter(numbers);
  for (const object of packable) {
    const mark = new Channel();
    writer.packed.set(mark, object[kPack]());
    Object.defineProperty(object, kMark, { value: mark, enumerable: true, configurable: true });
  }
  try {
    writer.writeHeader();
    writer.writeValue(value);
  } finally {
    for (const object of [...ports, ...packable]) delete object[kMark];
  }
  // Their bytes are in the message; here they are detached.
  if (buffers.length > 0) serdes.structuredClone(undefined, buffers.filter((buffer) => !isPool(buffer)));
  return { bytes: writer.releaseBuffer(), moved, shared: writer.shared };
}

// Replaces what stands for ports and objects of the library in `value` by them.
function placePorts(value, seen) {
  if (!isObject(value) || value instanceof MessagePort || seen.has(value)) return value;
  if (Object.hasOwn(value, kMark) && value[kMark] instanceof MessagePort) return value[kMark];
  if (Object.hasOwn(value, kMark) && value[kMark]?.[kUnpacked] !== undefined) return value[kMark][kUnpacked];
  seen.add(value);
  if (value instanceof Map) {
    const entries = [...value];
    value.clear();
    for (const [key, item] of entries) value.set(placePorts(key, seen), placePorts(item, seen));
  } else if (value instanceof Set) {
    const items = [...value];
    value.clear();
    for (const item of items) value.add(placePorts(item, seen));
  } else if (!ArrayBuffer.isView(value)) {
    for (const key of Object.keys(value)) value[key] = placePorts(value[key], seen);
  }
  return value;
}

// `receivePort(number)` makes the port of that number; `shared`: the buffers that came along.
function read(bytes, receivePort, shared) {
  const ports = [];
  const reader = new CloneReader(bytes, (number) => {
    ports.push(receivePort(number));
    return ports.at(-1);
  });
  shared.forEach((buffer, i) => reader.transferArrayBuffer(i, buffer));
  reader.readHeader();
  const value = reader.readValue();
  if (ports.length === 0 && !reader.hasPacked) return value;
  const placed = placePorts(value, new Set());
  if (ports.length > 0 && !(placed instanceof MessagePort)) portsOf.set(placed, ports);
  return placed;
}

module.exports = { read, transferOf, write };
