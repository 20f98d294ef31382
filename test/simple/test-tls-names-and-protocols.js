// SNI: contexts by name, asynchronous callbacks, errors; ALPN: lists and callbacks.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { once } = require('events');
const tls = require('tls');
const { connect, end, identity, listen, pair } = require('../common/tls');

const anyName = { checkServerIdentity() {} };
const nameOf = (client) => client.getPeerCertificate().subject.CN;

(async () => {
  const server = await listen({});
  server.addContext('a.example', identity('named'));
  server.addContext('*.b.example', tls.createSecureContext(identity('named')));
  for (const [name, expected] of [['a.example', 'a.example'], ['x.b.example', 'a.example'], ['x.y.b.example', 'localhost'],
                                  ['axexample', 'localhost']]) {
    const client = connect(server, { ...anyName, servername: name });
    const [[served]] = await Promise.all([once(server, 'secureConnection'), once(client, 'secureConnect')]);
    assert.strictEqual(nameOf(client), expected, name);
    assert.strictEqual(served.servername, name);
    client.destroy();
  }
  server.close();
  assert.throws(() => server.addContext(), { code: 'ERR_TLS_REQUIRED_SERVER_NAME' });

  const SNICallback = mustCall((name, callback) => {
    setImmediate(callback, name === 'bad' ? new Error('no such name') : null, tls.createSecureContext(identity('named')));
  }, 2);
  const [client, served, chooser] = await pair({ SNICallback }, { ...anyName, servername: 'whatever' });
  assert.strictEqual(nameOf(client), 'a.example');
  client.destroy();
  served.destroy();
  const bad = connect(chooser, { servername: 'bad' });
  const [[error, socket], [reset]] = await Promise.all([once(chooser, 'tlsClientError'), once(bad, 'error')]);
  assert.strictEqual(error.message, 'no such name');
  assert.strictEqual(socket.servername, 'bad');
  assert.strictEqual(reset.code, 'ECONNRESET');
  assert.match(reset.message, /before secure TLS connection was established/);
  chooser.close();

  for (const [offered, chosen] of [[['h2', 'http/1.1'], 'http/1.1'], [['h2'], 'h2'], [['x'], false], [undefined, false]]) {
    const ends = await pair({ ALPNProtocols: ['http/1.1', 'h2'] }, { ALPNProtocols: offered });
    assert.deepStrictEqual([ends[0].alpnProtocol, ends[1].alpnProtocol], [chosen, chosen]);
    await end(...ends);
  }
  const ALPNCallback = mustCall(({ servername, protocols }) => {
    assert.deepStrictEqual([servername, protocols], ['localhost', ['a', 'b']]);
    return 'b';
  });
  const ends = await pair({ ALPNCallback }, { ALPNProtocols: ['a', 'b'], servername: 'localhost' });
  assert.strictEqual(ends[0].alpnProtocol, 'b');
  await end(...ends);
  assert.throws(() => tls.createServer({ ALPNCallback() {}, ALPNProtocols: ['a'] }), { code: 'ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS' });
})();
