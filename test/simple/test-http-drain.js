// A response larger than what the peer reads reports back-pressure, then 'drain'; nothing is lost.
'use strict';
const { mustCall, mustCallAtLeast } = require('../common');
const assert = require('assert');
const http = require('http');

const piece = Buffer.alloc(64 * 1024, 'x');
const count = 320;
const server = http.createServer(mustCall((req, res) => {
  let sent = 0;
  let refused = false;
  const more = () => {
    while (sent < count) {
      sent++;
      if (!res.write(piece)) {
        refused = true;
        res.once('drain', more);
        return;
      }
    }
    assert.ok(refused);
    res.end();
  };
  res.on('drain', mustCallAtLeast(() => {}));
  res.on('finish', mustCall());
  more();
}));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, mustCall((res) => {
    let bytes = 0;
    res.pause();
    setTimeout(() => res.resume(), 50);
    res.on('data', (chunk) => { bytes += chunk.length; });
    res.on('end', mustCall(() => {
      assert.strictEqual(bytes, piece.length * count);
      server.close();
    }));
  }));
});
