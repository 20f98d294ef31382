// How many connections of a server live in the processes that it has sent them to: net.Server's getConnections() and close().
'use strict';

const EventEmitter = require('events');
const { codes: { ERR_CHILD_CLOSED_BEFORE_REPLY } } = require('internal/errors');

// The sender's side: one server's connections in one child.
class SentList extends EventEmitter {
  constructor(channel, key) {
    super();
    this.channel = channel;
    this.key = key;
    channel.target.once('exit', () => this.emit('exit', this));
  }

  #ask(cmd, answer, callback) {
    const { target } = this.channel;
    const done = (error, message) => {
      target.off('internalMessage', onMessage);
      target.off('disconnect', onGone);
      callback(error, message);
    };
    const onMessage = (message) => {
      if (message.cmd === answer && message.key === this.key) done(null, message);
    };
    const onGone = () => done(new ERR_CHILD_CLOSED_BEFORE_REPLY());
    if (!target.connected) return void process.nextTick(callback, new ERR_CHILD_CLOSED_BEFORE_REPLY());
    target.on('internalMessage', onMessage);
    target.on('disconnect', onGone);
    target._send({ cmd, key: this.key }, undefined, { swallowErrors: true });
  }

  close(callback) {
    this.#ask('NODE_SOCKET_NOTIFY_CLOSE', 'NODE_SOCKET_ALL_CLOSED', () => callback());
  }
  getConnections(callback) {
    this.#ask('NODE_SOCKET_GET_COUNT', 'NODE_SOCKET_COUNT', (error, message) => callback(error, message?.count));
  }
}

// Both sides of one channel.
class SocketLists {
  #sent = new Map();
  #received = new Map();

  constructor(channel) {
    this.channel = channel;
  }

  // `server` is about to send a connection of its own.
  sending(server, key) {
    if (this.#sent.has(key)) return;
    const list = new SentList(this.channel, key);
    this.#sent.set(key, list);
    server._setupWorker(list);
    list.once('exit', () => this.#sent.delete(key));
  }

  // `socket` has come from a server known by `key` to the other side.
  received(key, socket) {
    let sockets = this.#received.get(key);
    if (sockets === undefined) this.#received.set(key, sockets = new Set());
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0 && sockets.notify) this.#tellClosed(key);
    });
  }

  #tellClosed(key) {
    this.channel.target._send({ cmd: 'NODE_SOCKET_ALL_CLOSED', key }, undefined, { swallowErrors: true });
  }

  // Answers the other side's questions.
  onMessage({ cmd, key }) {
    const sockets = this.#received.get(key) ?? new Set();
    if (cmd === 'NODE_SOCKET_NOTIFY_CLOSE') {
      if (sockets.size === 0) this.#tellClosed(key);
      else sockets.notify = true;
    } else if (cmd === 'NODE_SOCKET_GET_COUNT') {
      this.channel.target._send({ cmd: 'NODE_SOCKET_COUNT', key, count: sockets.size }, undefined, { swallowErrors: true });
    }
  }
}

module.exports = { SocketLists };
