// All of a stream at once, in several forms. Takes readables and any async iterable.
'use strict';

const { Buffer } = require('buffer');
const { isAnyArrayBuffer } = require('internal/util/types');

// Of an object the text, as Blob takes it.
function bytesOf(chunk) {
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return Buffer.from(isAnyArrayBuffer(chunk) ? chunk : String(chunk));
}

async function chunksOf(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(bytesOf(chunk));
  return chunks;
}

// In memory of its own: programs hand it on.
async function buffer(stream) {
  const chunks = await chunksOf(stream);
  const result = Buffer.allocUnsafeSlow(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) at += chunk.copy(result, at);
  return result;
}

async function arrayBuffer(stream) {
  return (await buffer(stream)).buffer;
}

async function blob(stream) {
  return new (require('buffer').Blob)(await chunksOf(stream));
}

async function text(stream) {
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder('utf8');
  let result = '';
  for await (const chunk of stream) {
    result += typeof chunk === 'string' ? chunk : decoder.write(isAnyArrayBuffer(chunk) ? Buffer.from(chunk) : chunk);
  }
  return result + decoder.end();
}

async function json(stream) {
  return JSON.parse(await text(stream));
}

module.exports = { arrayBuffer, blob, buffer, json, text };
