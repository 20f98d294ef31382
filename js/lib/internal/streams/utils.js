// Questions about streams of any make: ours, older ones of npm, http messages. Each answers from what it finds.
'use strict';

// On Duplex.prototype: constructors ask it instead of loading the class.
const kIsDuplex = Symbol('kIsDuplex');
const kDestroyed = Symbol('kDestroyed');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');

function isReadableNodeStream(value, strict = false) {
  return Boolean(
    value && typeof value.pipe === 'function' && typeof value.on === 'function' &&
    (!strict || (typeof value.pause === 'function' && typeof value.resume === 'function')) &&
    (!value._writableState || value._readableState?.readable !== false) &&
    (!value._writableState || value._readableState));
}

function isWritableNodeStream(value) {
  return Boolean(
    value && typeof value.write === 'function' && typeof value.on === 'function' &&
    (!value._readableState || value._writableState?.writable !== false));
}

function isDuplexNodeStream(value) {
  return Boolean(
    value && typeof value.pipe === 'function' && value._readableState && typeof value.on === 'function' &&
    typeof value.write === 'function');
}

function isNodeStream(value) {
  return Boolean(value && (
    value._readableState || value._writableState ||
    (typeof value.write === 'function' && typeof value.on === 'function') ||
    (typeof value.pipe === 'function' && typeof value.on === 'function')));
}

// Streams of the web are known by their methods: their classes are loaded only when somebody has one.
function isReadableWebStream(value) {
  return Boolean(
    value && !isNodeStream(value) && typeof value.pipeThrough === 'function' &&
    typeof value.getReader === 'function' && typeof value.cancel === 'function');
}

function isWritableWebStream(value) {
  return Boolean(
    value && !isNodeStream(value) && typeof value.getWriter === 'function' && typeof value.abort === 'function');
}

function isTransformWebStream(value) {
  return Boolean(
    value && !isNodeStream(value) && typeof value.readable === 'object' && typeof value.writable === 'object' &&
    isReadableWebStream(value.readable) && isWritableWebStream(value.writable));
}

function isWebStream(value) {
  return isReadableWebStream(value) || isWritableWebStream(value) || isTransformWebStream(value);
}

function isIterable(value, isAsync) {
  if (value === null || value === undefined) return false;
  if (isAsync === true) return typeof value[Symbol.asyncIterator] === 'function';
  if (isAsync === false) return typeof value[Symbol.iterator] === 'function';
  return typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function';
}

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return Boolean(stream.destroyed || stream[kDestroyed] || state?.destroyed);
}

// Whether end() was called, null when it cannot be known.
function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  return typeof state?.ended === 'boolean' ? state.ended : null;
}

// Whether 'finish' was emitted or is about to.
function isWritableFinished(stream, strict = undefined) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  if (typeof state?.finished !== 'boolean') return null;
  return Boolean(state.finished || (strict === false && state.ended === true && state.length === 0));
}

function isReadableEnded(stream) {
  if (!isReadableNodeStream(stream)) return null;
  if (stream.readableEnded === true) return true;
  const state = stream._readableState;
  if (!state || state.errored) return false;
  return typeof state.ended === 'boolean' ? state.ended : null;
}

// Whether 'end' was emitted or is about to.
function isReadableFinished(stream, strict = undefined) {
  if (!isReadableNodeStream(stream)) return null;
  const state = stream._readableState;
  if (state?.errored) return false;
  if (typeof state?.endEmitted !== 'boolean') return null;
  return Boolean(state.endEmitted || (strict === false && state.ended === true && state.length === 0));
}

function isReadable(stream) {
  if (stream && stream[kIsReadable] != null) return stream[kIsReadable];
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

function isWritable(stream) {
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

// Whether nothing more is to come; options say which side matters.
function isFinished(stream, options) {
  if (!isNodeStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (options?.readable !== false && isReadable(stream)) return false;
  if (options?.writable !== false && isWritable(stream)) return false;
  return true;
}

function isOutgoingMessage(stream) {
  return typeof stream._closed === 'boolean' && typeof stream._defaultKeepAlive === 'boolean' &&
    typeof stream._removedConnection === 'boolean' && typeof stream._removedContLen === 'boolean';
}

function isServerResponse(stream) {
  return typeof stream._sent100 === 'boolean' && isOutgoingMessage(stream);
}

function isServerRequest(stream) {
  return typeof stream._consuming === 'boolean' && typeof stream._dumped === 'boolean' &&
    stream.req?.upgradeOrConnect === undefined;
}

function isRequest(stream) {
  return Boolean(stream && stream.setHeader && typeof stream.abort === 'function');
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const writable = stream._writableState;
  const readable = stream._readableState;
  if (typeof writable?.closed === 'boolean' || typeof readable?.closed === 'boolean') {
    return Boolean(writable?.closed || readable?.closed);
  }
  if (typeof stream._closed === 'boolean' && isOutgoingMessage(stream)) return stream._closed;
  return null;
}

function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const writable = stream._writableState;
  const readable = stream._readableState;
  const state = writable || readable;
  return (!state && isServerResponse(stream)) ||
    Boolean(state && state.autoDestroy && state.emitClose && state.closed === false);
}

function isDisturbed(stream) {
  return Boolean(stream && (stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted)));
}

function isErrored(stream) {
  return Boolean(stream && (
    stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ?? stream._readableState?.errorEmitted ??
    stream._writableState?.errorEmitted ?? stream._readableState?.errored ?? stream._writableState?.errored));
}

function readableErrored(stream) {
  return isNodeStream(stream) ? stream.readableErrored ?? stream._readableState?.errored ?? null : null;
}

function writableErrored(stream) {
  return isNodeStream(stream) ? stream.writableErrored ?? stream._writableState?.errored ?? null : null;
}

module.exports = {
  isClosed,
  isDestroyed,
  isDisturbed,
  isDuplexNodeStream,
  isErrored,
  isFinished,
  isIterable,
  isNodeStream,
  isReadable,
  isReadableEnded,
  isReadableFinished,
  isReadableNodeStream,
  isReadableWebStream,
  isRequest,
  isServerRequest,
  isServerResponse,
  isTransformWebStream,
  isWebStream,
  isWritable,
  isWritableEnded,
  isWritableFinished,
  isWritableNodeStream,
  isWritableWebStream,
  kDestroyed,
  kIsDisturbed,
  kIsDuplex,
  kIsErrored,
  kIsReadable,
  readableErrored,
  willEmitClose,
  writableErrored,
};
