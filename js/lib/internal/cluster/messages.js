// Questions and answers between primary and worker: { cmd: 'NODE_CLUSTER', act, seq } answered by { ack: seq }.
'use strict';

const callbacks = new Map();
let seq = 0;

// Sends `message` to a process that has a channel; `callback(reply, handle)` hears the answer.
function send(target, message, handle, callback) {
  if (!target.connected) return false;
  message = { cmd: 'NODE_CLUSTER', ...message, seq };
  if (callback !== undefined) callbacks.set(seq, callback);
  seq++;
  return target._send(message, handle, { swallowErrors: true });
}

// A listener of 'internalMessage' that gives answers to who asked, and the rest to `onMessage`.
function receive(onMessage) {
  return function(message, handle) {
    if (message.cmd !== 'NODE_CLUSTER') return;
    const callback = callbacks.get(message.ack);
    if (message.ack === undefined || callback === undefined) return void Reflect.apply(onMessage, this, [message, handle]);
    callbacks.delete(message.ack);
    Reflect.apply(callback, this, [message, handle]);
  };
}

module.exports = { receive, send };
