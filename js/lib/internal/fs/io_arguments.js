// The many forms in which read() and write() take their arguments.
'use strict';

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateBuffer, validateEncoding, validateInteger } = require('internal/validators');
const { getPosition, validateRange } = require('internal/fs/utils');

// What both come down to.
function part(buffer, offset, length, position) {
  return { buffer, offset, length, position };
}

// (buffer), (buffer, options), (buffer, offset, length, position), ({ buffer, ...options }) or nothing.
function getReadArguments(buffer, offsetOrOptions, length, position) {
  let offset = offsetOrOptions;
  if (!ArrayBuffer.isView(buffer) && buffer !== null && typeof buffer === 'object') {
    ({ buffer = Buffer.alloc(16384), offset, length, position } = buffer);
  } else if (buffer === undefined || buffer === null) {
    buffer = Buffer.alloc(16384);
  } else if (offset !== null && typeof offset === 'object') {
    ({ offset, length, position } = offset);
  } else if (offset !== undefined && offset !== null && typeof offset === 'function') {
    offset = undefined;
  }
  validateBuffer(buffer);
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (length === undefined || length === null) length = buffer.byteLength - offset;
  length |= 0;
  if (length === 0) return part(buffer, offset, 0, -1);
  if (buffer.byteLength === 0) {
    throw new ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
  }
  validateRange(offset, length, buffer.byteLength);
  return part(buffer, offset, length, getPosition(position, length));
}

// (buffer, offset, length, position), (buffer, options), (string, position, encoding).
function getWriteArguments(buffer, offsetOrOptions, length, position) {
  if (ArrayBuffer.isView(buffer)) {
    let offset = offsetOrOptions;
    if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset);
    if (offset === undefined || offset === null) offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    validateRange(offset, length, buffer.byteLength);
    return part(buffer, offset, length, getWritePosition(position));
  }
  if (typeof buffer !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
  const encoding = typeof length === 'string' ? length : 'utf8';
  validateEncoding(buffer, encoding);
  const bytes = Buffer.from(buffer, encoding);
  return part(bytes, 0, bytes.length, getWritePosition(offsetOrOptions));
}

function getWritePosition(position) {
  if (typeof position === 'bigint') return getPosition(position, 0);
  return typeof position === 'number' ? position : -1;
}

function getViews(buffers) {
  if (!Array.isArray(buffers) || !buffers.every(ArrayBuffer.isView)) {
    throw new ERR_INVALID_ARG_TYPE('buffers', 'ArrayBufferView[]', buffers);
  }
  return buffers;
}

module.exports = { getReadArguments, getViews, getWriteArguments };
