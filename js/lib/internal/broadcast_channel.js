// BroadcastChannel: all channels of one name hear each other, in this process and in those that workers run in.
'use strict';

const { codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');
const { defineEventHandler, EventTarget } = require('internal/event_target');
const { DOMException } = require('internal/dom_exception');
const { MessageChannel, MessageEvent } = require('internal/message_channel');
const { structuredClone } = require('internal/structured_clone');
const { customInspectSymbol } = require('internal/util');

const channels = new Map();   // name -> set of open channels
const links = new Set();      // to the processes of workers, and to the one that started this

let privates;

class BroadcastChannel extends EventTarget {
  #name;
  #near;    // where messages come out
  #far;     // where others put them in

  static {
    privates = (channel) => (typeof channel === 'object' && channel !== null && #near in channel ?
      { near: channel.#near, far: channel.#far } : undefined);
  }

  constructor(name) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('name');
    super();
    this.#name = `${name}`;
    ({ port1: this.#near, port2: this.#far } = new MessageChannel());
    for (const type of ['message', 'messageerror']) {
      this.#near.addEventListener(type, ({ data }) => this.dispatchEvent(new MessageEvent(type, { data })));
    }
    if (!channels.has(this.#name)) channels.set(this.#name, new Set());
    channels.get(this.#name).add(this);
  }

  #open() {
    return channels.get(this.#name)?.has(this) === true;
  }

  get name() {
    check(this);
    return this.#name;
  }

  [customInspectSymbol](depth, options) {
    check(this);
    if (depth < 0) return 'BroadcastChannel';
    const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
    return `BroadcastChannel ${require('util').inspect({ name: this.#name, active: this.#open() }, inner)}`;
  }

  postMessage(message) {
    check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('message');
    if (!this.#open()) throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    // What cannot be cloned is an error even if nobody listens.
    const copy = structuredClone(message);
    deliver(this.#name, copy, this);
    pass(this.#name, copy, undefined);
  }

  close() {
    check(this);
    if (!this.#open()) return;
    const others = channels.get(this.#name);
    others.delete(this);
    if (others.size === 0) channels.delete(this.#name);
    this.#near.close();
  }

  // An open channel keeps the process alive.
  ref() {
    check(this);
    if (this.#open()) this.#near.ref();
    return this;
  }

  unref() {
    check(this);
    this.#near.unref();
    return this;
  }
}
for (const type of ['message', 'messageerror']) defineEventHandler(BroadcastChannel.prototype, type);

function check(channel) {
  if (privates(channel) === undefined) throw new ERR_INVALID_THIS('BroadcastChannel');
}

// The port that a channel's messages come out of; undefined for anything else.
function portOf(channel) {
  return privates(channel)?.near;
}

function deliver(name, message, sender) {
  for (const channel of channels.get(name) ?? []) {
    if (channel !== sender) privates(channel).far.postMessage(message);
  }
}

// Processes are a tree: what came over one link goes on over all others.
function pass(name, message, from) {
  for (const link of links) {
    if (link !== from) link.broadcast([name, message]);
  }
}

function receive(link, [name, message]) {
  deliver(name, message, undefined);
  pass(name, message, link);
}

module.exports = { BroadcastChannel, links, portOf, receive };
