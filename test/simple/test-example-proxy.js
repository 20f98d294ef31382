// doc/examples/proxy.js passes requests and bodies on, tunnels, and says what it cannot do.
'use strict';

const assert = require('assert');
const http = require('http');
const { mustCall } = require('../common');
const example = require('../common/example');

const big = Buffer.alloc(3 << 20, 'proxied ');

// Sends back method, path, selected fields and the body it got.
const origin = http.createServer(mustCall((request, response) => {
  response.writeHead(203, { 'X-Seen': `${request.method} ${request.url}`,
                            'X-Via': String(request.headers.via),
                            'X-Secret': String(request.headers['x-secret']),
                            'Set-Cookie': ['a=1', 'b=2'] });
  request.pipe(response);
}, 2));

function collect(response, then) {
  const chunks = [];
  response.on('data', (chunk) => chunks.push(chunk));
  response.on('end', mustCall(() => then(Buffer.concat(chunks))));
}

function post(port, next) {
  const request = http.request({
    host: '127.0.0.1', port, method: 'POST', agent: false,
    path: `http://127.0.0.1:${origin.address().port}/up?x=1`,
    headers: { 'X-Secret': 's', 'Connection': 'x-secret, close' },
  }, mustCall((response) => {
    assert.strictEqual(response.statusCode, 203);
    assert.strictEqual(response.headers['x-seen'], 'POST /up?x=1');
    assert.strictEqual(response.headers['x-via'], '1.1 proxy.js');
    assert.strictEqual(response.headers['x-secret'], 'undefined');  // named by Connection
    assert.deepStrictEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
    collect(response, (body) => {
      assert.ok(body.equals(big));
      next();
    });
  }));
  request.end(big);
}

function unreachable(port, next) {
  http.get({ host: '127.0.0.1', port, path: 'http://127.0.0.1:1/', agent: false },
           mustCall((response) => {
             assert.strictEqual(response.statusCode, 502);
             collect(response, (body) => {
               assert.match(String(body), /ECONNREFUSED/);
               next();
             });
           }));
}

function notAProxyRequest(port, next) {
  http.get({ host: '127.0.0.1', port, path: '/plain', agent: false }, mustCall((response) => {
    assert.strictEqual(response.statusCode, 400);
    response.resume();
    response.on('end', mustCall(next));
  }));
}

function tunnel(port, next) {
  const request = http.request({ host: '127.0.0.1', port, method: 'CONNECT', agent: false,
                                 path: `127.0.0.1:${origin.address().port}` });
  request.on('connect', mustCall((response, socket) => {
    assert.strictEqual(response.statusCode, 200);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (more) => { text += more; });
    socket.on('end', mustCall(() => {
      assert.match(text, /^HTTP\/1\.1 203 /);
      assert.match(text, /X-Seen: GET \/inside/i);
      next();
    }));
    socket.write('GET /inside HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  }));
  request.end();
}

origin.listen(0, '127.0.0.1', mustCall(() => {
  example('proxy.js', [], mustCall((port, stop) => {
    const steps = [post, unreachable, notAProxyRequest, tunnel];
    (function step() {
      const next = steps.shift();
      if (next) return next(port, step);
      stop();
      origin.close();
    })();
  }));
}));
