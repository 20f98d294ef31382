// koa: asynchronous middleware, streams as bodies, thrown statuses.
'use strict';

const assert = require('assert');
const fs = require('fs');
const koa = require('koa');
const { withServer } = require('./http_client');

const Koa = koa.default ?? koa;
const app = new Koa();
app.silent = true;
app.use(async (ctx, next) => {
  await next();
  ctx.set('x-after', String(ctx.status));
});
app.use(async (ctx) => {
  await new Promise(setImmediate);
  if (ctx.path === '/file') ctx.body = fs.createReadStream(__filename);
  else if (ctx.path === '/teapot') ctx.throw(418, 'short and stout');
  else ctx.body = { path: ctx.path, q: ctx.query.q };
});

withServer(app.callback(), async (ask) => {
  const json = await ask('/x?q=1');
  assert.deepStrictEqual(JSON.parse(json.text), { path: '/x', q: '1' });
  assert.strictEqual(json.headers['x-after'], '200');
  assert.strictEqual((await ask('/file')).text, fs.readFileSync(__filename, 'utf8'));
  assert.deepStrictEqual([(await ask('/teapot')).status, (await ask('/teapot')).text], [418, 'short and stout']);
});
