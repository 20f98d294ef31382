// The event 'connection' gives the socket of every connection before its first request; also streams made by hand.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');
const { Duplex } = require('stream');

let socket = null;
const server = http.createServer(mustCall((req, res) => {
  if (req.url === '/net') assert.strictEqual(req.socket, socket);
  res.end(`you asked for ${req.url}`);
}, 2));
server.on('connection', mustCall((it) => { socket = it; }, 2));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/net' }, mustCall((res) => {
    assert.ok(socket instanceof net.Socket);
    res.resume();
    res.on('end', byHand);
  }));
});
function byHand() {
  server.close();
  let text = '';
  const duplex = new Duplex({
    read() {},
    write(chunk, encoding, callback) {
      text += chunk;
      if (text.endsWith('you asked for /hand')) done();
      callback();
    },
  });
  const done = mustCall(() => {
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
    duplex.destroy();
  });
  server.emit('connection', duplex);
  duplex.push('GET /hand HTTP/1.1\r\nHost: a\r\n');
  duplex.push('\r\n');
}
