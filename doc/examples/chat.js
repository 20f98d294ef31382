// A chat room over TCP: `node chat.js [port]`, then `nc 127.0.0.1 8124` from several terminals. The first line that
// somebody sends is their name; every line after it goes to all others. "/who" lists who is there, "/quit" leaves.
'use strict';

const net = require('net');

const members = new Map(); // name -> socket
const longestLine = 1024;

function tellOthers(speaker, text) {
  for (const [name, socket] of members) {
    // Who does not read falls behind and is let go, so that the others need not wait.
    if (name === speaker) continue;
    if (socket.writableLength > 64 * 1024) socket.destroy();
    else socket.write(`${text}\n`);
  }
}

function enter(socket, name) {
  if (!/^\w{1,20}$/.test(name)) {
    socket.write('A name is 1 to 20 letters, digits or underscores. Your name?\n');
    return '';
  }
  if (members.has(name)) {
    socket.write(`${name} is here already. Your name?\n`);
    return '';
  }
  members.set(name, socket);
  socket.write(`Welcome, ${name}.\n`);
  tellOthers(name, `* ${name} has joined`);
  return name;
}

const server = net.createServer((socket) => {
  let name = '';
  let rest = '';
  socket.setEncoding('utf8');
  socket.write('Your name?\n');

  socket.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    if (rest.length > longestLine) return socket.end('Lines have an end here.\n');
    for (const line of lines.map((l) => l.trim())) {
      if (name === '') name = enter(socket, line);
      else if (line === '/quit') return socket.end('Bye.\n');
      else if (line === '/who') socket.write(`${[...members.keys()].join(', ')}\n`);
      else if (line !== '') tellOthers(name, `<${name}> ${line}`);
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    if (name === '') return;
    members.delete(name);
    tellOthers(name, `* ${name} has left`);
  });
});

server.listen(+process.argv[2] >= 0 ? +process.argv[2] : 8124, '127.0.0.1', () => {
  console.log('Chat room at tcp://127.0.0.1:%d/', server.address().port);
});
