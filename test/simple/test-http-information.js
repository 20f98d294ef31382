// 1xx answers before the real one: 102, 103 with links.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer(mustCall((req, res) => {
  res.writeProcessing();
  res.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' });
  res.end('done');
}));
server.listen(0, '127.0.0.1', () => {
  const seen = [];
  const req = http.get({ port: server.address().port, host: '127.0.0.1' }, mustCall((res) => {
    assert.strictEqual(res.statusCode, 200);
    res.resume();
    res.on('end', mustCall(() => {
      assert.deepStrictEqual(seen, [[102, undefined], [103, '</a.css>; rel=preload; as=style']]);
      server.close();
    }));
  }));
  req.on('information', (info) => seen.push([info.statusCode, info.headers.link]));
});
