// Files that leave through a connection without passing through script, where pipe() joins the two and nobody listens
// in between.
'use strict';

const { Readable } = require('stream');

// What a destination has that can do this: (descriptor, position, bytes) => bytes taken, 0 at the file's end; -1: they
// are to be read and written; -2 - n: n were taken, and more has to wait for 'drain'.
const kWriteFile = Symbol('kWriteFile');

// As much as others wait for.
const kMostBytes = 128 * 1024;

// The one that takes all that `stream` reads, if nobody would notice.
function sinkOf(stream) {
  const state = stream._readableState;
  if (state.pipes.length !== 1 || state.flowing !== true || state.length !== 0 || state.encoding !== null ||
      state.objectMode || stream.push !== Readable.prototype.push || stream.read !== Readable.prototype.read ||
      stream.listenerCount('data') !== 1 || stream.listenerCount('readable') !== 0) {
    return undefined;
  }
  const sink = state.pipes[0];
  return typeof sink[kWriteFile] === 'function' ? sink : undefined;
}

// Lets the stream's destination take the next piece from the file. False: it has to be read.
function sendDirectly(stream, size) {
  const sink = sinkOf(stream);
  if (sink === undefined) return false;
  const position = stream.pos ?? stream.bytesRead;
  const wanted = Math.min(stream.end - position + 1, kMostBytes);
  if (!(wanted > 0)) return false;
  const answer = sink[kWriteFile](stream.fd, position, wanted);
  if (answer === -1) return false;
  const sent = answer < 0 ? -2 - answer : answer;
  stream.bytesRead += sent;
  stream.pos = position + sent;
  // Fewer than asked: the file ends here.
  if (sent < wanted || stream.pos > stream.end) stream.push(null);
  else if (answer < 0) whenReady(sink, () => goOn(stream, size));
  else setImmediate(goOn, stream, size);
  return true;
}

function goOn(stream, size) {
  if (!stream.destroyed) stream._read(size);
}

// Calls back when `sink` has drained, or has been parted from its source.
function whenReady(sink, callback) {
  const ready = () => {
    sink.removeListener('drain', ready);
    sink.removeListener('unpipe', ready);
    callback();
  };
  sink.on('drain', ready);
  sink.on('unpipe', ready);
}

module.exports = { kWriteFile, sendDirectly };
