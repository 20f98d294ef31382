// What http exports, by name.
'use strict';
require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

for (const name of ['Agent', 'ClientRequest', 'IncomingMessage', 'OutgoingMessage', 'Server', 'ServerResponse',
                    'createServer', 'get', 'request', 'validateHeaderName', 'validateHeaderValue',
                    'setMaxIdleHTTPParsers', 'createClient', 'Client', 'cat']) {
  assert.strictEqual(typeof http[name], 'function', name);
}
assert.strictEqual(http.METHODS.length, 34);
assert.deepStrictEqual(http.METHODS, [...http.METHODS].sort());
assert.strictEqual(http.STATUS_CODES[418], 'I\'m a Teapot');
assert.strictEqual(http.maxHeaderSize, 16384);
assert.ok(http.globalAgent instanceof http.Agent);
assert.strictEqual(http.globalAgent.maxFreeSockets, 256);
assert.ok(http.createServer() instanceof net.Server);
assert.ok(http.Server() instanceof http.Server);
assert.ok(http.Agent() instanceof http.Agent);
function Old(listener) { http.Server.call(this, listener); }
Object.setPrototypeOf(Old.prototype, http.Server.prototype);
assert.strictEqual(new Old(() => {}).listenerCount('request'), 1);
assert.throws(() => http.createServer('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => http.createServer().setSecure({}));
const res = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 });
res.setHeader('a', 'b');
assert.strictEqual(res.getHeader('A'), 'b');
