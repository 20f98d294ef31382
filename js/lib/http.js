// http: servers, requests, agents. A facade over internal/http.
'use strict';

const { methods, STATUS_CODES, validateHeaderName, validateHeaderValue } = require('internal/http/common');
const { Agent } = require('internal/http/agent');
const { ClientRequest, request, get } = require('internal/http/client');
const { IncomingMessage } = require('internal/http/incoming');
const { OutgoingMessage } = require('internal/http/outgoing');
const { ServerResponse } = require('internal/http/response');
const { Server, createServer, connectionListener } = require('internal/http/server');
const { maxHeaderSize } = require('internal/http/limits');
const { validateInteger } = require('internal/validators');
const legacy = require('internal/http/legacy');

let globalAgent;

// Parsers are part of their connections here, so there is no pool whose size could be set.
function setMaxIdleHTTPParsers(most) {
  validateInteger(most, 'max', 1);
}

module.exports = exports = {
  _connectionListener: connectionListener,
  METHODS: methods.slice().sort(),
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers,
};

Object.defineProperty(exports, 'maxHeaderSize', {
  __proto__: null, configurable: true, enumerable: true, get: maxHeaderSize,
});

Object.defineProperty(exports, 'globalAgent', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return globalAgent ??= new Agent(); },
  set(agent) { globalAgent = agent; },
});

// ---- Names of 0.3.1 ----------------------------------------------------------------------------

exports.Client = legacy.Client;
exports.createClient = legacy.createClient;
exports.cat = legacy.cat;
legacy.addOldNames(Server, ServerResponse, IncomingMessage);
