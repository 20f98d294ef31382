// Resumption: tickets, sessions that the program stores, ticket keys that are set and shared.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { constants } = require('crypto');
const { once } = require('events');
const { connect, listen } = require('../common/tls');

async function visit(server, options) {
  const client = connect(server, options);
  let session;
  client.on('session', (bytes) => { session = bytes; });
  const [served] = await once(server, 'secureConnection');
  served.end('x');
  client.resume();
  await once(client, 'close');
  return { client, session, reused: served.resumed };
}

(async () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
    const server = await listen({ maxVersion }, (socket) => { socket.resumed = socket.isSessionReused(); });
    const first = await visit(server, {});
    assert.strictEqual(first.reused, false);
    assert.ok(Buffer.isBuffer(first.session));
    assert.strictEqual((await visit(server, { session: first.session })).reused, true);
    // Another server with the same keys takes the ticket; one with others makes a new one.
    const twin = await listen({ maxVersion, ticketKeys: server.getTicketKeys() },
                              (socket) => { socket.resumed = socket.isSessionReused(); });
    assert.strictEqual((await visit(twin, { session: first.session })).reused, true);
    twin.setTicketKeys(Buffer.alloc(48, 'k'));
    const fresh = await visit(twin, { session: first.session });
    assert.strictEqual(fresh.reused, false);
    assert.strictEqual((await visit(twin, { session: fresh.session })).reused, true);
    assert.throws(() => twin.setTicketKeys(Buffer.alloc(47)), /48-byte/);
    // A resumed session is that of a server which has been checked: another name changes nothing.
    assert.strictEqual((await visit(twin, { session: fresh.session, servername: 'other' })).client.authorized, true);
    server.close();
    twin.close();
  }

  // Without tickets the server's program keeps the sessions.
  const store = new Map();
  const server = await listen({ maxVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_TICKET ?? 0x4000 },
                              (socket) => { socket.resumed = socket.isSessionReused(); });
  server.on('newSession', mustCall((id, session, done) => {
    store.set(id.toString('hex'), session);
    setImmediate(done);
  }, 2));
  server.on('resumeSession', mustCall((id, callback) => setImmediate(callback, null, store.get(id.toString('hex')) ?? null), 2));
  const version = { maxVersion: 'TLSv1.2' };
  const first = await visit(server, version);
  assert.strictEqual((await visit(server, { ...version, session: first.session })).reused, true);
  store.clear();
  assert.strictEqual((await visit(server, { ...version, session: first.session })).reused, false);
  server.close();
})();
