// connect: a chain of middleware.
'use strict';

const assert = require('assert');
const connect = require('connect');
const { withServer } = require('./http_client');

const app = connect();
app.use((req, res, next) => {
  res.setHeader('x-first', 'yes');
  next();
});
app.use('/deep', (req, res) => res.end(`deep ${req.url}`));
app.use((req, res) => res.end('rest'));

withServer(app, async (ask) => {
  const deep = await ask('/deep/er');
  assert.deepStrictEqual([deep.text, deep.headers['x-first']], ['deep /er', 'yes']);
  assert.strictEqual((await ask('/')).text, 'rest');
});
