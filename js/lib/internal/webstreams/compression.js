// CompressionStream and DecompressionStream (https://compression.spec.whatwg.org), over the streams of zlib.
'use strict';

const { ERR_INVALID_ARG_VALUE } = require('internal/errors').codes;
const { finishClass, invalidThis } = require('internal/webstreams/util');

function transformFor(format, makers) {
  const name = `${format}`;
  if (!Object.hasOwn(makers, name)) throw new ERR_INVALID_ARG_VALUE('format', format);
  const { duplexToWeb } = require('internal/streams/web');
  return duplexToWeb(new (require('zlib')[makers[name]])());
}

class CompressionStream {
  #pair;

  constructor(format) {
    this.#pair = transformFor(format, { 'deflate': 'Deflate', 'deflate-raw': 'DeflateRaw', 'gzip': 'Gzip' });
  }

  get readable() {
    if (!(#pair in this)) throw invalidThis('CompressionStream');
    return this.#pair.readable;
  }

  get writable() {
    if (!(#pair in this)) throw invalidThis('CompressionStream');
    return this.#pair.writable;
  }
}

class DecompressionStream {
  #pair;

  constructor(format) {
    this.#pair = transformFor(format, { 'deflate': 'Inflate', 'deflate-raw': 'InflateRaw', 'gzip': 'Gunzip' });
  }

  get readable() {
    if (!(#pair in this)) throw invalidThis('DecompressionStream');
    return this.#pair.readable;
  }

  get writable() {
    if (!(#pair in this)) throw invalidThis('DecompressionStream');
    return this.#pair.writable;
  }
}

for (const Class of [CompressionStream, DecompressionStream]) {
  finishClass(Class, ['readable', 'writable'], ({ readable, writable }) => ({ readable, writable }));
}

module.exports = { CompressionStream, DecompressionStream };
