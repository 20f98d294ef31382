// The DNS client against a server that answers well, badly, late and not at all.
'use strict';
const common = require('../common');
const assert = require('assert');
const { Resolver } = require('dns').promises;
const { answer, name, serve, text, types, u16, u32 } = require('../common/dns_server');

const a = (...bytes) => ({ type: 'A', data: bytes });

// Asks a server that runs for this question alone.
async function ask(handle, question, options) {
  const server = await serve(handle);
  const resolver = new Resolver({ timeout: 20000, tries: 2, ...options });
  resolver.setServers([server.address]);
  try {
    return await question(resolver);
  } finally {
    server.close();
  }
}
const always = (...records) => (question, reply) => reply(answer(question, records));

(async () => {
  // Every kind of record.
  assert.deepStrictEqual(await ask(always(a(1, 2, 3, 4), a(5, 6, 7, 8)), (r) => r.resolve4('x.test')), ['1.2.3.4', '5.6.7.8']);
  assert.deepStrictEqual(await ask(always({ ...a(1, 2, 3, 4), ttl: 77 }), (r) => r.resolve4('x.test', { ttl: true })),
      [{ address: '1.2.3.4', ttl: 77 }]);
  const v6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  assert.deepStrictEqual(await ask(always({ type: 'AAAA', data: v6 }), (r) => r.resolve6('x.test')), ['2001:db8::1']);
  assert.deepStrictEqual(await ask(always({ type: 'MX', data: [...u16(10), ...name('mail.test')] }), (r) => r.resolveMx('x.test')),
                         [{ priority: 10, exchange: 'mail.test' }]);
  assert.deepStrictEqual(await ask(always({ type: 'TXT', data: [...text('one'), ...text('tw\u00f6')] }), (r) => r.resolveTxt('x.test')),
      [['one', 'tw\u00f6']]);
  assert.deepStrictEqual(await ask(always({ type: 'SRV', data: [...u16(1, 2, 80), ...name('srv.test')] }), (r) => r.resolveSrv('x.test')),
                         [{ name: 'srv.test', port: 80, priority: 1, weight: 2 }]);
  assert.deepStrictEqual(await ask(always({ type: 'NS', data: name('ns.test') }), (r) => r.resolveNs('x.test')), ['ns.test']);
  assert.deepStrictEqual(await ask(always({ type: 'CNAME', data: name('other.test') }), (r) => r.resolveCname('x.test')), ['other.test']);
  assert.deepStrictEqual(await ask(always({ type: 'PTR', data: name('ptr.test') }), (r) => r.resolvePtr('x.test')), ['ptr.test']);
  assert.deepStrictEqual(
    await ask(always({ type: 'SOA', data: [...name('ns.test'), ...name('root.test'), ...[1, 2, 3, 4, 5].flatMap(u32)] }),
        (r) => r.resolveSoa('x.test')),
    { nsname: 'ns.test', hostmaster: 'root.test', serial: 1, refresh: 2, retry: 3, expire: 4, minttl: 5 });
  assert.deepStrictEqual(
    await ask(always({ type: 'NAPTR', data: [...u16(1, 2), ...text('s'), ...text('SIP'), ...text('r'), ...name('n.test')] }),
        (r) => r.resolveNaptr('x.test')),
    [{ flags: 's', service: 'SIP', regexp: 'r', replacement: 'n.test', order: 1, preference: 2 }]);
  assert.deepStrictEqual(await ask(always({ type: 'CAA', data: [128, ...text('issue'), ...Buffer.from('ca.test')] }),
      (r) => r.resolveCaa('x.test')),
                         [{ critical: 128, issue: 'ca.test' }]);
  assert.deepStrictEqual(await ask(always(a(1, 2, 3, 4), { type: 'NS', data: name('ns.test') }), (r) => r.resolveAny('x.test')),
                         [{ type: 'A', address: '1.2.3.4', ttl: 60 }, { type: 'NS', value: 'ns.test' }]);
  assert.deepStrictEqual(await ask((question, reply) => {
    assert.strictEqual(question.name, '4.3.2.1.in-addr.arpa');
    reply(answer(question, [{ type: 'PTR', data: name('host.test') }]));
  }, (r) => r.reverse('1.2.3.4')), ['host.test']);
  await ask((question, reply) => {
    assert.match(question.name, /^1(\.0){23}\.8\.b\.d\.0\.1\.0\.0\.2\.ip6\.arpa$/);
    reply(answer(question, [{ type: 'PTR', data: name('host.test') }]));
  }, (r) => r.reverse('2001:db8::1'));

  // Bytes that are no letters are escaped, and names travel as they were written.
  assert.deepStrictEqual(await ask(always({ type: 'PTR', data: [...text('a.b\x01'), 0] }), (r) => r.resolvePtr('x.test')), ['a\\.b\\001']);
  await ask((question, reply) => {
    assert.strictEqual(question.name, 'xn--bcher-kva.test');
    reply(answer(question, [a(1, 1, 1, 1)]));
  }, (r) => r.resolve4('b\u00fccher.test'));

  // Aliases: followed within the answer, asked for when the answer stops there, never in a circle.
  const alias = (from, to) => ({ name: from, type: 'CNAME', data: name(to) });
  assert.deepStrictEqual(
    await ask(always(alias('x.test', 'y.test'), alias('Y.test', 'z.test'), { name: 'z.test', ...a(9, 9, 9, 9) }, { name: 'w.test', ...a(6,
        6, 6, 6) }),
              (r) => r.resolve4('x.test')), ['9.9.9.9']);
  assert.deepStrictEqual(await ask((question, reply) => {
    reply(answer(question, question.name === 'x.test' ? [alias('x.test', 'far.test')] : [a(8, 8, 8, 8)]));
  }, (r) => r.resolve4('x.test')), ['8.8.8.8']);
  await assert.rejects(ask(always(alias('x.test', 'y.test'), alias('y.test', 'x.test')), (r) => r.resolve4('x.test')),
      { code: 'EBADRESP' });

  // Answers without records, and refusals.
  await assert.rejects(ask(always(), (r) => r.resolve4('x.test')), { code: 'ENODATA', syscall: 'queryA', hostname: 'x.test',
      message: 'queryA ENODATA x.test' });
  for (const [rcode, code] of [[1, 'EFORMERR'], [2, 'ESERVFAIL'], [3, 'ENOTFOUND'], [4, 'ENOTIMP'], [5, 'EREFUSED']]) {
    await assert.rejects(ask((question, reply) => reply(answer(question, [], { rcode })), (r) => r.resolve4('x.test')), { code });
  }
  const bad = new Resolver();
  for (const wrong of ['', 'a..b', `${'x'.repeat(64)}.test`, `${'x.'.repeat(200)}test`]) await assert.rejects(bad.resolve4(wrong),
      { code: 'EBADNAME' });

  // Too large for a datagram: asked again with EDNS, then over TCP.
  const seen = [];
  assert.deepStrictEqual(await ask((question, reply, over) => {
    seen.push(over + (question.edns ? '+edns' : ''));
    if (over === 'tcp') reply(answer(question, Array.from({ length: 200 }, (_, i) => a(1, 1, 1, i & 255))));
    else reply(answer(question, [], { flags: 0x8380 }));
  }, (r) => r.resolve4('big.test')).then((list) => list.length), 200);
  assert.deepStrictEqual(seen, ['udp', 'udp+edns', 'tcp']);

  // Forgeries (another id, another question, no answer at all) do not count; the true answer does.
  assert.deepStrictEqual(await ask((question, reply) => {
    const forged = [a(6, 6, 6, 6)];
    reply(answer(question, forged, { id: question.id ^ 1 }));
    reply(answer(question, forged, { bytes: [...name('other.test'), ...u16(1, 1)] }));
    reply(answer(question, forged, { bytes: [...name('x.test'), ...u16(types.MX, 1)] }));
    reply(answer(question, forged, { flags: 0x0100 }));
    reply(Buffer.alloc(3));
    reply(answer(question, [a(1, 2, 3, 4)]));
  }, (r) => r.resolve4('x.test')), ['1.2.3.4']);

  // Broken messages: pointers in circles and forward, records and names over the end.
  const broken = [
    (q) => Buffer.from([...u16(q.id, 0x8180, 1, 1, 0, 0), ...q.bytes, 0xc0, 12 + q.bytes.length, ...u16(1, 1), ...u32(1), ...u16(4), 1, 2,
        3, 4]),
    (q) => Buffer.from([...u16(q.id, 0x8180, 1, 1, 0, 0), ...q.bytes, 0xc0, 0xff, ...u16(1, 1), ...u32(1), ...u16(4), 1, 2, 3, 4]),
    (q) => Buffer.from([...u16(q.id, 0x8180, 1, 1, 0, 0), ...q.bytes, 63, 1]),
    (q) => answer(q, [a(1, 2, 3)]),
    (q) => answer(q, [a(1, 2, 3, 4)]).subarray(0, -2),
    (q) => answer(q, [{ type: 'A', data: [1, 2, 3, 4] }]).fill(255, 12),
  ];
  for (const make of broken) {
    await assert.rejects(ask((question, reply) => reply(make(question)), (r) => r.resolve4('x.test'), { timeout: 50 }),
        { code: /^E(BADRESP|TIMEOUT)$/ });
  }

  // A silent server: asked again, then given up; the next server is asked when there is one.
  let asked = 0;
  await assert.rejects(ask(() => { asked++; }, (r) => r.resolve4('x.test'), { timeout: 20, tries: 3 }), { code: 'ETIMEOUT' });
  assert.strictEqual(asked, 3);
  {
    const [silent, talking] = [await serve(() => {}), await serve(always(a(7, 7, 7, 7)))];
    const resolver = new Resolver({ timeout: 500, tries: 1 });
    resolver.setServers([silent.address, talking.address]);
    assert.deepStrictEqual(resolver.getServers(), [silent.address, talking.address]);
    assert.deepStrictEqual(await resolver.resolve4('x.test'), ['7.7.7.7']);
    silent.close();
    talking.close();
    resolver.setServers([talking.address]);
    await assert.rejects(resolver.resolve4('x.test'), { code: 'ECONNREFUSED' });
  }

  // cancel() ends all that is asked; servers cannot be changed under questions.
  {
    const silent = await serve(() => {});
    const resolver = new Resolver();
    resolver.setServers([silent.address]);
    const questions = [resolver.resolve4('a.test'), resolver.resolveMx('b.test'), resolver.reverse('1.2.3.4')];
    assert.throws(() => resolver.setServers(['127.0.0.1']), { code: 'ERR_DNS_SET_SERVERS_FAILED' });
    setTimeout(() => resolver.cancel(), 5);
    for (const question of questions) await assert.rejects(question, { code: 'ECANCELLED' });
    silent.close();
  }

  // Damaged anywhere, an answer does no harm (a fixed sequence of damage).
  let seed = 1;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  await ask((question, reply) => {
    const bytes = answer(question, [alias('x.test', 'y.test'), { name: 'y.test', type: 'MX', data: [...u16(1), ...name('m.test')] }]);
    for (let i = 0; i < 4; i++) bytes[2 + random(bytes.length - 2)] = random(256);
    reply(bytes);
  }, (r) => Promise.allSettled(Array.from({ length: 500 }, () => r.resolveMx('x.test'))), { timeout: 30, tries: 1 });
})().then(common.mustCall());
