// structuredClone(): a deep copy by the web's rules; what cannot be copied is a DataCloneError.
'use strict';

const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { isPool } = require('internal/buffer');
const { DOMException } = require('internal/dom_exception');
const binding = internalBinding('serdes');

internalBinding('env').setHook('makeDomException', (message, name) => new DOMException(message, name));

// options.transfer: ArrayBuffers whose memory moves to the copy.
function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('value');
  if (options !== undefined && options !== null) validateObject(options, 'options', { allowFunction: true });
  if (options?.transfer === undefined) return binding.structuredClone(value);
  // The memory that small Buffers share is copied instead.
  const transfer = Array.from(options.transfer).filter((buffer) => !isPool(buffer));
  return binding.structuredClone(value, transfer);
}

module.exports = { structuredClone };
