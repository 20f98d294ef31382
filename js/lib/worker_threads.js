// worker_threads: what holds in the main thread. There are no further threads of JavaScript yet.
'use strict';

const { BroadcastChannel, MessageChannel, MessagePort, receiveMessageOnPort } = require('internal/message_channel');

const environment = new Map();
const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

class Worker {
  constructor() {
    const error = new Error('Worker threads are not available in this build');
    error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
    throw error;
  }
}

module.exports = {
  BroadcastChannel,
  MessageChannel,
  MessagePort,
  SHARE_ENV,
  Worker,
  getEnvironmentData: (key) => environment.get(key),
  isMainThread: true,
  markAsUntransferable() {},
  moveMessagePortToContext: (port) => port,
  parentPort: null,
  receiveMessageOnPort,
  resourceLimits: {},
  setEnvironmentData(key, value) {
    if (value === undefined) environment.delete(key);
    else environment.set(key, value);
  },
  threadId: 0,
  workerData: null,
};
