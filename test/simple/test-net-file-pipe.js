// Files that are piped into sockets arrive whole and in order, whatever happens on the way.
'use strict';

const common = require('../common');
const assert = require('assert');
const { once } = require('events');
const fs = require('fs');
const net = require('net');
const path = require('path');
const { pipeline } = require('stream');

const size = 3000000;
const content = Buffer.alloc(size);
for (let i = 0; i < size; i += 4) content.writeUInt32LE(i * 2654435761 % 4294967296, i);
const file = path.join(common.tmpdir.refresh(), 'content');
fs.writeFileSync(file, content);
const open = (options) => fs.createReadStream(file, options);

// What a server does with its socket, and what a client must get.
const cases = {
  whole: [(socket) => {
    open().pipe(socket);
    socket.on('close', common.mustCall(() => assert.strictEqual(socket.bytesWritten, size)));
  }, content],
  range: [(socket) => open({ start: 100001, end: 400000 }).pipe(socket), content.subarray(100001, 400001)],
  'between writes': [(socket) => {
    socket.write('head,');
    open({ end: 99999 }).pipe(socket, { end: false }).on('unpipe', () => socket.end(',tail'));
  }, Buffer.concat([Buffer.from('head,'), content.subarray(0, 100000), Buffer.from(',tail')])],
  corked: [(socket) => {
    socket.cork();
    socket.write('a');
    open({ end: 9 }).pipe(socket);
    setImmediate(() => setImmediate(() => socket.uncork()));
  }, Buffer.concat([Buffer.from('a'), content.subarray(0, 10)])],
  'replaced write': [(socket) => {
    const { write } = socket;
    let written = 0;
    socket.write = function(piece, ...rest) {
      written += piece.length;
      return write.call(this, piece, ...rest);
    };
    socket.on('finish', common.mustCall(() => assert.strictEqual(written, size)));
    open().pipe(socket);
  }, content],
  'two destinations': [(socket) => {
    const stream = open();
    const copy = fs.createWriteStream(`${file}.copy`);
    stream.pipe(socket);
    stream.pipe(copy);
    copy.on('finish', common.mustCall(() => assert.ok(fs.readFileSync(`${file}.copy`).equals(content))));
  }, content],
  'nothing of an empty range': [(socket) => open({ start: size }).pipe(socket), Buffer.alloc(0)],
};

async function check(name, server) {
  const client = net.connect(server.address());
  client.end(name);
  const chunks = [];
  for await (const chunk of client) {
    chunks.push(chunk);
    // A peer that is slow: the kernel's buffers are full by the time it goes on.
    if (chunks.length % 8 === 1) await new Promise(setImmediate);
  }
  const body = Buffer.concat(chunks);
  assert.ok(body.equals(cases[name][1]), `${name}: ${body.length} bytes`);
}

// A peer that goes away: pipeline tells.
async function aborted() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect(server.address()).on('error', () => {});
  const [socket] = await once(server, 'connection');
  client.once('readable', () => client.resetAndDestroy());
  const stream = open();
  const error = await new Promise((resolve) => pipeline(stream, socket, resolve));
  assert.ok(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(error?.code), `${error?.code}`);
  assert.ok(stream.destroyed && socket.destroyed);
  server.close();
}

(async () => {
  for (const where of [{ port: 0, host: '127.0.0.1' }, { path: path.join(common.tmpdir.path, 'socket') }]) {
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      socket.once('data', (name) => cases[name][0](socket));
    }).listen(where);
    await once(server, 'listening');
    for (const name of Object.keys(cases)) await check(name, server);
    server.close();
  }
  await aborted();
})().then(common.mustCall());
