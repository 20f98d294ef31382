// maxSockets makes requests wait; all are answered.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

let now = 0;
let most = 0;
const server = http.createServer((req, res) => {
  most = Math.max(most, ++now);
  setImmediate(() => { now--; res.end(req.url); });
});
server.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  let left = 10;
  for (let i = 0; i < 10; i++) {
    http.get({ port: server.address().port, host: '127.0.0.1', agent, path: `/${i}` }, mustCall((res) => {
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', mustCall(() => {
        assert.strictEqual(text, `/${i}`);
        if (--left > 0) return;
        assert.ok(most <= 2, `${most} at once`);
        agent.destroy();
        server.close();
      }));
    }));
  }
  assert.strictEqual(Object.values(agent.requests)[0].length, 8);
});
