// close() waits for connections under way; closeIdleConnections and closeAllConnections end them.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/never') return;
  res.end('ok');
});
server.listen(0, '127.0.0.1', mustCall(() => {
  const agent = new http.Agent({ keepAlive: true });
  const { port } = server.address();
  http.get({ port, host: '127.0.0.1', agent }, mustCall((res) => {
    res.resume();
    res.on('end', mustCall(() => setImmediate(() => {
      server.getConnections(mustCall((error, count) => {
        assert.strictEqual(count, 1);
        server.close(mustCall(() => agent.destroy()));
        server.closeIdleConnections();
        again();
      }));
    })));
  }));
}));
function again() {
  const server = http.createServer(() => {});
  server.listen(0, '127.0.0.1', mustCall(() => {
    const req = http.get({ port: server.address().port, host: '127.0.0.1' });
    req.on('error', mustCall((error) => assert.strictEqual(error.code, 'ECONNRESET')));
    server.on('request', mustCall(() => {
      server.close(mustCall());
      server.closeAllConnections();
    }));
  }));
}
