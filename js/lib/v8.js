// v8: serialisation in V8's format, and what V8 says about its heap.
'use strict';

const binding = internalBinding('serdes');
const { Serializer, Deserializer } = binding;
const { validateString, validateUint32 } = require('internal/validators');
const { FastBuffer } = require('internal/buffer');
const { Buffer } = require('buffer');

// ---- Serialisation ---------------------------------------------------------------------------

// The kinds of views, by the numbers that stand for them in the data.
const viewTypes = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, DataView, FastBuffer, BigInt64Array, BigUint64Array,
];

Serializer.prototype._getDataCloneError = function _getDataCloneError(message) {
  return new Error(message);
};

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    let type = -1;
    if (ArrayBuffer.isView(view)) {
      type = Buffer.isBuffer(view) ? viewTypes.indexOf(FastBuffer) :
        viewTypes.findIndex((t) => t !== FastBuffer && Object.prototype.toString.call(view) === `[object ${t.name}]`);
    }
    if (type === -1) throw this._getDataCloneError(`${require('util').inspect(view)} could not be cloned.`);
    this.writeUint32(type);
    this.writeUint32(view.byteLength);
    this.writeRawBytes(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const Type = viewTypes[this.readUint32()];
    const bytes = this.readRawBytes(this.readUint32());
    if (Type === FastBuffer) return bytes;
    const size = Type.BYTES_PER_ELEMENT ?? 1;
    const copy = new Uint8Array(bytes);
    return new Type(copy.buffer, 0, copy.byteLength / size);
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

// ---- The heap --------------------------------------------------------------------------------

function named(names, numbers) {
  const result = {};
  for (let i = 0; i < names.length; i++) result[names[i]] = numbers[i];
  return result;
}

function getHeapStatistics() {
  return named([
    'total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size',
    'used_heap_size', 'heap_size_limit', 'malloced_memory', 'peak_malloced_memory', 'does_zap_garbage',
    'number_of_native_contexts', 'number_of_detached_contexts', 'total_global_handles_size',
    'used_global_handles_size', 'external_memory',
  ], binding.heapStatistics());
}

function getHeapSpaceStatistics() {
  return binding.heapSpaceStatistics().map(([name, sizes]) => ({
    space_name: name,
    ...named(['space_size', 'space_used_size', 'space_available_size', 'physical_space_size'], sizes),
  }));
}

function getHeapCodeStatistics() {
  return named(['code_and_metadata_size', 'bytecode_and_metadata_size', 'external_script_source_size'],
               binding.heapCodeStatistics());
}

function getHeapSnapshot() {
  return require('internal/heap_snapshot').toStream(binding.heapSnapshot());
}

// Writes the snapshot at once and returns the file's name.
function writeHeapSnapshot(filename = undefined) {
  if (filename === undefined) {
    const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '.');
    filename = `Heap.${stamp}.${process.pid}.0.001.heapsnapshot`;
  }
  require('fs').writeFileSync(filename, binding.heapSnapshot());
  return filename;
}

function setFlagsFromString(flags) {
  validateString(flags, 'flags');
  binding.setFlags(flags);
}

function setHeapSnapshotNearHeapLimit(limit) {
  validateUint32(limit, 'limit', true);
}

module.exports = {
  DefaultDeserializer,
  DefaultSerializer,
  Deserializer,
  Serializer,
  cachedDataVersionTag: () => binding.cachedDataVersionTag(),
  deserialize,
  getHeapCodeStatistics,
  getHeapSnapshot,
  getHeapSpaceStatistics,
  getHeapStatistics,
  serialize,
  setFlagsFromString,
  setHeapSnapshotNearHeapLimit,
  startupSnapshot: { isBuildingSnapshot: () => false },
  stopCoverage() {},
  takeCoverage() {},
  writeHeapSnapshot,
};
