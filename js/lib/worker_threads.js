// worker_threads: workers in the shape of Node's, each a process of its own (doc/api/worker_threads.md tells what that changes).
'use strict';

const { BroadcastChannel, MessageChannel, MessagePort, receiveMessageOnPort } = require('internal/message_channel');
const { SHARE_ENV, state } = require('internal/worker/state');

const untransferable = new WeakSet();

module.exports = {
  BroadcastChannel,
  MessageChannel,
  MessagePort,
  SHARE_ENV,
  get Worker() {
    return require('internal/worker/worker').Worker;
  },
  getEnvironmentData: (key) => state.environmentData.get(key),
  isMainThread: state.isMainThread,
  markAsUntransferable(object) {
    if (object !== null && (typeof object === 'object' || typeof object === 'function')) untransferable.add(object);
  },
  moveMessagePortToContext: (port) => port,
  parentPort: state.parentPort,
  receiveMessageOnPort,
  resourceLimits: state.resourceLimits,
  setEnvironmentData(key, value) {
    if (value === undefined) state.environmentData.delete(key);
    else state.environmentData.set(key, value);
  },
  threadId: state.threadId,
  workerData: state.workerData,
};
