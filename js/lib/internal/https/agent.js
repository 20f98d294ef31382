// https.Agent: an http.Agent whose connections are encrypted, and which keeps sessions so that later ones are made faster.
'use strict';

const tls = require('tls');
const { Agent: HttpAgent } = require('internal/http/agent');

const kMostSessions = 100;

// What makes connections differ, beside what HTTP's agent looks at. In the order of the names.
const distinctions = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion',
  'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'sigalgs',
  'privateKeyIdentifier', 'privateKeyEngine',
];
// Of these false and 0 say something, too.
const anyValue = new Set(['rejectUnauthorized', 'honorCipherOrder', 'secureOptions']);

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  Reflect.apply(HttpAgent, this, [options]);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options.maxCachedSessions ?? kMostSessions;
  // By name, the oldest first.
  this._sessionCache = { map: new Map() };
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

Agent.prototype.getName = function(options = {}) {
  let name = Reflect.apply(HttpAgent.prototype.getName, this, [options]);
  for (const key of distinctions) {
    const value = options[key];
    name += ':';
    if (anyValue.has(key) ? value === undefined : !value) continue;
    if (key === 'servername' && value === options.host) continue;
    if (key === 'sigalgs') name += JSON.stringify(value);
    else if (key === 'pfx' && typeof value === 'object' && !ArrayBuffer.isView(value)) name += JSON.stringify(value);
    else name += value;
  }
  return name;
};

// (options), (port, options), (port, host, options)
Agent.prototype.createConnection = function(port, host, extra) {
  let options = [port, host, extra].find((arg) => arg !== null && typeof arg === 'object') ?? {};
  if (options !== port) options = { ...options };
  if (typeof port === 'number') options.port = port;
  if (typeof host === 'string') options.host = host;
  const key = options._agentKey;
  const session = key === undefined ? undefined : this._getSession(key);
  const socket = tls.connect(session === undefined ? options : { session, ...options });
  if (this.listenerCount('keylog') > 0) socket.on('keylog', (line) => this.emit('keylog', line, socket));
  if (key !== undefined) {
    socket.on('session', (made) => this._cacheSession(key, made));
    // A session that has led to a failure is not tried again.
    socket.once('close', (failed) => failed && this._evictSession(key));
  }
  return socket;
};

Agent.prototype._getSession = function(key) {
  return this._sessionCache.map.get(key);
};

Agent.prototype._cacheSession = function(key, session) {
  if (this.maxCachedSessions === 0) return;
  const { map } = this._sessionCache;
  if (!map.has(key) && map.size >= this.maxCachedSessions) map.delete(map.keys().next().value);
  map.set(key, session);
};

Agent.prototype._evictSession = function(key) {
  this._sessionCache.map.delete(key);
};

module.exports = { Agent };
