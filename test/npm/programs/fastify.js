// fastify: schemas, hooks, injected and real requests.
'use strict';

const assert = require('assert');
const fastify = require('fastify');

const app = fastify();
const schema = { response: { 200: { type: 'object', properties: { n: { type: 'integer' } } } } };
app.addHook('onSend', async (request, reply) => reply.header('x-hook', 'yes'));
app.get('/:n', { schema }, async (request) => ({ n: Number(request.params.n), hidden: true }));

async function main() {
  assert.strictEqual((await app.inject('/7')).body, '{"n":7}');
  assert.strictEqual((await app.inject({ method: 'POST', url: '/7' })).statusCode, 404);
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  await new Promise((done) => require('http').get(`${address}/8`, { agent: false }, (response) => {
    assert.strictEqual(response.headers['x-hook'], 'yes');
    response.setEncoding('utf8').on('data', (text) => assert.strictEqual(text, '{"n":8}')).on('end', done);
  }));
  await app.close();
}

main();
