// Frameworks give requests and responses other prototypes: all of them work as ever, and share hidden classes.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const http = require('http');
const util = require('util');

require('v8').setFlagsFromString('--allow-natives-syntax');
const haveSameClass = new Function('a', 'b', 'return %HaveSameMap(a, b)');

const Request = Object.create(http.IncomingMessage.prototype, { path: { get() { return this.url.split('?')[0]; } } });
const Response = Object.create(http.ServerResponse.prototype, {
  json: { value(what) { this.setHeader('Content-Type', 'application/json').end(JSON.stringify(what)); } },
});

const kRequests = 20;

function framework(seen) {
  return (req, res) => {
    Object.setPrototypeOf(req, Request);
    Object.setPrototypeOf(res, Response);
    req.res = res;
    req.params = { from: req.path };
    res.locals = {};
    seen.push([req, res]);
    let text = '';
    req.on('data', (chunk) => { text += chunk; }).on('end', () => {
      res.json({ text, host: req.headers.host !== undefined, method: req.method, from: req.params.from });
    });
  };
}

function check(seen) {
  assert.strictEqual(seen.length, kRequests);
  const [firstReq, firstRes] = seen[0];
  const [lastReq, lastRes] = seen.at(-1);
  assert.ok(haveSameClass(lastReq, seen.at(-2)[0]));
  assert.ok(haveSameClass(lastRes, seen.at(-2)[1]));
  assert.ok(!haveSameClass(lastReq, firstReq)); // or all this is for nothing
  for (const [req, res] of seen) {
    assert.ok(req instanceof http.IncomingMessage && res instanceof http.ServerResponse);
    assert.strictEqual(String(req), '[object Object]');
    assert.strictEqual(req.complete, true);
    assert.strictEqual(req.readableEnded, true);
    assert.strictEqual(res.writableFinished, true);
  }
  for (const [first, last] of [[firstReq, lastReq], [firstRes, lastRes]]) {
    assert.deepStrictEqual(Reflect.ownKeys(last), Reflect.ownKeys(first));
    assert.strictEqual(util.inspect(last, { depth: -1 }), util.inspect(first, { depth: -1 }));
  }
}

async function ask(server, port, agent) {
  for (let i = 0; i < kRequests; ++i) {
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', path: `/a?${i}`, agent });
    const [response] = await Promise.all([once(request, 'response'), request.end('abc')]);
    let text = '';
    for await (const chunk of response[0]) text += chunk;
    assert.deepStrictEqual(JSON.parse(text), { text: 'abc', host: true, method: 'POST', from: '/a' });
  }
}

// Connections in C++, and those that any stream may be.
for (const carried of [false, true]) {
  const seen = [];
  const server = http.createServer(framework(seen));
  if (carried) server.on('connection', (socket) => assert.ok(socket));
  server.listen(0, '127.0.0.1', mustCall(async () => {
    const agent = new http.Agent({ keepAlive: true });
    await ask(server, server.address().port, agent);
    agent.destroy();
    server.close();
    check(seen);
  }));
}

// Classes of the program's own stay what they are.
class OwnRequest extends http.IncomingMessage { own = 1; }
class OwnResponse extends http.ServerResponse { own = 2; }
const own = http.createServer({ IncomingMessage: OwnRequest, ServerResponse: OwnResponse }, (req, res) => {
  assert.deepStrictEqual([req.own, res.own, req.constructor, res.constructor], [1, 2, OwnRequest, OwnResponse]);
  Object.setPrototypeOf(req, Request);
  res.end();
});
own.listen(0, '127.0.0.1', mustCall(async () => {
  for (let i = 0; i < 2; ++i) {
    const request = http.get({ port: own.address().port, host: '127.0.0.1' });
    const [response] = await once(request, 'response');
    assert.strictEqual(response.statusCode, 200);
    response.resume();
  }
  own.close();
}));
