// Header access at both messages: sets, gets, removes, repeats, checks; duplicates as documented.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');

const server = http.createServer(mustCall((req, res) => {
  assert.strictEqual(req.headers.cookie, 'a=1; b=2');
  assert.strictEqual(req.headers['x-list'], 'one, two');
  assert.strictEqual(req.headers['content-type'], 'text/a');
  assert.deepStrictEqual(req.headersDistinct['x-list'], ['one', 'two']);
  assert.deepStrictEqual(req.rawHeaders.slice(0, 2), ['Host', 'a']);

  assert.throws(() => res.setHeader('bad name', 'x'), { code: 'ERR_INVALID_HTTP_TOKEN', name: 'TypeError' });
  assert.throws(() => res.setHeader('x', 'a\r\nb'), { code: 'ERR_INVALID_CHAR' });
  assert.throws(() => res.setHeader('x', undefined), { code: 'ERR_HTTP_INVALID_HEADER_VALUE' });
  assert.throws(() => res.writeHead(99), { code: 'ERR_HTTP_INVALID_STATUS_CODE', name: 'RangeError' });
  assert.throws(() => res.writeHead(200, 'a\nb'), { code: 'ERR_INVALID_CHAR' });
  res.statusMessage = undefined;
  assert.strictEqual(res.setHeader('Set-Cookie', ['a=1', 'b=2']), res);
  res.setHeader('X-Gone', '1');
  assert.ok(res.hasHeader('x-gone'));
  res.removeHeader('X-GONE');
  assert.ok(!res.hasHeader('x-gone'));
  res.setHeader('X-Number', 5);
  assert.strictEqual(res.getHeader('x-number'), 5);
  assert.deepStrictEqual(res.getHeaderNames(), ['set-cookie', 'x-number']);
  assert.deepStrictEqual({ ...res.getHeaders() }, { 'set-cookie': ['a=1', 'b=2'], 'x-number': 5 });
  assert.strictEqual(Object.getPrototypeOf(res.getHeaders()), null);
  res.writeHead(200, { 'X-Late': 'yes' });
  assert.throws(() => res.setHeader('x', 'y'), { code: 'ERR_HTTP_HEADERS_SENT' });
  assert.throws(() => res.writeHead(200), { code: 'ERR_HTTP_HEADERS_SENT' });
  res.end();
}));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\nCookie: b=2\r\nX-List: one\r\nx-list: two\r\n' +
               'Content-Type: text/a\r\nContent-Type: text/b\r\nConnection: close\r\n\r\n');
  let text = '';
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', mustCall(() => {
    assert.match(text, /\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n/);
    assert.match(text, /\r\nX-Late: yes\r\n/);
    assert.match(text, /\r\nX-Number: 5\r\n/);
    server.close();
  }));
});
assert.throws(() => http.validateHeaderName(''), { code: 'ERR_INVALID_HTTP_TOKEN' });
assert.throws(() => http.validateHeaderValue('x', 'a\u1234'), { code: 'ERR_INVALID_CHAR' });
http.validateHeaderName('x-fine');
http.validateHeaderValue('x-fine', 'fine');
