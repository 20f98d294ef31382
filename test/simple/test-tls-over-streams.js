// TLS over sockets that are connected already, over other TLS sockets and over any Duplex; much data, slow readers, order.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { createHash } = require('crypto');
const { once } = require('events');
const net = require('net');
const { Duplex } = require('stream');
const tls = require('tls');
const { ca, end, identity, pair } = require('../common/tls');

// What is written to the one comes out of the other, in pieces of at most 1000 bytes.
function duplexPair() {
  const ends = [0, 1].map(() => new Duplex({
    read() {
      const { taken } = this;
      this.taken = undefined;
      taken?.();
    },
    write(chunk, encoding, callback) {
      for (let at = 0; at < chunk.length; at += 1000) this.other.push(chunk.subarray(at, at + 1000));
      this.other.taken = callback;
    },
    final(callback) {
      this.other.push(null);
      callback();
    },
  }));
  [ends[0].other, ends[1].other] = [ends[1], ends[0]];
  return ends;
}

const big = Buffer.alloc(3_000_000);
for (let i = 0; i < big.length; i += 7) big[i] = i / 7;
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

// Sends much one way while the reader pauses now and then, and its digest back.
async function exchange(from, to) {
  const hash = createHash('sha256');
  to.on('data', (chunk) => {
    hash.update(chunk);
    if (chunk.length % 3 !== 0) return;
    to.pause();
    setImmediate(() => to.resume());
  });
  to.on('end', () => to.end(hash.digest('hex')));
  from.write(big.subarray(0, 1));
  from.write(big.subarray(1, 1_000_000));
  from.end(big.subarray(1_000_000));
  let answer = '';
  for await (const chunk of from) answer += chunk;
  assert.strictEqual(answer, digest(big));
}

const wrap = (one, other) => [
  tls.connect({ socket: one, ca, servername: 'localhost' }),
  new tls.TLSSocket(other, { isServer: true, allowHalfOpen: true, secureContext: tls.createSecureContext(identity('server')) }),
];

(async () => {
  const ends = await pair({ allowHalfOpen: true }, { allowHalfOpen: true });
  await exchange(ends[0], ends[1]);
  await end(...ends);

  // A connected socket, into which the server has looked before.
  const server = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true });
  const [accepted] = await once(server, 'connection');
  socket.write('STARTTLS\n');
  assert.strictEqual(`${(await once(accepted, 'data'))[0]}`, 'STARTTLS\n');
  accepted.pause();
  const [client, served] = wrap(socket, accepted);
  for (const one of [client, served, socket, accepted]) one.on('close', mustCall());
  assert.strictEqual(client.remotePort, server.address().port);
  await exchange(client, served);
  client.destroy();
  server.close();

  // Any Duplex; and TLS within TLS.
  const overStreams = wrap(...duplexPair());
  overStreams[0].on('error', assert.ifError);
  await exchange(...overStreams);
  const outer = await pair({ allowHalfOpen: true }, { allowHalfOpen: true });
  const inner = wrap(outer[0], outer[1]);
  inner[0].write('through both');
  assert.strictEqual(`${(await once(inner[1], 'data'))[0]}`, 'through both');
  assert.strictEqual(inner[0].authorized, true);
  inner[0].destroy();
  await end(...outer);

  // A Duplex that fails takes the connection along.
  const [one, other] = duplexPair();
  const [failing] = wrap(one, other);
  one.destroy(new Error('the carrier failed'));
  assert.strictEqual((await once(failing, 'error'))[0].message, 'the carrier failed');
  other.destroy();
})();
