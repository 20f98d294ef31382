// An agent with keepAlive uses one connection for requests that follow each other; others do not.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const ports = [];
const server = http.createServer((req, res) => {
  ports.push(req.socket.remotePort);
  res.end(req.headers.connection);
});
function get(agent, callback) {
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent }, mustCall((res) => {
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', () => setImmediate(() => callback(text, req)));
  }));
}
server.listen(0, '127.0.0.1', mustCall(() => {
  const agent = new http.Agent({ keepAlive: true });
  get(agent, mustCall((first) => {
    assert.strictEqual(first, 'keep-alive');
    assert.strictEqual(Object.keys(agent.freeSockets).length, 1);
    get(agent, mustCall((second, req) => {
      assert.strictEqual(ports[0], ports[1]);
      assert.strictEqual(req.reusedSocket, true);
      agent.destroy();
      get(new http.Agent(), mustCall((third) => {
        assert.strictEqual(third, 'close');
        assert.notStrictEqual(ports[2], ports[1]);
        server.close();
      }));
    }));
  }));
}));
