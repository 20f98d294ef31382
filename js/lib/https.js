// https: not built yet (see internal/unavailable.js); the Agent exists, because packages inherit from it.
'use strict';

const { Agent: HttpAgent } = require('http');
const { functions } = require('internal/unavailable');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  Reflect.apply(HttpAgent, this, [options]);
  this.defaultPort = 443;
  this.protocol = 'https:';
}
Object.setPrototypeOf(Agent.prototype, HttpAgent.prototype);
Object.setPrototypeOf(Agent, HttpAgent);

module.exports = { ...functions('https', ['createServer', 'request', 'get', 'Server']), Agent, globalAgent: new Agent({ keepAlive: false }) };
