// process.on('SIGxxx') and process.kill.
'use strict';

const binding = internalBinding('signals');
const { signals } = internalBinding('os');
const { ErrnoException, codes: { ERR_UNKNOWN_SIGNAL, ERR_INVALID_ARG_TYPE } } = require('internal/errors');

// Handles by the name listened to: some numbers have two names.
const handles = new Map();

function isSignal(event) {
  return typeof event === 'string' && typeof signals[event] === 'number';
}

process.on('newListener', (event) => {
  if (!isSignal(event) || handles.has(event)) return;
  const handle = new binding.Signal();
  const errno = handle.start(signals[event]);
  if (errno !== 0) throw new ErrnoException(errno, 'uv_signal_start');
  handles.set(event, handle);
});

process.on('removeListener', (event) => {
  if (!isSignal(event) || process.listenerCount(event) !== 0) return;
  handles.get(event)?.stop();
  handles.delete(event);
});

internalBinding('env').setHook('signal', (number) => {
  for (const name of handles.keys()) {
    if (signals[name] === number) process.emit(name, name, number);
  }
  if (number === signals.SIGUSR1 && !handles.has('SIGUSR1')) require('internal/inspector/server').openOnce();
});

// SIGUSR1 starts the debugger's server, unless the program listens to it.
function watchForDebugger() {
  new binding.Signal().start(signals.SIGUSR1);
}

process.kill = function kill(pid, signal) {
  if (pid != (pid | 0)) throw new ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  let number;
  if (typeof signal === 'number') {
    number = signal;
  } else {
    const name = signal || 'SIGTERM';
    if (!isSignal(name)) throw new ERR_UNKNOWN_SIGNAL(name);
    number = signals[name];
  }
  const errno = process._kill(pid | 0, number);
  // Test libraries replace process._kill by functions without an answer.
  if (errno) throw new ErrnoException(errno, 'kill');
  return true;
};

// kill(2) as it is: 0 or a negative errno. Test libraries replace it.
process._kill = (pid, number) => binding.kill(pid, number);

module.exports = { watchForDebugger };
