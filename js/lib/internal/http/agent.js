// Agent: keeps connections for requests that follow, and makes requests wait when there are enough of them.
'use strict';

const EventEmitter = require('events');
const net = require('net');
const { codes } = require('internal/errors');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');

const kRequestOptions = Symbol('kRequestOptions');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = { __proto__: null, ...options };
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  // A path in the options of a connection would be a UNIX socket.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets === undefined) {
    this.maxTotalSockets = Infinity;
  } else {
    validateNumber(this.maxTotalSockets, 'maxTotalSockets');
    if (!(this.maxTotalSockets > 0)) throw new codes.ERR_OUT_OF_RANGE('maxTotalSockets', '> 0', this.maxTotalSockets);
  }
  this.on('free', (socket, request) => onFree(this, socket, request));
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;

Agent.prototype.createConnection = net.createConnection;

// Requests whose connections are interchangeable have the same name.
// The last name, made again and again by programs that ask one server.
let last = { host: undefined, port: undefined, localAddress: undefined, name: 'localhost::' };

Agent.prototype.getName = function getName(options = {}) {
  const { host, port, localAddress } = options;
  const plain = options.family === undefined && !options.socketPath;
  if (plain && host === last.host && port === last.port && localAddress === last.localAddress) return last.name;
  let name = `${host || 'localhost'}:${port || ''}:${localAddress || ''}`;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  if (plain) last = { host, port, localAddress, name };
  return name;
};

const plainName = Agent.prototype.getName;

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  // Only those requests that need a connection of their own need options for it.
  const named = this.getName !== plainName || namesConnections(this.options) ? connectionOptions(this, options) : options;
  const name = this.getName(named);
  const socket = takeFree(this, name);
  if (socket !== undefined) {
    req.reusedSocket = true;
    this.reuseSocket(socket, req);
    setTimeoutOf(this, socket, req);
    (this.sockets[name] ??= []).push(socket);
    req.onSocket(socket);
  } else if (mayConnect(this, name)) {
    this.sockets[name] ??= [];
    connectFor(this, req, connectionOptions(this, options));
  } else {
    req[kRequestOptions] = options;
    (this.requests[name] ??= []).push(req);
  }
};

// Whether the agent itself says something that getName() looks at.
function namesConnections(options) {
  return options.host !== undefined || options.port !== undefined || options.localAddress !== undefined ||
      options.family !== undefined || options.socketPath !== undefined;
}

function connectionOptions(agent, options) {
  options = { __proto__: null, ...options, ...agent.options };
  if (options.socketPath) options.path = options.socketPath;
  if (!options.servername && options.servername !== '') options.servername = calculateServerName(options);
  return options;
}

function calculateServerName(options) {
  const host = options.headers !== undefined && options.headers !== null && options.headers.host;
  let name = options.host;
  if (host) {
    validateString(host, 'options.headers.host');
    name = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.split(':', 1)[0];
  }
  return net.isIP(name) ? '' : name;
}

function mayConnect(agent, name) {
  const count = agent.sockets[name] === undefined ? 0 : agent.sockets[name].length;
  return count < agent.maxSockets && agent.totalSocketCount < agent.maxTotalSockets;
}

function takeFree(agent, name) {
  const free = agent.freeSockets[name];
  if (free === undefined) return undefined;
  let socket;
  do {
    socket = agent.scheduling === 'fifo' ? free.shift() : free.pop();
  } while (socket !== undefined && (socket.destroyed || !socket.writable || !socket.readable));
  if (free.length === 0) delete agent.freeSockets[name];
  return socket;
}

function connectFor(agent, req, options) {
  agent.createSocket(req, options, (error, socket) => {
    if (error) {
      req.onSocket(socket, error);
      return;
    }
    setTimeoutOf(agent, socket, req);
    req.onSocket(socket);
  });
}

Agent.prototype.createSocket = function createSocket(req, options, callback) {
  options = connectionOptions(this, options);
  if (req.timeout !== undefined) options.timeout = req.timeout;
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  let called = false;
  const onCreate = (error, socket) => {
    if (called) return;
    called = true;
    if (error) {
      callback(error);
      return;
    }
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    installListeners(this, socket, options);
    callback(null, socket);
  };
  // A connection of ours must not be half open: the end of the server's side is the end.
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  const socket = this.createConnection(options, onCreate);
  if (socket) onCreate(null, socket);
};

function installListeners(agent, socket, options) {
  const onFreeEvent = () => agent.emit('free', socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  const onTimeout = () => {
    // While idle it is closed; while in use the request decides.
    for (const free of Object.values(agent.freeSockets)) {
      if (free.includes(socket)) {
        socket.destroy();
        return;
      }
    }
  };
  const onRemove = () => {
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFreeEvent);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  };
  socket.on('free', onFreeEvent);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
}

function setTimeoutOf(agent, socket, req) {
  const { timeout } = req;
  const wanted = agent.options.timeout || 0;
  // A stream that never timed out may not be able to.
  if (timeout === undefined && (socket.timeout || 0) !== wanted) socket.setTimeout(wanted);
}

// A request is done with the socket.
function onFree(agent, socket, options) {
  const name = options._agentKey ?? agent.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting !== undefined && waiting.length > 0) {
    const req = waiting.shift();
    if (waiting.length === 0) delete agent.requests[name];
    req.reusedSocket = true;
    agent.reuseSocket(socket, req);
    setTimeoutOf(agent, socket, req);
    req.onSocket(socket);
    return;
  }
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !agent.keepAlive) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] || [];
  const count = free.length + (agent.sockets[name] ? agent.sockets[name].length : 0);
  if (agent.totalSocketCount > agent.maxTotalSockets || count > agent.maxSockets || othersWait(agent) ||
      free.length >= agent.maxFreeSockets || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  socket._httpMessage = null;
  removeFrom(agent.sockets, name, socket);
  agent.freeSockets[name] = free;
  socket.on('error', onFreeError);
  free.push(socket);
}

// An idle connection would keep requests to other servers from getting one of theirs.
function othersWait(agent) {
  return agent.totalSocketCount >= agent.maxTotalSockets && Object.keys(agent.requests).length > 0;
}

function onFreeError() {
  this.destroy();
  this.emit('agentRemove');
}

function removeFrom(table, name, socket) {
  const list = table[name];
  const index = list === undefined ? -1 : list.indexOf(socket);
  if (index < 0) return false;
  list.splice(index, 1);
  if (list.length === 0) delete table[name];
  return true;
}

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  const removed = removeFrom(this.sockets, name, socket);
  if (removeFrom(this.freeSockets, name, socket) || removed) this.totalSocketCount--;
  serveWaiting(this, name);
};

// A place has become free: a request that waited gets a connection, this name's first.
function serveWaiting(agent, name) {
  let key = agent.requests[name] !== undefined ? name : undefined;
  if (key === undefined && agent.maxTotalSockets !== Infinity) {
    key = Object.keys(agent.requests).find((it) => mayConnect(agent, it));
  }
  if (key === undefined || !mayConnect(agent, key)) return;
  const waiting = agent.requests[key];
  let req;
  while ((req = waiting.shift()) !== undefined && req.destroyed) req.onSocket(undefined);
  if (waiting.length === 0) delete agent.requests[key];
  if (req === undefined) return;
  const options = req[kRequestOptions];
  req[kRequestOptions] = null;
  connectFor(agent, req, connectionOptions(agent, options));
}

Agent.prototype.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  const agentTimeout = this.options.timeout || 0;
  if (socket.timeout !== agentTimeout) socket.setTimeout(agentTimeout);
  return true;
};

Agent.prototype.reuseSocket = function reuseSocket(socket) {
  socket.removeListener('error', onFreeError);
  socket.ref();
};

Agent.prototype.destroy = function destroy() {
  for (const table of [this.freeSockets, this.sockets]) {
    for (const list of Object.values(table)) {
      for (const socket of [...list]) socket.destroy();
    }
  }
};

module.exports = { Agent, kRequestOptions };
