// cluster in a worker.
'use strict';

const EventEmitter = require('events');
const path = require('path');
const binding = internalBinding('net');
const { shared } = require('internal/net');
const { closeSync } = require('fs');
const { Worker } = require('internal/cluster/worker');
const { receive, send } = require('internal/cluster/messages');

const cluster = new EventEmitter();
const handles = new Map();   // key -> handle whose connections the primary hands over
const open = new Set();      // everything this worker listens on
const indexes = new Map();   // address -> the numbers in use of those who want the same one
const noop = () => {};

Object.assign(cluster, {
  isWorker: true,
  isMaster: false,
  isPrimary: false,
  worker: null,
  Worker,
  SCHED_NONE: 1,
  SCHED_RR: 2,
});

const tell = (message, callback) => send(process, message, undefined, callback);

cluster._setupWorker = function(id) {
  const worker = new Worker({ id, process, state: 'online' });
  cluster.worker = worker;
  shared.listen = askPrimary;
  process.once('disconnect', () => {
    worker.emit('disconnect');
    // Without its primary a worker has nothing to do, unless it wanted so.
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', receive((message, handle) => {
    if (message.act === 'newconn') onConnection(message, handle);
    else if (message.act === 'disconnect') disconnect(worker, true);
  }));
  tell({ act: 'online' });
};

// ---- Listening ---------------------------------------------------------------------------------

// Looks like the binding's Listener to net.Server, but its connections come from the primary.
class RemoteListener {
  #key;
  #sockname;
  #keepAlive = null;

  constructor(key, sockname) {
    this.#key = key;
    this.#sockname = sockname;
    this.onaccept = null;
    handles.set(key, this);
    this.ref();
  }
  fd() {
    return -1;
  }
  local() {
    return this.#sockname ?? undefined;
  }
  // Keeps the loop going as a listening socket does.
  ref() {
    this.#keepAlive ??= setInterval(noop, 2 ** 30);
  }
  unref() {
    clearInterval(this.#keepAlive);
    this.#keepAlive = null;
  }
  hasRef() {
    return this.#keepAlive !== null;
  }
  close(callback) {
    this.unref();
    if (handles.delete(this.#key)) tell({ act: 'close', key: this.#key });
    this.onclose?.();
    if (typeof callback === 'function') process.nextTick(callback);
  }
}

function onConnection(message, descriptor) {
  const handle = handles.get(message.key);
  const accepted = handle !== undefined && handle.onaccept !== null && descriptor !== undefined && handle.wants?.() !== false;
  tell({ ack: message.seq, accepted });
  if (accepted) handle.onaccept(descriptor.fd);
  else descriptor?.close();
}

// The number that tells apart those of one worker who want the same address.
function takeIndex(name) {
  let used = indexes.get(name);
  if (used === undefined) indexes.set(name, used = new Set());
  let index = 0;
  while (used.has(index)) index++;
  used.add(index);
  return [index, () => used.delete(index)];
}

// Gets from the primary what `owner` wants to listen on: `callback(errno, handle)`. query: { address, port, addressType, fd,
// backlog, flags }; a handle that is no RemoteListener is a bound socket's descriptor.
cluster._getServer = function(owner, query, callback) {
  const { address = null, port = -1, addressType, fd = -1, flags = {}, backlog = 511 } = query;
  const name = [address, port, addressType, fd].join(':');
  const [index, giveBack] = takeIndex(name);
  const isPath = addressType === -1 && typeof address === 'string';
  const message = {
    act: 'queryServer', index, address, port, addressType, fd, backlog,
    cwd: isPath ? process.cwd() : undefined,
    flags: { ipv6Only: Boolean(flags.ipv6Only), reusePort: Boolean(flags.reusePort), reuseAddr: Boolean(flags.reuseAddr) },
    data: owner._getServerData?.(),
  };
  tell(message, (reply, descriptor) => {
    owner._setServerData?.(reply.data);
    const onclose = () => {
      open.delete(entry);
      giveBack();
    };
    const entry = { owner, close: (done) => process.nextTick(done) };
    if (reply.errno) {
      giveBack();
      return callback(reply.errno, null);
    }
    open.add(entry);
    if (descriptor === undefined) {
      const handle = new RemoteListener(reply.key, reply.sockname);
      handle.wants = () => owner._wantsConnection?.() ?? true;
      handle.onclose = onclose;
      entry.close = (done) => handle.close(done);
      callback(0, handle);
    } else {
      callback(0, descriptor, () => {
        onclose();
        tell({ act: 'close', key: reply.key });
      }, entry);
    }
  });
  owner.once('listening', () => {
    if (cluster.worker === null) return;
    cluster.worker.state = 'listening';
    const bound = owner.address();
    tell({
      act: 'listening', addressType, fd: fd >= 0 ? fd : undefined,
      address: bound !== null && typeof bound === 'object' && isPath === false ? address : address ?? bound,
      port: bound?.port ?? port,
    });
  });
};

// For net.Server and dgram.Socket.
function askPrimary(server, query, callback) {
  cluster._getServer(server, query, (errno, handle, onclose, entry) => {
    if (errno !== 0 || onclose === undefined) return callback(errno, handle);
    // The socket is shared: every worker accepts from it.
    const isDatagram = `${query.addressType}`.startsWith('udp');
    const listener = isDatagram ? new (internalBinding('udp').Udp)() : new binding.Listener();
    const failure = isDatagram ? listener.open(handle.fd) : listener.adopt(handle.fd, query.backlog);
    if (failure !== 0) {
      closeSync(handle.fd);
      onclose();
      return callback(failure, null);
    }
    const { close } = Object.getPrototypeOf(listener);
    listener.close = function() {
      Reflect.apply(close, listener, []);
      delete listener.close;
      onclose();
    };
    entry.close = (done) => {
      listener.close();
      process.nextTick(done);
    };
    callback(0, listener);
  });
}

// ---- Leaving -----------------------------------------------------------------------------------

// Closes what this worker listens on, waits for its servers, then lets go of the primary.
function disconnect(worker, byPrimary) {
  worker.exitedAfterDisconnect = true;
  let waiting = 1;
  const done = () => {
    if (--waiting > 0) return;
    // The primary must know first that this is on purpose.
    if (byPrimary) return letGo();
    tell({ act: 'exitedAfterDisconnect' }, letGo) || letGo();
  };
  const letGo = () => {
    if (process.connected) process.disconnect();
  };
  for (const { owner, close } of [...open]) {
    waiting++;
    if (typeof owner.close === 'function' && owner.listening) owner.close(done);
    else close(done);
  }
  done();
}

Worker.prototype.disconnect = function() {
  if (this.state === 'disconnecting' || this.state === 'destroying') return this;
  this.state = 'disconnecting';
  disconnect(this, false);
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) return process.exit(0);
  this.state = 'destroying';
  tell({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  process.once('disconnect', () => process.exit(0));
};

module.exports = cluster;
