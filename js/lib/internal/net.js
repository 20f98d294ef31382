// What net, dns and http share: questions about addresses.
'use strict';

const binding = internalBinding('net');

function isIP(text) {
  return binding.isIP(`${text}`);
}

// In a worker of a cluster servers ask the primary for what they listen on: listen(server, query, callback(errno, handle)).
const shared = { isWorker: false, listen: null };

// Of a handle: the socket or server that it belongs to.
const kOwner = Symbol('kOwner');
// The asynchronous context in which it was made, which its events have.
const kContext = Symbol('kContext');
// Of a socket: a function that makes its handle, when it is not a plain one.
const kMakeHandle = Symbol('kMakeHandle');

module.exports = {
  isIP,
  isIPv4: (text) => isIP(text) === 4,
  isIPv6: (text) => isIP(text) === 6,
  kContext,
  kMakeHandle,
  kOwner,
  shared,
};
