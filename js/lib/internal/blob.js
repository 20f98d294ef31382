// Blob and File (https://w3c.github.io/FileAPI): immutable bytes with a type.
'use strict';

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_MISSING_ARGS },
} = require('internal/errors');
const { customInspectSymbol, kClone } = require('internal/util');
const { validateObject } = require('internal/validators');
const { FastBuffer, isAnyArrayBuffer } = require('internal/buffer');
const { Buffer } = require('buffer');

function withNativeNewlines(text) {
  return text.replace(/\r\n|\r|\n/g, process.platform === 'win32' ? '\r\n' : '\n');
}

// Copied: a blob does not change when its sources do.
function bytesOfPart(part, endings) {
  if (isAnyArrayBuffer(part)) return Buffer.from(new FastBuffer(part, 0, part.byteLength));
  if (ArrayBuffer.isView(part)) {
    return Buffer.from(new FastBuffer(part.buffer, part.byteOffset, part.byteLength));
  }
  if (isBlob(part)) return bytesOf(part);
  const text = `${part}`;
  return Buffer.from(endings === 'native' ? withNativeNewlines(text) : text);
}

let bytesOf;
let makeBlob;
let isBlob;

class Blob {
  #bytes;
  #type;

  static {
    bytesOf = (blob) => blob.#bytes;
    isBlob = (value) => value !== null && typeof value === 'object' && #bytes in value;
    makeBlob = (bytes, type) => {
      const blob = new Blob();
      blob.#bytes = bytes;
      blob.#type = type;
      return blob;
    };
  }

  constructor(sources = [], options = {}) {
    if (sources === null || typeof sources[Symbol.iterator] !== 'function' || typeof sources === 'string') {
      throw new ERR_INVALID_ARG_TYPE('sources', 'a sequence', sources);
    }
    validateObject(options, 'options', { nullable: true, allowFunction: true, allowArray: true });
    const endings = options?.endings === undefined ? 'transparent' : `${options.endings}`;
    if (endings !== 'transparent' && endings !== 'native') {
      const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
      throw new ERR_INVALID_ARG_VALUE('options.endings', options.endings);
    }
    this.#bytes = Buffer.concat(Array.from(sources, (part) => bytesOfPart(part, endings)));
    const type = options?.type === undefined ? '' : `${options.type}`;
    this.#type = /[^\x20-\x7E]/.test(type) ? '' : type.toLowerCase();
  }

  [kClone]() {
    return makeBlob(this.#bytes, this.#type);
  }

  get size() {
    if (!isBlob(this)) throw new ERR_INVALID_THIS('Blob');
    return this.#bytes.length;
  }

  get type() {
    if (!isBlob(this)) throw new ERR_INVALID_THIS('Blob');
    return this.#type;
  }

  slice(start = 0, end = undefined, contentType = '') {
    if (!isBlob(this)) throw new ERR_INVALID_THIS('Blob');
    const type = /[^\x20-\x7E]/.test(`${contentType}`) ? '' : `${contentType}`.toLowerCase();
    return makeBlob(this.#bytes.subarray(start, end), type);
  }

  async arrayBuffer() {
    if (!isBlob(this)) throw new ERR_INVALID_THIS('Blob');
    return new Uint8Array(this.#bytes).buffer;
  }

  async text() {
    if (!isBlob(this)) throw new ERR_INVALID_THIS('Blob');
    const { TextDecoder } = require('internal/encoding');
    return new TextDecoder().decode(this.#bytes);
  }

  stream() {
    if (!isBlob(this)) throw new ERR_INVALID_THIS('Blob');
    const { ReadableStream } = require('stream/web');
    const bytes = this.#bytes;
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + 65536)));
        at += 65536;
      },
    });
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    return `${this.constructor.name} ${require('util').inspect({ size: this.size, type: this.type }, options)}`;
  }
}

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = {}) {
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    this.#name = `${fileName}`;
    this.#lastModified = options?.lastModified === undefined ? Date.now() : Math.trunc(+options.lastModified) || 0;
  }

  get name() {
    return this.#name;
  }

  get lastModified() {
    return this.#lastModified;
  }
}

for (const [type, keys] of [[Blob, ['size', 'type', 'slice', 'stream', 'text', 'arrayBuffer']],
                            [File, ['name', 'lastModified']]]) {
  for (const key of keys) Object.defineProperty(type.prototype, key, { enumerable: true });
  Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}

// ---- blob: URLs ------------------------------------------------------------------------------

const urls = new Map();

// A URL under which resolveObjectURL() finds the blob until it is revoked.
function createObjectURL(blob) {
  if (!isBlob(blob)) throw new ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const digits = () => Math.floor(Math.random() * 0x10000).toString(16).padStart(4, '0');
  let id;
  do {
    id = `${digits()}${digits()}-${digits()}-4${digits().slice(1)}-8${digits().slice(1)}-` +
      `${digits()}${digits()}${digits()}`;
  } while (urls.has(id));
  urls.set(id, blob);
  return `blob:nodedata:${id}`;
}

function idOf(url) {
  const match = /^blob:nodedata:([0-9a-f-]+)$/.exec(`${url}`);
  return match === null ? undefined : match[1];
}

function revokeObjectURL(url) {
  urls.delete(idOf(url));
}

function resolveObjectURL(url) {
  const blob = urls.get(idOf(url));
  return blob === undefined ? undefined : blob.slice(0, blob.size, blob.type);
}

module.exports = { Blob, File, createObjectURL, isBlob, resolveObjectURL, revokeObjectURL };
