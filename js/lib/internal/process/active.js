// What keeps the program going: process.getActiveResourcesInfo() and its forerunners.
'use strict';

const binding = internalBinding('env');

// Names of resources by the class of the handle; sockets and servers by what they are made of.
const names = { Process: 'ProcessWrap', Channel: 'Pipe', FsEvent: 'FSEventWrap', StatWatcher: 'StatWatcher', Udp: 'UDPWrap' };

function nameOf(handle) {
  const { name } = handle.constructor;
  switch (name) {
    case 'Stream':
      if (internalBinding('tty').kind(handle.fd()) === 'tty') return 'TTYWrap';
      return handle.local()?.[1] === undefined ? 'PipeWrap' : 'TCPSocketWrap';
    case 'Listener':
      return handle.local()?.[1] === undefined ? 'PipeServerWrap' : 'TCPServerWrap';
    case 'Signal':
      return undefined;
    default:
      return names[name];
  }
}

// Sockets and servers themselves; other handles as they are.
function handles() {
  const { kOwner } = require('internal/net');
  return binding.activeHandles().filter((handle) => nameOf(handle) !== undefined).map((handle) => handle[kOwner] ?? handle);
}

function requests() {
  return Array.from({ length: binding.activeRequests() }, () => ({ constructor: { name: 'FSReqCallback' } }));
}

function resources() {
  const [timers, immediates] = require('internal/timers').countActive();
  return [
    ...new Array(binding.activeRequests()).fill('FSReqCallback'),
    ...binding.activeHandles().map(nameOf).filter((name) => name !== undefined),
    ...new Array(timers).fill('Timeout'),
    ...new Array(immediates).fill('Immediate'),
  ];
}

module.exports = { handles, requests, resources };
