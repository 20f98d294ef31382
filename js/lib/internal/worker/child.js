// A worker's own side: learns from its starter what to run, and tells it of errors.
'use strict';

const { codes: { ERR_WORKER_UNSUPPORTED_OPERATION } } = require('internal/errors');
const execution = require('internal/process/execution');
const { MessageEvent } = require('internal/message_channel');
const { Link, kinds } = require('internal/worker/link');
const { pack } = require('internal/worker/error');
const { state } = require('internal/worker/state');

const unsupported = ['abort', 'chdir', 'disconnect', 'send', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid'];

// Waits for the first message; answers what is to be run, or null when there is nobody to send it.
function connect(fd) {
  const link = new Link(fd, 1);
  const parentPort = link.receivePort(0);
  let program = null;
  // What the starter asks for before this process is ready.
  const early = [];
  link.onmessage = (kind, value) => {
    if (kind === kinds.load) program = value;
    else early.push(kind);
  };
  link.onbad = (error) => {
    throw error;
  };
  link.start();
  while (program === null) {
    if (!link.readNow(true)) return null;
  }
  Object.assign(state, {
    isMainThread: false,
    threadId: program.threadId,
    workerData: program.workerData,
    resourceLimits: program.resourceLimits,
    environmentData: program.environmentData,
    parentPort,
  });
  link.onmessage = (kind) => {
    if (kind === kinds.snapshot) link.send(kinds.snapshot, 0, internalBinding('serdes').heapSnapshot());
  };
  link.onbad = (error) => parentPort.dispatchEvent(new MessageEvent('messageerror', { data: error }));
  early.forEach((kind) => link.onmessage(kind));
  link.unref();
  // The starter is gone: nobody is left to work for.
  link.onend = () => process.reallyExit(1);
  reportErrors(link);
  restrict(program);
  return { program, online: () => link.send(kinds.online, 0, undefined) };
}

function reportErrors(link) {
  execution.setReport((error) => link.send(kinds.error, 0, pack(error)));
  const { reallyExit } = process;
  process.reallyExit = (code) => {
    link.onend = null;
    link.flush();
    reallyExit(code);
  };
  execution.setLast(() => {
    link.onend = null;
    link.flush();
  });
}

// Some things belong to the whole program.
function restrict({ argv, filename, source }) {
  for (const name of unsupported) {
    process[name] = () => {
      throw new ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`);
    };
    process[name].disabled = true;
  }
  for (const name of ['title', 'debugPort']) {
    const value = process[name];
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => value, set() {} });
  }
  const { umask } = process;
  process.umask = (mask) => {
    if (mask !== undefined) throw new ERR_WORKER_UNSUPPORTED_OPERATION('Setting process.umask()');
    return umask();
  };
  for (const name of ['channel', 'connected']) {
    Object.defineProperty(process, name, {
      configurable: true, enumerable: false,
      get() { throw new ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}`); },
    });
  }
  process.argv = [process.execPath, ...(source !== undefined ? ['[worker eval]'] : filename !== undefined ? [filename] : []), ...argv];
}

module.exports = { connect };
