// A server answers, and request and response show what was sent.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer(mustCall((req, res) => {
  assert.strictEqual(req.method, 'GET');
  assert.strictEqual(req.url, '/path?x=1');
  assert.strictEqual(req.httpVersion, '1.1');
  assert.strictEqual(req.httpVersionMajor, 1);
  assert.strictEqual(req.httpVersionMinor, 1);
  assert.strictEqual(req.headers['x-one'], 'two');
  assert.ok(req.rawHeaders.includes('X-One'));
  assert.ok(req instanceof http.IncomingMessage);
  assert.ok(req instanceof require('stream').Readable);
  assert.ok(res instanceof http.ServerResponse);
  assert.strictEqual(res.headersSent, false);
  res.setHeader('X-Reply', 'yes');
  assert.strictEqual(res.getHeader('x-reply'), 'yes');
  res.writeHead(201, 'Made', { 'Content-Type': 'text/plain' });
  assert.strictEqual(res.headersSent, true);
  res.end('hello');
  assert.strictEqual(res.writableEnded, true);
}));
server.listen(0, '127.0.0.1', mustCall(() => {
  const { port } = server.address();
  http.get({ port, host: '127.0.0.1', path: '/path?x=1', headers: { 'X-One': 'two' } }, mustCall((res) => {
    assert.strictEqual(res.statusCode, 201);
    assert.strictEqual(res.statusMessage, 'Made');
    assert.strictEqual(res.headers['content-type'], 'text/plain');
    assert.strictEqual(res.headers['x-reply'], 'yes');
    assert.ok(res.headers.date);
    let text = '';
    res.setEncoding('utf8');
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', mustCall(() => {
      assert.strictEqual(text, 'hello');
      assert.strictEqual(res.complete, true);
      server.close(mustCall());
    }));
  }));
}));
