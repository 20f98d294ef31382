// Keys and certificates for tests (test/fixtures/tls/make.sh has made them), and connections within one process.
'use strict';

const { once } = require('events');
const tls = require('tls');
const { fixtures } = require('.');

const pem = (name) => fixtures.read(`tls/${name}.pem`);
// key and cert of one of them.
const identity = (name) => ({ key: pem(`${name}-key`), cert: pem(`${name}-cert`) });
const ca = pem('ca-cert');

// A server that listens.
async function listen(options, onConnection) {
  const server = tls.createServer({ ...identity('server'), ...options }, onConnection);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const connect = (server, options, callback) =>
  tls.connect({ host: 'localhost', port: server.address().port, family: 4, ca, ...options }, callback);

// Both ends of a connection whose handshake is over: [client, served, server].
async function pair(serverOptions, clientOptions) {
  const server = await listen(serverOptions);
  const client = connect(server, clientOptions);
  const [[served]] = await Promise.all([once(server, 'secureConnection'), once(client, 'secureConnect')]);
  return [client, served, server];
}

async function end(client, served, server) {
  client.destroy();
  served.destroy();
  await new Promise((resolve) => server.close(resolve));
}

// The whole of what a stream gives.
function text(stream) {
  return new Promise((resolve, reject) => {
    let all = '';
    stream.on('data', (chunk) => { all += chunk.toString('latin1'); });
    stream.on('end', () => resolve(all)).on('error', reject);
  });
}

module.exports = { ca, connect, end, identity, listen, pair, pem, text };
