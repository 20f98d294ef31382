// stream/web: the streams of the web (https://streams.spec.whatwg.org).
'use strict';

const { ReadableStream } = require('internal/webstreams/readable');
const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = require('internal/webstreams/readable_readers');
const { ReadableStreamDefaultController } = require('internal/webstreams/readable_default');
const { ReadableByteStreamController, ReadableStreamBYOBRequest } = require('internal/webstreams/readable_byte');
const {
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} = require('internal/webstreams/writable');
const { TransformStream, TransformStreamDefaultController } = require('internal/webstreams/transform');
const { ByteLengthQueuingStrategy, CountQueuingStrategy } = require('internal/webstreams/queuing_strategies');
const { CompressionStream, DecompressionStream } = require('internal/webstreams/compression');
const { TextDecoderStream, TextEncoderStream } = require('internal/webstreams/text');

module.exports = {
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultWriter,
  WritableStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
  CompressionStream,
  DecompressionStream,
};
