// The connection between a worker and who started it: messages for ports, each a structured clone with a length before it.
'use strict';

const binding = internalBinding('channel');
const { FrameReader } = require('internal/child_process/frames');
const { errnoException } = require('internal/errors');
const broadcast = require('internal/broadcast_channel');
const { makeRemotePort, movePort } = require('internal/message_channel');
const { read, write } = require('internal/worker/clone');

const kHeadBytes = 9;   // length of the clone, kind, port

const kinds = { load: 0, online: 1, message: 2, close: 3, error: 4, snapshot: 5, memory: 6, broadcast: 7 };

// `onmessage(kind, value)` hears of what is not for a port that has been transferred; `onbad(error)` of a message that could
// not be read; `onend()` when the other side is gone. Ports made here have numbers of the parity of `firstPort`.
class Link {
  #handle = new binding.Channel();
  #frames = new FrameReader(kHeadBytes, (head) => head.readUInt32LE(0));
  #descriptors = [];    // received, not yet claimed by a frame
  #memories = [];       // shared memory for the next message
  #ports = new Map();   // number -> { deliver, close }
  #nextPort;

  constructor(fd, firstPort) {
    const errno = this.#handle.open(fd);
    if (errno !== 0) throw errnoException(errno, 'open');
    this.#nextPort = firstPort;
    broadcast.links.add(this);
    this.onmessage = null;
    this.onbad = null;
    this.onend = null;
    this.#handle.onread = (chunk, fds) => {
      if (fds !== undefined) this.#descriptors.push(...fds);
      this.#frames.feed(chunk).forEach((bytes) => this.#dispatch(bytes));
    };
    this.#handle.onwritten = () => {};
    this.#handle.onend = () => this.close();
  }

  start() {
    this.#handle.readStart();
  }
  ref() {
    this.#handle.ref();
  }
  unref() {
    this.#handle.unref();
  }
  flush() {
    this.#handle.flush();
  }

  close() {
    if (this.#nextPort < 0) return;
    this.#nextPort = -1;
    broadcast.links.delete(this);
    this.#handle.close();
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
    this.onend?.();
  }

  // ---- Sending ----

  send(kind, port, value, transfer) {
    if (this.#nextPort < 0) return;
    const { bytes, moved, shared } = write(value, transfer, () => {
      this.#nextPort += 2;
      return this.#nextPort;
    });
    for (const [object, number] of moved) {
      this.#ports.set(number, movePort(object, {
        message: (inner) => this.send(kinds.message, number, inner, 'all'),
        close: () => this.#closePort(number),
      }));
    }
    for (const buffer of shared) this.#sendMemory(buffer);
    this.#handle.write(frame(kind, port, bytes), -1);
  }

  // [name, message] for the channels of that name on the other side.
  broadcast(value) {
    this.send(kinds.broadcast, 0, value);
  }

  // A frame with the memory's size, and its descriptor beside it.
  #sendMemory(buffer) {
    const [fd, size] = require('internal/worker/shared_memory').describe(buffer);
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(size);
    this.#handle.write(frame(kinds.memory, 0, bytes), fd);
  }

  #receiveMemory(bytes) {
    const fd = this.#descriptors.shift();
    const { receive } = require('internal/worker/shared_memory');
    // Without descriptors left the message that needs it cannot be read.
    if (fd !== undefined) this.#memories.push(receive(fd, bytes.readDoubleLE(kHeadBytes)));
  }

  // Takes in what has come; waits for something when `wait` is set. False when there was nothing.
  readNow(wait) {
    return this.#handle.readNow(wait);
  }

  #closePort(number) {
    if (this.#ports.delete(number)) this.send(kinds.close, number, undefined);
  }

  // A port whose other side is the other process's port `number`.
  receivePort(number) {
    const end = makeRemotePort({
      post: (value, transfer) => this.send(kinds.message, number, value, transfer),
      close: () => this.#closePort(number),
      pull: () => this.readNow(false),
    });
    this.#ports.set(number, end);
    return end.port;
  }

  // ---- Receiving ----

  #dispatch(bytes) {
    const kind = bytes[4];
    const number = bytes.readUInt32LE(5);
    if (kind === kinds.memory) return this.#receiveMemory(bytes);
    const port = this.#ports.get(number);
    const shared = this.#memories.splice(0);
    let value;
    try {
      value = read(bytes.subarray(kHeadBytes), (id) => this.receivePort(id), shared);
    } catch (error) {
      return this.onbad?.(error);
    }
    if (kind === kinds.broadcast) return broadcast.receive(this, value);
    if (port === undefined || (kind !== kinds.message && kind !== kinds.close)) return this.onmessage?.(kind, value);
    if (kind === kinds.close) {
      this.#ports.delete(number);
      port.close();
    } else {
      port.deliver(value);
    }
  }
}

function frame(kind, port, bytes) {
  const head = Buffer.allocUnsafe(kHeadBytes);
  head.writeUInt32LE(bytes.length, 0);
  head[4] = kind;
  head.writeUInt32LE(port, 5);
  return Buffer.concat([head, bytes]);
}

module.exports = { Link, kinds };
