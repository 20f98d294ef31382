// The connection between a worker and who started it: messages for ports, each a structured clone with a length before it.
'use strict';

const binding = internalBinding('channel');
const { FrameReader } = require('internal/child_process/frames');
const { errnoException } = require('internal/errors');
const { makeRemotePort, movePort } = require('internal/message_channel');
const { read, write } = require('internal/worker/clone');

const kHeadBytes = 9;   // length of the clone, kind, port

const kinds = { load: 0, online: 1, message: 2, close: 3, error: 4, snapshot: 5 };

// `onmessage(kind, value)` hears of what is not for a port that has been transferred; `onbad(error)` of a message that could
// not be read; `onend()` when the other side is gone. Ports made here have numbers of the parity of `firstPort`.
class Link {
  #handle = new binding.Channel();
  #frames = new FrameReader(kHeadBytes, (head) => head.readUInt32LE(0));
  #ports = new Map();   // number -> { deliver, close }
  #nextPort;

  constructor(fd, firstPort) {
    const errno = this.#handle.open(fd);
    if (errno !== 0) throw errnoException(errno, 'open');
    this.#nextPort = firstPort;
    this.onmessage = null;
    this.onbad = null;
    this.onend = null;
    this.#handle.onread = (chunk) => this.#frames.feed(chunk).forEach((bytes) => this.#dispatch(bytes));
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
    this.#handle.close();
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
    this.onend?.();
  }

  // ---- Sending ----

  send(kind, port, value, transfer) {
    if (this.#nextPort < 0) return;
    const { bytes, moved } = write(value, transfer, () => {
      this.#nextPort += 2;
      return this.#nextPort;
    });
    for (const [object, number] of moved) {
      this.#ports.set(number, movePort(object, {
        message: (inner) => this.send(kinds.message, number, inner, 'all'),
        close: () => this.#closePort(number),
      }));
    }
    this.#handle.write(frame(kind, port, bytes), -1);
  }

  #closePort(number) {
    if (this.#ports.delete(number)) this.send(kinds.close, number, undefined);
  }

  // A port whose other side is the other process's port `number`.
  receivePort(number) {
    const end = makeRemotePort({
      post: (value, transfer) => this.send(kinds.message, number, value, transfer),
      close: () => this.#closePort(number),
    });
    this.#ports.set(number, end);
    return end.port;
  }

  // ---- Receiving ----

  #dispatch(bytes) {
    const kind = bytes[4];
    const number = bytes.readUInt32LE(5);
    const port = this.#ports.get(number);
    let value;
    try {
      value = read(bytes.subarray(kHeadBytes), (id) => this.receivePort(id));
    } catch (error) {
      return this.onbad?.(error);
    }
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

// Reads one frame, waiting for it: the first thing a worker does.
function readFirst(fd) {
  const fs = require('fs');
  const fill = (buffer) => {
    for (let at = 0; at < buffer.length;) {
      const n = fs.readSync(fd, buffer, at, buffer.length - at);
      if (n === 0) return null;
      at += n;
    }
    return buffer;
  };
  const head = fill(Buffer.alloc(kHeadBytes));
  return head && fill(Buffer.alloc(head.readUInt32LE(0)));
}

module.exports = { Link, kinds, readFirst };
