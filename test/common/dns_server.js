// A name server for tests: answers what the test says, byte by byte if it must.
'use strict';

const dgram = require('dgram');
const net = require('net');

const types = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35, CAA: 257 };

const u16 = (...numbers) => numbers.flatMap((n) => [n >> 8 & 255, n & 255]);
const u32 = (n) => u16(n >>> 16, n & 0xffff);
const text = (string) => [Buffer.byteLength(string), ...Buffer.from(string)];
const name = (string) => [...string.split('.').filter(Boolean).flatMap(text), 0];

// The question in a message: { id, name, type, edns, bytes } (`bytes`: as they came).
function readQuestion(message) {
  let at = 12;
  const labels = [];
  while (message[at] !== 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    at += message[at] + 1;
  }
  return {
    id: message.readUInt16BE(0), name: labels.join('.'), type: message.readUInt16BE(at + 1), edns: message.readUInt16BE(10) > 0,
    bytes: [...message.subarray(12, at + 5)],
  };
}

// { name, type, data: bytes, ttl } each.
function answer(question, records, { id = question.id, flags = 0x8180, rcode = 0, bytes = question.bytes } = {}) {
  const body = records.flatMap((record) => [
    ...name(record.name ?? question.name), ...u16(types[record.type] ?? record.type, 1), ...u32(record.ttl ?? 60),
    ...u16(record.data.length), ...record.data,
  ]);
  return Buffer.from([...u16(id, flags | rcode, 1, records.length, 0, 0), ...bytes, ...body]);
}

// handle(question, reply, over): reply(bytes) sends; over: 'udp' or 'tcp'. Resolves to { address, close }.
async function serve(handle) {
  for (;;) {
    try {
      return await tryToServe(handle);
    } catch (error) {
      // The port that is free for UDP is somebody else's for TCP.
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
}

async function tryToServe(handle) {
  const udp = dgram.createSocket('udp4');
  udp.on('message', (message, from) => {
    handle(readQuestion(message), (bytes) => udp.send(bytes, from.port, from.address), 'udp');
  });
  udp.bind(0, '127.0.0.1');
  await new Promise((resolve) => udp.once('listening', resolve));
  const { port } = udp.address();
  const tcp = net.createServer((socket) => {
    let all = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      all = Buffer.concat([all, data]);
      if (all.length < 2 || all.length < 2 + all.readUInt16BE(0)) return;
      handle(readQuestion(all.subarray(2)), (bytes) => {
        // In pieces, as networks may bring it.
        const message = Buffer.concat([Buffer.from(u16(bytes.length)), bytes]);
        socket.write(message.subarray(0, 1));
        setImmediate(() => socket.end(message.subarray(1)));
      }, 'tcp');
    });
  });
  await new Promise((resolve, reject) => {
    tcp.once('error', (error) => {
      udp.close();
      reject(error);
    });
    tcp.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${port}`,
    close() { udp.close(); tcp.close(); },
  };
}

module.exports = { answer, name, serve, text, types, u16, u32 };
