// socket.io and its client: events with answers, rooms.
'use strict';

const assert = require('assert');
const http = require('http');
const { Server } = require('socket.io');
const { io } = require('socket.io-client');

const server = http.createServer();
const sockets = new Server(server);
sockets.on('connection', (socket) => {
  socket.on('add', (n, answer) => answer(n + 1));
  socket.on('join', (room) => {
    socket.join(room);
    sockets.to(room).emit('news', Buffer.from('bytes'));
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = io(`http://127.0.0.1:${server.address().port}`);
  client.emit('add', 1, (sum) => {
    assert.strictEqual(sum, 2);
    client.emit('join', 'room');
  });
  client.on('news', (bytes) => {
    assert.strictEqual(Buffer.from(bytes).toString(), 'bytes');
    client.close();
    sockets.close();
  });
});
