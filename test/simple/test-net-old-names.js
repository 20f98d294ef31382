// net as 2010's programs use it: without new, Stream, ondata and friends, 'connect' on the server's side, listenFD.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const net = require('net');

assert.strictEqual(net.Stream, net.Socket);
assert.ok(net.Stream() instanceof net.Socket);
const server = net.Server(mustCall(function(stream) {
  stream.setEncoding('utf8');
  stream.on('connect', mustCall(() => stream.write('greeting\n')));
  stream.on('data', (text) => stream.write(text.toUpperCase()));
  stream.on('end', () => stream.end());
}));
server.listen(0, '127.0.0.1', mustCall(function() {
  assert.strictEqual(server.type, 'tcp4');
  assert.strictEqual(typeof server.fd, 'number');
  const stream = net.createConnection(server.address().port, '127.0.0.1');
  let got = '';
  stream.ondata = (buffer, start, end) => {
    got += buffer.toString('ascii', start, end);
    if (got === 'greeting\nHELLO') stream.end();
  };
  stream.onend = mustCall();
  stream.addListener('connect', mustCall(() => {
    assert.strictEqual(typeof stream.fd, 'number');
    assert.strictEqual(server.connections, 1);
    stream.write('hello');
  }));
  stream.addListener('close', mustCall(() => {
    assert.strictEqual(stream.fd, null);
    assert.strictEqual(got, 'greeting\nHELLO');
    server.close();
  }));
}));
