// The global object: only itself and the timers of 2010 are enumerable, as programs that walk it expect.
'use strict';

const { defineLazyGlobal, defineGlobal } = (() => {
  function defineGlobal(name, value, enumerable = false) {
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable, configurable: true });
  }

  // Loads `id` when the global is first read; assigning replaces it.
  function defineLazyGlobal(name, id, key = name, enumerable = false) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable,
      get() {
        const value = require(id)[key];
        defineGlobal(name, value, enumerable);
        return value;
      },
      set(value) {
        defineGlobal(name, value, enumerable);
      },
    });
  }
  return { defineLazyGlobal, defineGlobal };
})();

Object.defineProperty(globalThis, Symbol.toStringTag, {
  value: 'global', writable: false, enumerable: false, configurable: true,
});

defineGlobal('global', globalThis, true);
defineGlobal('GLOBAL', globalThis);
defineGlobal('root', globalThis);
defineGlobal('process', process);

const { Buffer } = require('buffer');
defineGlobal('Buffer', Buffer);
for (const name of ['atob', 'btoa', 'Blob']) defineLazyGlobal(name, 'buffer');
defineLazyGlobal('Headers', 'internal/fetch/headers');
defineLazyGlobal('Response', 'internal/fetch/response');

const timers = require('timers');
for (const name of ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']) defineGlobal(name, timers[name], true);
for (const name of ['setImmediate', 'clearImmediate']) defineGlobal(name, timers[name]);

const { nextTick, queueMicrotask } = require('internal/process/task_queues').setupTaskQueue();
process.nextTick = nextTick;
defineGlobal('queueMicrotask', queueMicrotask);

// Memory that workers can share.
defineLazyGlobal('SharedArrayBuffer', 'internal/worker/shared_memory');

// A build without OpenSSL has none of these, so that programs can tell.
if (internalBinding('process').about().openssl !== '') {
  for (const name of ['crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto']) defineLazyGlobal(name, 'internal/crypto/webcrypto');
}

// V8's own console only reaches an inspector; ours writes.
const v8Console = globalThis.console;
delete globalThis.console;
Object.defineProperty(globalThis, 'console', {
  configurable: true,
  enumerable: false,
  get() {
    const value = require('console');
    defineGlobal('console', value);
    return value;
  },
  set(value) {
    defineGlobal('console', value);
  },
});

for (const name of ['URL', 'URLSearchParams']) defineLazyGlobal(name, 'internal/url');
for (const name of ['TextEncoder', 'TextDecoder']) defineLazyGlobal(name, 'internal/encoding');
for (const name of ['AbortController', 'AbortSignal']) defineLazyGlobal(name, 'internal/abort_controller');
for (const name of ['Event', 'EventTarget']) defineLazyGlobal(name, 'internal/event_target');
defineLazyGlobal('structuredClone', 'internal/structured_clone');
defineLazyGlobal('DOMException', 'internal/dom_exception');
defineLazyGlobal('performance', 'perf_hooks');
defineLazyGlobal('BroadcastChannel', 'internal/broadcast_channel');
for (const name of ['MessageChannel', 'MessagePort', 'MessageEvent']) {
  defineLazyGlobal(name, 'internal/message_channel');
}
for (const name of ['PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver',
                    'PerformanceObserverEntryList']) {
  defineLazyGlobal(name, 'perf_hooks');
}
for (const name of ['ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader',
                    'ReadableStreamBYOBRequest', 'ReadableByteStreamController', 'ReadableStreamDefaultController',
                    'TransformStream', 'TransformStreamDefaultController', 'WritableStream',
                    'WritableStreamDefaultController', 'WritableStreamDefaultWriter', 'ByteLengthQueuingStrategy',
                    'CountQueuingStrategy', 'TextEncoderStream', 'TextDecoderStream',
                    'CompressionStream', 'DecompressionStream']) {
  defineLazyGlobal(name, 'stream/web');
}

module.exports = { v8Console };
