// ws: a server and a client that talk, text, bytes and ping, and close.
'use strict';

const assert = require('assert');
const { WebSocketServer, WebSocket } = require('ws');

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('connection', (socket) => {
  socket.on('message', (data, binary) => socket.send(data, { binary }));
});
server.on('listening', () => {
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}/`);
  const got = [];
  const big = Buffer.alloc(200000, 7);
  client.on('open', () => {
    client.send('hello');
    client.send(big);
    client.ping();
  });
  const take = (what) => {
    if (got.push(what) === 3) client.close(1000, 'done');
  };
  client.on('pong', () => take('pong'));
  client.on('message', (data, binary) => take(binary ? data.equals(big) : data.toString()));
  client.on('close', (code) => {
    assert.strictEqual(code, 1000);
    assert.deepStrictEqual(got.map(String).sort(), ['hello', 'pong', 'true']);
    server.close();
  });
});
