// Expect: 100-continue is answered by itself, or by 'checkContinue'; other expectations get 417.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer(mustCall((req, res) => {
  req.resume();
  req.on('end', () => res.end('ok'));
}, 2));
function post(expect, body, done) {
  const { port } = server.address();
  const headers = { Expect: expect, 'Content-Length': 4 };
  const req = http.request({ port, host: '127.0.0.1', method: 'POST', headers });
  let continued = false;
  req.on('continue', () => { continued = true; req.end(body); });
  req.on('response', mustCall((res) => {
    res.resume();
    res.on('end', mustCall(() => done(res, continued)));
    if (!continued) req.destroy();
  }));
  req.on('error', () => {});
}
server.listen(0, '127.0.0.1', () => {
  post('100-continue', 'body', mustCall((res, continued) => {
    assert.ok(continued);
    assert.strictEqual(res.statusCode, 200);
    const check = mustCall((req, res) => {
      res.writeContinue();
      server.emit('request', req, res);
    });
    server.on('checkContinue', check);
    post('100-continue', 'body', mustCall((res, continued) => {
      assert.ok(continued);
      server.removeListener('checkContinue', check);
      const { port } = server.address();
      const req = http.request({ port, host: '127.0.0.1', headers: { Expect: 'magic' } }, mustCall((res) => {
        assert.strictEqual(res.statusCode, 417);
        res.resume();
        res.on('end', () => server.close());
      }));
      req.end();
    }));
  }));
});
