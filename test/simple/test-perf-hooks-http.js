// Who observes 'http' gets an entry for each request, from the server's side and from the client's.
'use strict';
const assert = require('assert');
const http = require('http');
const { PerformanceObserver } = require('perf_hooks');

const entries = [];
const observer = new PerformanceObserver((list) => {
  entries.push(...list.getEntries());
  if (entries.length < 4) return;
  observer.disconnect();
  server.close();
});
observer.observe({ type: 'http' });

const server = http.createServer((req, res) => {
  res.setHeader('x-answer', 'yes');
  if (req.method === 'GET') res.end('ok');
  else setTimeout(() => res.end('later'), 1);
}).listen(0, '127.0.0.1', () => {
  for (const method of ['GET', 'POST']) {
    http.request({ port: server.address().port, host: '127.0.0.1', path: '/x', method, headers: { 'x-ask': 'it' } },
                 (res) => res.resume()).end();
  }
});

process.on('exit', () => {
  assert.deepStrictEqual(entries.map((entry) => entry.name).sort(),
                         ['HttpClient', 'HttpClient', 'HttpRequest', 'HttpRequest']);
  for (const { name, entryType, startTime, duration, detail: { req, res } } of entries) {
    assert.strictEqual(entryType, 'http');
    assert.ok(startTime > 0 && duration >= 0);
    assert.match(req.method, /^(?:GET|POST)$/);
    assert.strictEqual(req.url, name === 'HttpRequest' ? '/x' : 'http://127.0.0.1/x');
    assert.strictEqual(req.headers['x-ask'], 'it');
    assert.strictEqual(res.statusCode, 200);
    assert.strictEqual(res.statusMessage, 'OK');
    assert.strictEqual(res.headers['x-answer'], 'yes');
  }
});
