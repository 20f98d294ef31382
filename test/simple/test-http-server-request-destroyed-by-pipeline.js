// A pipeline that fails ends the request it reads from but not the connection: the response can still be given.
'use strict';
const assert = require('assert');
const http = require('http');
const { pipeline, Writable, destroy } = require('stream');

let seen = 0;
for (const native of [true, false]) {
  for (const how of ['pipeline', 'destroy']) {
    const server = http.createServer((req, res) => {
      const answer = () => {
        assert.ok(req.destroyed);
        assert.ok(!res.destroyed);
        res.statusCode = 500;
        res.end('failed');
      };
      if (how === 'pipeline') {
        pipeline(req, new Writable({ write(chunk, encoding, done) { done(new Error('full')); } }), (error) => {
          assert.strictEqual(error.message, 'full');
          answer();
        });
      } else {
        req.on('error', (error) => {
          assert.strictEqual(error.message, 'enough');
          answer();
        });
        destroy(req, new Error('enough'));
      }
    });
    if (!native) server.on('connection', () => {});
    server.listen(0, '127.0.0.1', () => {
      const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST' }, (res) => {
        assert.strictEqual(res.statusCode, 500);
        let text = '';
        res.setEncoding('utf8').on('data', (piece) => { text += piece; });
        res.on('end', () => {
          assert.strictEqual(text, 'failed');
          seen++;
          server.close();
        });
      });
      req.end('some');
    });
  }
}
process.on('exit', () => assert.strictEqual(seen, 4));
