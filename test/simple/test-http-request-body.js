// Bodies of requests arrive whole: with a length, chunked, empty, large; trailers after the end.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const large = Buffer.alloc(3 * 1024 * 1024, 'abcdefgh');
const server = http.createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    assert.strictEqual(req.complete, true);
    const body = Buffer.concat(chunks);
    res.end(JSON.stringify({
      length: body.length, same: body.equals(large), start: body.toString('latin1', 0, 20),
      te: req.headers['transfer-encoding'], trailers: req.trailers,
    }));
  });
});
server.listen(0, '127.0.0.1', () => {
  let left = 4;
  const send = (options, body, check) => {
    const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', ...options },
                             mustCall((res) => {
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', mustCall(() => {
        check(JSON.parse(text));
        if (--left === 0) server.close();
      }));
    }));
    body(req);
  };
  send({ headers: { 'Content-Length': 5 } }, (req) => { req.write('he'); req.end('llo'); }, (it) => {
    assert.strictEqual(it.start, 'hello');
    assert.strictEqual(it.te, undefined);
  });
  send({ headers: { Trailer: 'X-Sum' } }, (req) => {
    req.write('chunk');
    req.addTrailers({ 'X-Sum': '7' });
    req.end('ed');
  }, (it) => {
    assert.strictEqual(it.start, 'chunked');
    assert.strictEqual(it.te, 'chunked');
    assert.deepStrictEqual(it.trailers, { 'x-sum': '7' });
  });
  send({}, (req) => req.end(), (it) => assert.strictEqual(it.length, 0));
  send({}, (req) => { req.write(large.subarray(0, 1000)); req.end(large.subarray(1000)); }, (it) => {
    assert.strictEqual(it.length, large.length);
    assert.strictEqual(it.same, true);
  });
});
