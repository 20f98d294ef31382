// The client of 0.3.1: requests on one object wait for each other, old header pairs, response always flows; http.cat.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/missing') res.writeHead(404, [['X-Old', 'pair']]);
  else res.writeHead(200, [['X-Old', 'pair'], ['Content-Type', 'text/plain']]);
  res.end(`got ${req.url} ${req.headers['x-a']} ${req.headers.connection}`);
});
server.listen(0, '127.0.0.1', () => {
  const client = http.createClient(server.address().port, '127.0.0.1');
  client.on('connect', mustCall(2));
  const texts = [];
  const ask = (path, done) => {
    const req = client.request('GET', path, [['X-A', 'b']]);
    req.on('response', mustCall((res) => {
      assert.strictEqual(res.headers['x-old'], 'pair');
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', mustCall(() => {
        texts.push(text);
        done();
      }));
    }));
    req.end();
  };
  ask('/1', () => {});
  ask('/2', () => {
    assert.deepStrictEqual(texts, ['got /1 b close', 'got /2 b close']);
    const base = `http://127.0.0.1:${server.address().port}`;
    http.cat(`${base}/cat`, 'utf8', mustCall((error, text) => {
      assert.strictEqual(error, null);
      assert.match(text, /^got \/cat /);
      http.cat(`${base}/missing`, mustCall((error) => {
        assert.strictEqual(error, 404);
        server.close();
      }));
    }));
  });
});
