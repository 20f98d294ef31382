// request() and get(): URLs, options, checks of arguments, default headers.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const http = require('http');

assert.throws(() => http.get('https://localhost/'), { code: 'ERR_INVALID_PROTOCOL' });
assert.throws(() => http.request({ path: '/a b' }), { code: 'ERR_UNESCAPED_CHARACTERS' });
assert.throws(() => http.request({ method: 'B@D' }), { code: 'ERR_INVALID_HTTP_TOKEN' });
assert.throws(() => http.request({ method: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => http.request({ agent: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => http.request({ hostname: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => http.get('nonsense'), { code: 'ERR_INVALID_URL' });

const server = http.createServer(mustCall((req, res) => {
  res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers }));
}, 4));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  let left = 4;
  const check = (expect) => mustCall((res) => {
    let text = '';
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', mustCall(() => {
      expect(JSON.parse(text));
      if (--left === 0) server.close();
    }));
  });
  http.get(`http://user:pass@127.0.0.1:${port}/p?q=1#frag`, check((it) => {
    assert.strictEqual(it.url, '/p?q=1');
    assert.strictEqual(it.headers.host, `127.0.0.1:${port}`);
    assert.strictEqual(it.headers.authorization, 'Basic dXNlcjpwYXNz');
    assert.strictEqual(it.headers['content-length'], undefined);
    assert.strictEqual(it.headers['transfer-encoding'], undefined);
  }));
  http.get(new URL(`http://127.0.0.1:${port}/u`), { headers: { 'X-A': 'b' } }, check((it) => {
    assert.strictEqual(it.url, '/u');
    assert.strictEqual(it.headers['x-a'], 'b');
  }));
  http.request({ port, host: '127.0.0.1', method: 'put', auth: 'a:b' }, check((it) => {
    assert.strictEqual(it.method, 'PUT');
    assert.strictEqual(it.headers.authorization, 'Basic YTpi');
    assert.strictEqual(it.headers['content-length'], '0');
  })).end();
  http.request({ port, host: '127.0.0.1', headers: ['Host', 'given', 'X-B', 'c'] }, check((it) => {
    assert.strictEqual(it.headers.host, 'given');
    assert.strictEqual(it.headers['x-b'], 'c');
  })).end();
});
