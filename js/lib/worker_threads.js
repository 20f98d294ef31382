// worker_threads: workers in the shape of Node's, each a process of its own (doc/api/worker_threads.md tells what that changes).
'use strict';

const { BroadcastChannel } = require('internal/broadcast_channel');
const {
  MessageChannel, MessagePort, moveMessagePortToContext, receiveMessageOnPort,
} = require('internal/message_channel');
const { SHARE_ENV, state } = require('internal/worker/state');

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
  get markAsUntransferable() {
    return require('internal/structured_clone').markAsUntransferable;
  },
  moveMessagePortToContext,
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
