// Requests and responses are streams: an echo server by pipe, both ways larger than any buffer.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');
const { Readable } = require('stream');

const total = 8 * 1024 * 1024;
function* pieces() {
  for (let sent = 0; sent < total; sent += 65536) yield Buffer.alloc(65536, (sent / 65536) % 251);
}
const server = http.createServer(mustCall((req, res) => req.pipe(res)));
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST' }, mustCall((res) => {
    let bytes = 0;
    res.on('data', (chunk) => {
      for (let i = 0; i < chunk.length; i += 4096) {
        assert.strictEqual(chunk[i], Math.floor((bytes + i) / 65536) % 251);
      }
      bytes += chunk.length;
    });
    res.on('end', mustCall(() => {
      assert.strictEqual(bytes, total);
      server.close();
    }));
  }));
  Readable.from(pieces()).pipe(req);
});
