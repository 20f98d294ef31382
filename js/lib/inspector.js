// inspector: V8's inspector for debuggers and for the program itself.
'use strict';

const binding = internalBinding('inspector');
const { codes: { ERR_INSPECTOR_ALREADY_ACTIVATED, ERR_INSPECTOR_NOT_ACTIVE, ERR_INSPECTOR_NOT_AVAILABLE } } =
  require('internal/errors');

if (binding.Session === undefined) throw new ERR_INSPECTOR_NOT_AVAILABLE();

const server = require('internal/inspector/server');
const { Session } = require('internal/inspector/session');

function open(port, host, wait) {
  if (server.url() !== undefined) throw new ERR_INSPECTOR_ALREADY_ACTIVATED();
  server.open(port, host);
  if (wait && server.url() !== undefined) server.waitForDebugger();
}

function waitForDebugger() {
  if (server.url() === undefined) throw new ERR_INSPECTOR_NOT_ACTIVE();
  server.waitForDebugger();
}

module.exports = { open, close: server.close, url: server.url, waitForDebugger, console: require('internal/globals').v8Console, Session };
