// Classes of one's own for request and response; replaced prototypes and writeHead, as frameworks do.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

class MyRequest extends http.IncomingMessage {
  get agentName() { return this.headers['user-agent']; }
}
class MyResponse extends http.ServerResponse {
  answer(text) { this.end(text); }
}
const server = http.createServer({ IncomingMessage: MyRequest, ServerResponse: MyResponse }, mustCall((req, res) => {
  assert.ok(req instanceof MyRequest);
  const proto = Object.create(Object.getPrototypeOf(res));
  proto.extra = () => 'extra';
  Object.setPrototypeOf(res, proto);
  const { writeHead } = res;
  res.writeHead = function(...args) {
    this.setHeader('X-Late', 'set');
    return writeHead.apply(this, args);
  };
  res.answer(`${req.agentName} ${res.extra()}`);
}));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', headers: { 'User-Agent': 'me' } }, mustCall((res) => {
    assert.strictEqual(res.headers['x-late'], 'set');
    assert.strictEqual(res.headers['content-length'], '8');
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', mustCall(() => {
      assert.strictEqual(text, 'me extra');
      server.close();
    }));
  }));
});
