// A debugger for tests: HTTP discovery and a WebSocket client (RFC 6455) over net, one frame a message.
'use strict';

const { spawn } = require('child_process');
const net = require('net');

// Starts node with `args`; resolves to { child, url, stderr() } once it listens.
function start(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
  return new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      const match = /^Debugger listening on (ws:\S+)$/m.exec(stderr);
      if (match) resolve({ child, url: new URL(match[1]), stderr: () => stderr, stdout: () => stdout });
    });
    child.on('exit', (code) => reject(new Error(`ended with ${code} before it listened:\n${stderr}`)));
  });
}

// Resolves to a connection: send(method, params) -> result, event(name) -> the next event of that name, close().
function connect(url) {
  const socket = net.connect(Number(url.port), url.hostname);
  let input = Buffer.alloc(0);
  let upgraded = false;
  let lastId = 0;
  const answers = new Map();
  const events = [];
  const waiting = [];

  function deliver() {
    for (const wait of [...waiting]) {
      const index = events.findIndex((e) => e.method === wait.name);
      if (index < 0) continue;
      waiting.splice(waiting.indexOf(wait), 1);
      wait.resolve(events.splice(index, 1)[0].params);
    }
  }
  function onMessage(message) {
    if (message.id === undefined) {
      events.push(message);
      return deliver();
    }
    const { resolve, reject } = answers.get(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  }
  function takeFrame() {
    if (input.length < 2) return false;
    let length = input[1] & 0x7f;
    let at = 2;
    if (length === 126) { length = input.readUInt16BE(2); at = 4; }
    else if (length === 127) { length = Number(input.readBigUInt64BE(2)); at = 10; }
    if (input.length < at + length) return false;
    const payload = input.subarray(at, at + length);
    if ((input[0] & 15) === 1) onMessage(JSON.parse(payload));
    input = input.subarray(at + length);
    return true;
  }
  function frame(opcode, text) {
    const payload = Buffer.from(text);
    const head = Buffer.alloc(payload.length < 126 ? 6 : 8);
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | Math.min(payload.length, 126);
    if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
    // The mask: four times 0x5a.
    head.fill(0x5a, head.length - 4);
    socket.write(Buffer.concat([head, payload.map((byte) => byte ^ 0x5a)]));
  }

  const connection = {
    send(method, params = {}) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        answers.set(id, { resolve, reject });
        frame(1, JSON.stringify({ id, method, params }));
      });
    },
    event(name) {
      return new Promise((resolve) => {
        waiting.push({ name, resolve });
        deliver();
      });
    },
    close() {
      frame(8, Buffer.from([3, 232]));
      return new Promise((resolve) => socket.on('close', resolve));
    },
  };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
                 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
    socket.on('data', (data) => {
      input = Buffer.concat([input, data]);
      if (!upgraded) {
        const end = input.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = input.toString('latin1', 0, end);
        // The example of RFC 6455, section 1.3.
        if (!/^HTTP\/1\.1 101/.test(head) || !head.includes('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')) return reject(new Error(head));
        upgraded = true;
        input = input.subarray(end + 4);
        resolve(connection);
      }
      while (takeFrame());
    });
  });
}

module.exports = { start, connect };
