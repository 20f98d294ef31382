// Sends back whatever comes.
'use strict';

const net = require('net');

net.createServer((socket) => {
  socket.on('data', (bytes) => { socket.write(bytes); });
  socket.on('error', () => {});
}).listen(Number(process.argv[2]), '127.0.0.1');
