// axios: queries, bodies, errors with codes.
'use strict';

const assert = require('assert');
const axios = require('axios');
const { withServer } = require('./http_client');

withServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => {
    res.writeHead(req.url === '/no' ? 404 : 200, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify({ method: req.method, url: req.url, body }));
  });
}, async (ask, port) => {
  const client = axios.create({ baseURL: `http://127.0.0.1:${port}`, proxy: false });
  assert.strictEqual((await client.get('/x', { params: { a: 1 } })).data.url, '/x?a=1');
  assert.strictEqual((await client.post('/', { k: [1] })).data.body, '{"k":[1]}');
  await assert.rejects(client.get('/no'), (error) => error.response.status === 404);
  await assert.rejects(axios.get('http://127.0.0.1:1/', { proxy: false }), { code: 'ECONNREFUSED' });
});
