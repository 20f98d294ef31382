// https: HTTP over TLS. A facade over internal/https; what HTTP itself does is in internal/http.
'use strict';

require('internal/util').assertCrypto();

const { URL, urlToHttpOptions } = require('url');
const { ClientRequest } = require('internal/http/client');
const { Agent } = require('internal/https/agent');
const { Server, createServer } = require('internal/https/server');

let globalAgent;

// request([url][, options][, callback])
function request(...args) {
  let options = { __proto__: null };
  if (typeof args[0] === 'string') Object.assign(options, urlToHttpOptions(new URL(args.shift())));
  else if (args[0] instanceof URL) Object.assign(options, urlToHttpOptions(args.shift()));
  if (args[0] && typeof args[0] !== 'function') options = Object.assign(options, args.shift());
  options._defaultAgent = module.exports.globalAgent;
  return new ClientRequest(options, args[0]);
}

function get(...args) {
  const req = request(...args);
  req.end();
  return req;
}

module.exports = { Agent, Server, createServer, get, request };

Object.defineProperty(module.exports, 'globalAgent', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return globalAgent ??= new Agent({ keepAlive: false }); },
  set(agent) { globalAgent = agent; },
});
