// doc/examples/hello.js answers as the documentation's front page promises.
'use strict';

const assert = require('assert');
const http = require('http');
const { mustCall } = require('../common');
const example = require('../common/example');

example('hello.js', [], mustCall((port, stop) => {
  http.get({ host: '127.0.0.1', port, path: '/' }, mustCall((response) => {
    assert.strictEqual(response.statusCode, 200);
    assert.strictEqual(response.headers['content-type'], 'text/plain');
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (text) => { body += text; });
    response.on('end', mustCall(() => {
      assert.strictEqual(body, 'Hello World\n');
      stop();
    }));
  }));
}));
