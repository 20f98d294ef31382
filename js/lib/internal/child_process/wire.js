// How messages look on the channel between parent and child; the same bytes as everybody's who sets NODE_CHANNEL_FD.
'use strict';

const { FrameReader } = require('internal/child_process/frames');

const kNewline = 10;

// serialization 'json': one JSON text a line.
class JsonWire {
  #parts = [];

  encode(message) {
    return `${JSON.stringify(message) ?? null}\n`;
  }

  // Calls `take` with the bytes of every message that is complete now.
  feed(chunk, take) {
    let start = 0;
    for (let end = chunk.indexOf(kNewline); end >= 0; end = chunk.indexOf(kNewline, start)) {
      this.#parts.push(chunk.subarray(start, end));
      const line = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
      this.#parts = [];
      start = end + 1;
      take(line);
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
  }

  decode(bytes) {
    return JSON.parse(bytes.toString());
  }
}

const kView = 0;
const kPlain = 1;
const kHeadBytes = 4;

// serialization 'advanced': four bytes of length, the highest first, then V8's own format. Views are written as v8.serialize()
// does; other objects that V8 does not know lose their class.
class AdvancedWire {
  #frames = new FrameReader(kHeadBytes, (head) => head.readUInt32BE(0));
  #Serializer;
  #Deserializer;

  constructor() {
    const { DefaultSerializer, DefaultDeserializer } = require('v8');
    this.#Serializer = class extends DefaultSerializer {
      _writeHostObject(object) {
        if (ArrayBuffer.isView(object)) {
          this.writeUint32(kView);
          return super._writeHostObject(object);
        }
        this.writeUint32(kPlain);
        this.writeValue({ ...object });
      }
    };
    this.#Deserializer = class extends DefaultDeserializer {
      _readHostObject() {
        return this.readUint32() === kView ? super._readHostObject() : this.readValue();
      }
    };
  }

  encode(message) {
    const serializer = new this.#Serializer();
    serializer.writeHeader();
    serializer.writeValue(message);
    const body = serializer.releaseBuffer();
    const head = Buffer.allocUnsafe(kHeadBytes);
    head.writeUInt32BE(body.length);
    return Buffer.concat([head, body]);
  }

  feed(chunk, take) {
    for (const frame of this.#frames.feed(chunk)) take(frame.subarray(kHeadBytes));
  }

  decode(bytes) {
    const deserializer = new this.#Deserializer(bytes);
    deserializer.readHeader();
    return deserializer.readValue();
  }
}

module.exports = { makeWire: (serialization) => (serialization === 'advanced' ? new AdvancedWire() : new JsonWire()) };
