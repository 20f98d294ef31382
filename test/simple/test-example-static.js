// doc/examples/static.js: ranges, conditions, listings, and nothing outside its folder.
'use strict';

const assert = require('assert');
const fs = require('fs');
const http = require('http');
const path = require('path');
const { mustCall } = require('../common');
const example = require('../common/example');

const base = fs.mkdtempSync(path.join(require('os').tmpdir(), 'example-static-'));
process.on('exit', () => fs.rmSync(base, { recursive: true, force: true }));
const root = path.join(base, 'root');
fs.mkdirSync(path.join(root, 'sub'), { recursive: true });
fs.mkdirSync(path.join(root, 'site'));
fs.writeFileSync(path.join(base, 'secret'), 'secret');
fs.writeFileSync(path.join(root, 'a.txt'), '0123456789');
fs.writeFileSync(path.join(root, 'empty'), '');
fs.writeFileSync(path.join(root, 'sub', '<b>&.txt'), 'odd');
fs.writeFileSync(path.join(root, 'site', 'index.html'), '<p>index');
fs.symlinkSync('../secret', path.join(root, 'leak'));
fs.symlinkSync('a.txt', path.join(root, 'link'));

example('static.js', [root], mustCall((port, stop) => {
  function ask(url, headers = {}, method = 'GET') {
    return new Promise((resolve, reject) => {
      http.request({ host: '127.0.0.1', port, path: url, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      }).on('error', reject).end();
    });
  }

  (async () => {
    const whole = await ask('/a.txt?x=1');
    assert.strictEqual(whole.status, 200);
    assert.strictEqual(whole.body, '0123456789');
    assert.strictEqual(whole.headers['content-type'], 'text/plain; charset=utf-8');
    assert.strictEqual(whole.headers['content-length'], '10');
    const { etag, 'last-modified': modified } = whole.headers;
    assert.strictEqual((await ask('/link')).body, '0123456789');
    assert.strictEqual((await ask('/empty')).status, 200);

    const head = await ask('/a.txt', {}, 'HEAD');
    assert.deepStrictEqual([head.status, head.body, head.headers['content-length']], [200, '', '10']);

    for (const [range, status, body, contentRange] of [
      ['bytes=2-4', 206, '234', 'bytes 2-4/10'], ['bytes=7-', 206, '789', 'bytes 7-9/10'],
      ['bytes=-2', 206, '89', 'bytes 8-9/10'], ['bytes=0-99', 206, '0123456789', 'bytes 0-9/10'],
      ['bytes=10-', 416, '', 'bytes */10'], ['bytes=-0', 416, '', 'bytes */10'],
      ['bytes=4-2', 200, '0123456789', undefined], ['lines=1-2', 200, '0123456789', undefined],
      ['bytes=1-2,4-5', 200, '0123456789', undefined],
    ]) {
      const part = await ask('/a.txt', { range });
      assert.deepStrictEqual(
        [part.status, part.body, part.headers['content-range']], [status, body, contentRange], range);
    }
    assert.strictEqual((await ask('/a.txt', { 'range': 'bytes=1-1', 'if-range': etag })).status, 206);
    assert.strictEqual((await ask('/a.txt', { 'range': 'bytes=1-1', 'if-range': '"old"' })).status, 200);

    assert.strictEqual((await ask('/a.txt', { 'if-none-match': etag })).status, 304);
    assert.strictEqual((await ask('/a.txt', { 'if-none-match': '"x"' })).status, 200);
    assert.strictEqual((await ask('/a.txt', { 'if-modified-since': modified })).status, 304);
    assert.strictEqual((await ask('/a.txt', { 'if-modified-since': new Date(0).toUTCString() })).status, 200);

    const listing = await ask('/sub/');
    assert.strictEqual(listing.status, 200);
    assert.ok(listing.body.includes('&#60;b&#62;&#38;.txt'));
    assert.strictEqual((await ask('/sub/%3Cb%3E%26.txt')).body, 'odd');
    assert.deepStrictEqual([(await ask('/sub')).status, (await ask('/sub')).headers.location], [301, '/sub/']);
    assert.strictEqual((await ask('/site/')).body, '<p>index');

    for (const [url, status] of [
      ['/../secret', 400], ['/%2e%2e/secret', 400], ['/sub/..%2f..%2fsecret', 400], ['/%00', 400], ['/%zz', 400],
      ['/leak', 403], ['/none', 404], ['/a.txt/x', 404], ['/a.txt/', 404],
    ]) {
      const refused = await ask(url);
      assert.strictEqual(refused.status, status, url);
      assert.ok(!refused.body.includes('secret'));
    }
    const post = await ask('/a.txt', {}, 'POST');
    assert.deepStrictEqual([post.status, post.headers.allow], [405, 'GET, HEAD']);
    stop();
  })().then(mustCall());
}));
