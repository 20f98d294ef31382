// With insecureHTTPParser control characters in values, folded fields and a length beside chunks are taken.
'use strict';
const assert = require('assert');
const http = require('http');
const net = require('net');

function ask(options, request, callback) {
  const server = http.createServer(options, (req, res) => {
    let body = '';
    req.setEncoding('latin1').on('data', (piece) => { body += piece; });
    req.on('end', () => res.end(JSON.stringify([req.headers.a, body])));
  });
  server.listen(0, '127.0.0.1', () => {
    const socket = net.connect(server.address().port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (piece) => { text += piece; });
    socket.on('close', () => server.close(() => callback(text)));
    socket.write(request);
  });
}

const requests = {
  control: ['GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nA: x\x08y\r\n\r\n', '["x\\by",""]'],
  fold: ['GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nA: x;\r\n  y\r\n\tz\r\n\r\n', '["x;  y\\tz",""]'],
  both: ['POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', '[null,"abc"]'],
};
let seen = 0;
for (const [request, answer] of Object.values(requests)) {
  ask({ insecureHTTPParser: true }, request, (text) => {
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
    assert.ok(text.endsWith(answer), text);
    seen++;
  });
  ask({}, request, (text) => {
    assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\n/);
    seen++;
  });
}

// The same for responses.
for (const insecureHTTPParser of [true, false]) {
  const server = net.createServer((socket) => {
    socket.resume();
    socket.end('HTTP/1.1 200 OK\r\nA: x\x01y\r\nContent-Length: 0\r\n\r\n');
  }).listen(0, '127.0.0.1', () => {
    const req = http.get({ port: server.address().port, host: '127.0.0.1', insecureHTTPParser }, (res) => {
      assert.ok(insecureHTTPParser);
      assert.strictEqual(res.headers.a, 'x\x01y');
      res.resume();
      seen++;
    });
    req.on('error', (error) => {
      assert.ok(!insecureHTTPParser);
      assert.strictEqual(error.code, 'HPE_INVALID_HEADER_TOKEN');
      seen++;
    });
    req.on('close', () => server.close());
  });
}

process.on('exit', () => assert.strictEqual(seen, 8));
