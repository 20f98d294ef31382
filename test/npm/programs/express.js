// express: routes, parameters, bodies, static files, errors.
'use strict';

const assert = require('assert');
const express = require('express');
const { withServer } = require('./http_client');

const app = express();
app.use(express.json());
app.get('/users/:id', (req, res) => res.json({ id: req.params.id, query: req.query }));
app.post('/echo', (req, res) => res.status(201).send(req.body));
app.use('/static', express.static(__dirname));
app.get('/boom', () => { throw new Error('boom'); });
app.use((error, req, res, next) => res.status(500).send(error.message));

withServer(app, async (ask) => {
  const user = await ask('/users/7?a[]=1&a[]=2');
  assert.deepStrictEqual(JSON.parse(user.text), { id: '7', query: { a: ['1', '2'] } });
  const echo = await ask('/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });
  assert.strictEqual(echo.status, 201);
  assert.deepStrictEqual(JSON.parse(echo.text), { a: 1 });
  const file = await ask('/static/express.js');
  assert.match(file.text, /^\/\/ express/);
  const again = await ask('/static/express.js', { headers: { 'if-none-match': file.headers.etag } });
  assert.strictEqual(again.status, 304);
  assert.deepStrictEqual([(await ask('/boom')).status, (await ask('/none')).status], [500, 404]);
});
