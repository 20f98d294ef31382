// cluster: not built yet (see internal/unavailable.js).
'use strict';

const EventEmitter = require('events');
const { functions } = require('internal/unavailable');

module.exports = Object.assign(new EventEmitter(), functions('cluster', ['fork', 'setupPrimary', 'setupMaster', 'disconnect']), {
  isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2,
});
