// process.binding('net'): sockets as bare descriptors, as programs of 2010 make them for net.Stream and listenFD.
'use strict';

const sockets = internalBinding('sockets');
const { errnoException } = require('internal/errors');
const { validateInteger } = require('internal/validators');

const kinds = {
  tcp: [4, false], tcp4: [4, false], tcp6: [6, false], unix: [0, false],
  udp: [4, true], udp4: [4, true], udp6: [6, true], unix_dgram: [0, true],
};

function checked(value, call) {
  if (value < 0) throw errnoException(value, call);
  return value;
}

function validateFd(fd) {
  validateInteger(fd, 'fd', 0, 0x7fffffff);
  return fd;
}

module.exports = {
  socket(type) {
    const kind = kinds[String(type).toLowerCase()];
    if (kind === undefined) throw new Error(`Unknown socket type: ${type}`);
    return checked(sockets.socket(...kind), 'socket');
  },
  // (fd, port, ip) or (fd, path)
  bind(fd, where, ip = '0.0.0.0') {
    const isPath = typeof where === 'string' && !/^\d+$/.test(where);
    checked(isPath ? sockets.bind(validateFd(fd), where, -1) : sockets.bind(validateFd(fd), String(ip), Number(where)), 'bind');
  },
  listen(fd, backlog = 128) {
    checked(sockets.listen(validateFd(fd), backlog), 'listen');
  },
  pipe: () => checked(sockets.pipe(), 'pipe'),
  socketpair: () => checked(sockets.socketpair(), 'socketpair'),
  close(fd) {
    require('fs').closeSync(fd);
  },
};
