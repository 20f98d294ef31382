// finish, close and callbacks of a response; 'end' of a request that nobody reads.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

const order = [];
const server = http.createServer(mustCall((req, res) => {
  req.on('end', mustCall(() => order.push('req end')));
  req.on('close', mustCall(() => order.push('req close')));
  res.on('prefinish', mustCall());
  res.on('finish', mustCall(() => order.push('finish')));
  res.on('close', mustCall(() => order.push('close')));
  res.write('a', mustCall());
  res.end('b', mustCall(() => {
    order.push('end callback');
    assert.strictEqual(res.writableFinished, true);
  }));
  res.end();
  res.on('error', mustCall((error) => assert.strictEqual(error.code, 'ERR_STREAM_WRITE_AFTER_END')));
  assert.strictEqual(res.write('c'), false);
}));
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, mustCall((res) => {
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', mustCall(() => {
      assert.strictEqual(text, 'ab');
      server.close(mustCall(() => {
        assert.ok(order.indexOf('finish') < order.indexOf('close'), order.join());
        assert.strictEqual(order.length, 5, order.join());
      }));
    }));
  }));
});
