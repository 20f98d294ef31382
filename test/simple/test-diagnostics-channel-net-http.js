// The library's own channels: sockets, requests and responses are told to whoever subscribes.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');
const { subscribe, unsubscribe } = require('diagnostics_channel');

subscribe('http.server.request.start', mustCall(({ request, response, socket, server: from }) => {
  assert.strictEqual(from, server);
  assert.ok(request instanceof http.IncomingMessage);
  assert.ok(response instanceof http.ServerResponse);
  assert.ok(socket instanceof net.Socket);
}));
subscribe('http.server.response.finish', mustCall(({ response }) => assert.ok(response instanceof http.ServerResponse)));
subscribe('http.client.request.start', mustCall(({ request }) => assert.ok(request instanceof http.ClientRequest)));
subscribe('http.client.response.finish', mustCall(({ request, response }) => {
  assert.ok(request instanceof http.ClientRequest);
  assert.strictEqual(response.statusCode, 200);
}));

const server = http.createServer((req, res) => res.end('ok')).listen(0, '127.0.0.1', mustCall(() => {
  http.get({ port: server.address().port, agent: false }, mustCall((res) => {
    res.resume();
    res.on('end', mustCall(() => server.close(mustCall(sockets))));
  }));
}));

function sockets() {
  const seen = mustCall(({ socket }) => assert.ok(socket instanceof net.Socket), 2);
  subscribe('net.client.socket', seen);
  subscribe('net.server.socket', seen);
  const plain = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', mustCall(() => {
    net.connect(plain.address().port, '127.0.0.1').resume().on('close', mustCall(() => {
      unsubscribe('net.client.socket', seen);
      unsubscribe('net.server.socket', seen);
      plain.close();
    }));
  }));
}
