// Connections that are slow, cut or reset at any point: an end or an error with a code, and the server goes on.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const net = require('net');
const { connect, listen } = require('../common/tls');

// Something between client and server: `forward(chunk, to, from)` for what the client sends, null for its end.
async function between(server, forward) {
  const relay = net.createServer({ allowHalfOpen: true }, (inside) => {
    const outside = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true });
    inside.on('data', (chunk) => forward(chunk, outside, inside));
    outside.on('data', (chunk) => inside.write(chunk));
    inside.on('end', () => forward(null, outside, inside)).on('error', () => {}).on('close', () => outside.destroy());
    outside.on('end', () => inside.end()).on('error', () => {}).on('close', () => inside.destroy());
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return relay;
}

// Each record one byte at a time, with a turn in between.
async function trickle(server) {
  const queue = [];
  let busy = false;
  async function drain(to) {
    busy = true;
    for (const byte of queue) {
      if (byte === null) to.end();
      else to.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    queue.length = 0;
    busy = false;
  }
  const relay = await between(server, (chunk, to) => {
    queue.push(...(chunk ?? [null]));
    if (!busy) drain(to);
  });
  const client = connect(relay, {}, mustCall(() => client.end('slowly')));
  const [socket] = await once(server, 'secureConnection');
  assert.strictEqual(`${(await once(socket, 'data'))[0]}`, 'slowly');
  socket.end();
  client.resume();
  await once(client, 'close');
  relay.close();
}

// The connection is cut after so many bytes of the client's, by FIN or by RST.
async function cut(server, limit, reset) {
  let passed = 0;
  const relay = await between(server, (chunk, to, from) => {
    if (chunk === null) return void to.end();
    const rest = chunk.subarray(0, Math.max(0, limit - passed));
    passed += chunk.length;
    if (rest.length > 0) to.write(rest);
    if (passed < limit) return;
    if (reset) to.resetAndDestroy();
    else to.end();
    from.destroy();
  });
  const told = once(server, 'tlsClientError');
  const client = connect(relay, {});
  const [error] = await once(client, 'error');
  assert.strictEqual(error.code, 'ECONNRESET');
  assert.strictEqual((await told)[0].code, 'ECONNRESET');
  relay.close();
}

// After the handshake: a record that is not whole, and a reset.
async function later(server, reset) {
  let limit = Infinity;
  const relay = await between(server, (chunk, to) => {
    if (chunk === null) return void to.end();
    to.write(chunk.subarray(0, limit));
    if (limit === Infinity) return;
    if (reset) to.resetAndDestroy();
    else to.end();
  });
  const client = connect(relay, {}).on('error', () => {}).resume();
  const [[socket]] = await Promise.all([once(server, 'secureConnection'), once(client, 'secureConnect')]);
  limit = 10;
  client.write('never seen whole');
  socket.on('data', () => assert.fail('half a record'));
  if (reset) assert.strictEqual((await once(socket, 'error'))[0].code, 'ECONNRESET');
  else await once(socket.resume(), 'end');
  socket.destroy();
  client.destroy();
  relay.close();
}

(async () => {
  const server = await listen({});
  await trickle(server);
  for (const reset of [false, true]) {
    for (const limit of [1, 5, 100]) await cut(server, limit, reset);
    await later(server, reset);
  }
  assert.strictEqual(await new Promise((resolve) => server.getConnections((error, count) => resolve(count))), 0);
  server.close();
})().then(mustCall());
