// Where 'error' events came from that were thrown for want of a listener: for the last report of the process.
'use strict';

const emissions = new WeakMap();

// Frames from `emit` up are left out.
function noteEmission(emitter, error, emit) {
  const place = {};
  Error.captureStackTrace(place, emit);
  let name = '';
  try {
    if (emitter.constructor.name !== 'EventEmitter') name = ` on ${emitter.constructor.name} instance`;
  } catch {
    // An emitter without a constructor.
  }
  emissions.set(error, { place, name });
}

// The stack of `error`, with that of its emission if there was one.
function describeEmission(error) {
  const emission = emissions.get(error);
  if (emission === undefined || typeof emission.place.stack !== 'string') return error.stack;
  const own = emission.place.stack.split('\n').slice(1);
  const original = error.stack.split('\n').slice(1);
  // What is the same at the end of both is said once.
  let same = 0;
  while (same < Math.min(own.length, original.length) && own.at(-1 - same) === original.at(-1 - same)) {
    same++;
  }
  if (same > 3) {
    own.splice(own.length - same + 1, same - 2, '    [... lines matching original stack trace ...]');
  }
  return `${error.stack}\nEmitted 'error' event${emission.name} at:\n${own.join('\n')}`;
}

module.exports = { describeEmission, noteEmission };
