// compose(): several steps of a pipeline as one duplex: writes go to the first, reads come from the last.
'use strict';

const { Duplex } = require('internal/streams/duplex');
const { duplexify, withoutWeb } = require('internal/streams/duplexify');
const { pipeline } = require('internal/streams/pipeline');
const { destroyer } = require('internal/streams/destroy');
const { isNodeStream, isReadable, isWebStream, isWritable } = require('internal/streams/utils');
const { AbortError, codes: { ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS } } = require('internal/errors');

function compose(...steps) {
  if (steps.length === 0) throw new ERR_MISSING_ARGS('streams');
  if (steps.length === 1) return duplexify(steps[0], 'streams[0]');
  const originals = steps.slice();
  steps = steps.map(withoutWeb);
  const last = steps.length - 1;
  if (typeof steps[0] === 'function') steps[0] = duplexify(steps[0], 'streams[0]');
  if (typeof steps[last] === 'function') steps[last] = duplexify(steps[last], `streams[${last}]`);
  steps.forEach((step, i) => {
    if (!isNodeStream(step)) return;
    if (i < last && !isReadable(step)) {
      throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, originals[i], 'must be readable');
    }
    if (i > 0 && !isWritable(step)) {
      throw new ERR_INVALID_ARG_VALUE(`streams[${i}]`, originals[i], 'must be writable');
    }
  });

  const head = steps[0];
  let onDrain = null;
  let onFinish = null;
  let onReadable = null;
  // undefined until the pipeline is through; then null, or the callback of _destroy().
  let onClose;
  const tail = pipeline(...steps, (error) => {
    const callback = onClose;
    onClose = null;
    if (callback) callback(error);
    else if (error) duplex.destroy(error);
    else if (!readable && !writable) duplex.destroy();
  });
  const writable = Boolean(isWritable(head));
  const readable = Boolean(isReadable(tail));
  const duplex = new Duplex({
    writableObjectMode: !isWebStream(originals[0]) && Boolean(head?.writableObjectMode),
    readableObjectMode: !isWebStream(originals[last]) && Boolean(tail?.readableObjectMode),
    writable,
    readable,
  });

  if (writable) {
    duplex._write = function(chunk, encoding, callback) {
      if (head.write(chunk, encoding)) callback();
      else onDrain = callback;
    };
    duplex._final = function(callback) {
      head.end();
      onFinish = callback;
    };
    head.on('drain', () => {
      const callback = onDrain;
      onDrain = null;
      callback?.();
    });
    tail.on('finish', () => {
      const callback = onFinish;
      onFinish = null;
      callback?.();
    });
  }
  if (readable) {
    tail.on('readable', () => {
      const callback = onReadable;
      onReadable = null;
      callback?.();
    });
    tail.on('end', () => duplex.push(null));
    duplex._read = function() {
      for (;;) {
        const chunk = tail.read();
        if (chunk === null) {
          onReadable = duplex._read;
          return;
        }
        if (!duplex.push(chunk)) return;
      }
    };
  }
  duplex._destroy = function(error, callback) {
    if (!error && onClose !== null) error = new AbortError();
    onReadable = null;
    onDrain = null;
    onFinish = null;
    if (onClose === null) {
      callback(error);
      return;
    }
    onClose = callback;
    destroyer(tail, error);
  };
  return duplex;
}

module.exports = { compose };
