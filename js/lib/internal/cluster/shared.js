// What the primary holds for its workers: a server whose connections it hands round, or a bound socket that they share.
'use strict';

const binding = internalBinding('net');
const { map: { EAFNOSUPPORT, EADDRNOTAVAIL, EINVAL } } = internalBinding('errno');
const fs = require('fs');
const { Descriptor } = require('internal/child_process/handles');
const { send } = require('internal/cluster/messages');

// Calls open(address, port, ipv6Only) for what the worker wants to listen on. No address means both families, or IPv4 alone where
// the system has no IPv6.
function openAddress({ address, port, flags }, open) {
  if (address !== null && address !== undefined && address !== '') return open(address, port, flags.ipv6Only);
  const errno = open('::', port, flags.ipv6Only);
  return [-EAFNOSUPPORT, -EADDRNOTAVAIL, -EINVAL].includes(errno) ? open('0.0.0.0', port, false) : errno;
}

// SCHED_RR: the primary accepts, and gives every connection to the worker that has waited longest.
class RoundRobin {
  #handle = new binding.Listener();
  #errno;
  #all = new Map();   // id -> worker
  #free = new Map();  // those that have answered
  #waiting = [];      // descriptors of connections

  constructor(key, query) {
    this.key = key;
    const { backlog, flags } = query;
    this.#errno = query.fd >= 0 ? this.#handle.adopt(query.fd, backlog) :
      openAddress(query, (address, port, only) => this.#handle.listen(address, port, backlog, only, flags.reusePort));
    this.#handle.onaccept = (fd) => {
      if (fd < 0) return;
      this.#waiting.push(fd);
      this.#distribute();
    };
  }

  // `reply(errno, answer, descriptor)`
  add(worker, reply) {
    if (this.#errno !== 0) return reply(this.#errno, {});
    this.#all.set(worker.id, worker);
    reply(0, { sockname: this.#handle.local() ?? null });
    this.#giveTo(worker);
  }

  // True when nobody is left: the handle is closed then.
  remove(worker) {
    if (!this.#all.delete(worker.id)) return false;
    this.#free.delete(worker.id);
    if (this.#all.size > 0) return false;
    for (const fd of this.#waiting.splice(0)) fs.closeSync(fd);
    this.#handle.close();
    return true;
  }
  get failed() {
    return this.#errno !== 0;
  }

  #distribute() {
    const [worker] = this.#free.values();
    if (worker === undefined) return;
    this.#free.delete(worker.id);
    this.#giveTo(worker);
  }

  // The next connection, or a place among the free.
  #giveTo(worker) {
    if (!this.#all.has(worker.id)) return;
    const fd = this.#waiting.shift();
    if (fd === undefined) return void this.#free.set(worker.id, worker);
    const sent = new Descriptor(fd);
    const onGone = () => {
      worker.process.off('disconnect', onGone);
      this.#takeBack(sent);
    };
    const answered = (reply) => {
      worker.process.off('disconnect', onGone);
      if (reply.accepted) sent.close();
      else this.#takeBack(sent);
      this.#giveTo(worker);
    };
    if (!worker.process.connected) return this.#takeBack(sent);
    worker.process.on('disconnect', onGone);
    send(worker.process, { act: 'newconn', key: this.key }, sent, answered);
  }

  // A connection that a worker would not have goes to another.
  #takeBack(descriptor) {
    if (descriptor.fd < 0) return;
    if (this.#all.size === 0) return descriptor.close();
    this.#waiting.unshift(descriptor.fd);
    this.#distribute();
  }
}

// What is bound and does not listen: { fd, close() }, or a negative errno.
function bind(query) {
  const { address, port, addressType, fd, flags } = query;
  // Descriptors of the program's own stay open.
  if (fd >= 0) return { fd, close() {} };
  const made = `${addressType}`.startsWith('udp') ?
    internalBinding('udp').bindDatagram(address ?? '', port, addressType === 'udp6', flags.ipv6Only, flags.reuseAddr) :
    openAddress(query, (where, at, only) => binding.bindSocket(where, at, only, flags.reusePort));
  if (made < 0) return made;
  const isPath = addressType === -1 && !address.startsWith('\0');
  return {
    fd: made,
    close() {
      fs.closeSync(made);
      if (isPath) fs.rmSync(address, { force: true });
    },
  };
}

// SCHED_NONE, and all of UDP: every worker gets the same bound socket.
class Shared {
  #bound;
  #workers = new Set();

  constructor(key, query) {
    this.key = key;
    this.#bound = bind(query);
  }

  get failed() {
    return typeof this.#bound === 'number';
  }

  add(worker, reply) {
    if (this.failed) return reply(this.#bound, {});
    this.#workers.add(worker.id);
    reply(0, {}, new Descriptor(this.#bound.fd));
  }

  // True when nobody is left: the socket is closed then.
  remove(worker) {
    if (!this.#workers.delete(worker.id) || this.#workers.size > 0) return false;
    this.#bound.close();
    return true;
  }
}

module.exports = { RoundRobin, Shared };
