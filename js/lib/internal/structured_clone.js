// structuredClone(): a deep copy by the web's rules; what cannot be copied is a DataCloneError.
'use strict';

const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { DOMException } = require('internal/dom_exception');
const binding = internalBinding('serdes');

internalBinding('env').setHook('makeDomException', (message, name) => new DOMException(message, name));

// options.transfer: ArrayBuffers whose memory moves to the copy.
function structuredClone(value, options = undefined) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('value');
  if (options !== undefined && options !== null) validateObject(options, 'options', { allowFunction: true });
  const transfer = options?.transfer;
  return binding.structuredClone(value, transfer === undefined ? undefined : Array.from(transfer));
}

module.exports = { structuredClone };
