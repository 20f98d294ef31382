// cluster in the process that starts the workers.
'use strict';

const EventEmitter = require('events');
const path = require('path');
const { fork } = require('child_process');
const { validateString } = require('internal/validators');
const { Worker } = require('internal/cluster/worker');
const { receive, send } = require('internal/cluster/messages');
const { RoundRobin, Shared } = require('internal/cluster/shared');

const SCHED_NONE = 1;
const SCHED_RR = 2;

const cluster = new EventEmitter();
const handles = new Map();        // key -> what workers share
const internal = new EventEmitter();
let nextId = 0;
let isSetUp = false;

function policyOfEnvironment() {
  return process.env.NODE_CLUSTER_SCHED_POLICY === 'none' ? SCHED_NONE : SCHED_RR;
}

Object.assign(cluster, {
  isWorker: false,
  isMaster: true,
  isPrimary: true,
  Worker,
  workers: {},
  settings: {},
  SCHED_NONE,
  SCHED_RR,
  schedulingPolicy: policyOfEnvironment(),
});

cluster.setupPrimary = function(options) {
  const settings = {
    args: process.argv.slice(2),
    exec: process.argv[1],
    execArgv: process.execArgv,
    silent: false,
    ...cluster.settings,
    ...options,
  };
  cluster.settings = settings;
  if (!isSetUp) {
    isSetUp = true;
    if (![SCHED_NONE, SCHED_RR].includes(cluster.schedulingPolicy)) {
      throw new require('assert').AssertionError({ message: `Bad cluster.schedulingPolicy: ${cluster.schedulingPolicy}` });
    }
  }
  process.nextTick(() => cluster.emit('setup', settings));
};
// The name of before.
cluster.setupMaster = cluster.setupPrimary;

function startProcess(id, env) {
  const { exec, args, cwd, silent, windowsHide, execArgv, stdio, gid, uid, serialization } = cluster.settings;
  validateString(exec, 'settings.exec');
  return fork(exec, args, {
    cwd, silent, windowsHide, execArgv, stdio, gid, uid, serialization,
    env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` },
  });
}

function removeWorker(worker) {
  if (cluster.workers[worker.id] !== worker) return;
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) internal.emit('empty');
}

function removeHandles(worker) {
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++nextId;
  const workerProcess = startProcess(id, env);
  const worker = new Worker({ id, process: workerProcess });
  worker.on('message', (message, handle) => cluster.emit('message', worker, message, handle));
  workerProcess.once('exit', (exitCode, signalCode) => {
    // What it has sent before it ended may still be on its way; 'disconnect' comes after that.
    if (!worker.isConnected()) {
      removeHandles(worker);
      removeWorker(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', exitCode, signalCode);
    cluster.emit('exit', worker, exitCode, signalCode);
  });
  workerProcess.once('disconnect', () => {
    removeHandles(worker);
    // A worker that lives on without its channel is still there.
    if (worker.isDead()) removeWorker(worker);
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  // A program that could not be started has no 'exit'.
  workerProcess.once('error', () => {
    if (workerProcess.pid === undefined) removeWorker(worker);
  });
  workerProcess.on('internalMessage', receive((message, handle) => onMessage(worker, message, handle)));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[id] = worker;
  return worker;
};

cluster.disconnect = function(callback) {
  const workers = Object.values(cluster.workers);
  if (typeof callback === 'function') {
    if (workers.length === 0) process.nextTick(callback);
    else internal.once('empty', callback);
  }
  for (const worker of workers) {
    if (worker.isConnected()) worker.disconnect();
  }
};

// ---- What workers say -------------------------------------------------------------------------

const acts = {
  online(worker) {
    worker.state = 'online';
    worker.emit('online');
    cluster.emit('online', worker);
  },
  exitedAfterDisconnect(worker, message) {
    worker.exitedAfterDisconnect = true;
    answer(worker, message, {});
  },
  listening(worker, { addressType, address, port, fd }) {
    const info = { addressType, address, port, fd };
    worker.state = 'listening';
    worker.emit('listening', info);
    cluster.emit('listening', worker, info);
  },
  queryServer(worker, message) {
    // It is on its way out: its place is no longer needed.
    if (worker.exitedAfterDisconnect) return;
    const { address, port, addressType, fd, index } = message;
    const key = `${address}:${port}:${addressType}:${fd}:${index}`;
    let handle = handles.get(key);
    if (handle === undefined) {
      if (addressType === -1 && typeof address === 'string' && message.cwd !== undefined) {
        message = { ...message, address: fromWorkersFolder(address, message.cwd) };
      }
      const spread = cluster.schedulingPolicy === SCHED_RR && !`${addressType}`.startsWith('udp');
      handle = new (spread ? RoundRobin : Shared)(key, message);
      if (!handle.failed) handles.set(key, handle);
    }
    handle.data ??= message.data;
    handle.add(worker, (errno, reply, descriptor) => {
      answer(worker, message, { errno, key, data: handle.data, ...reply }, descriptor);
    });
  },
  close(worker, { key }) {
    if (handles.get(key)?.remove(worker)) handles.delete(key);
  },
};

// A relative path of a worker that works elsewhere, as short as can be: such names may have 107 bytes.
function fromWorkersFolder(address, cwd) {
  if (path.isAbsolute(address) || address.startsWith('\0') || cwd === process.cwd()) return address;
  return path.relative(process.cwd(), path.join(cwd, address));
}

function answer(worker, { seq }, message, descriptor) {
  send(worker.process, { ...message, ack: seq }, descriptor);
}

function onMessage(worker, message, handle) {
  if (Object.hasOwn(acts, message.act)) acts[message.act](worker, message, handle);
}

// ---- Worker in the primary --------------------------------------------------------------------

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this.process, { act: 'disconnect' });
  removeHandles(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signal = 'SIGTERM') {
  this.process.kill(signal || 'SIGTERM');
};

module.exports = cluster;
