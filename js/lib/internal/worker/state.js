// What this process is: the program's first, or a worker, and what worker_threads tells of it.
'use strict';

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');

const state = {
  isMainThread: true,
  threadId: 0,
  parentPort: null,
  workerData: null,
  resourceLimits: {},
  environmentData: new Map(),
  inheritedExecArgv: () => process.execArgv.filter((word) => !/^(-e|-p|-pe|--eval|--print|-i|--interactive|-c|--check)(=|$)/.test(word)),
};

module.exports = { SHARE_ENV, state };
