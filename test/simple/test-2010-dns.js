// The rows of 2010's table for dns.
'use strict';
const row = require('../common/rows')('dns');
require('../common');
const assert = require('assert');
const dns = require('dns');
const { answer, name, serve, text, u16 } = require('../common/dns_server');

const call = (method, ...args) => new Promise((resolve) => dns[method](...args, (...results) => resolve(results)));
const records = {
  1: { type: 'A', data: [1, 2, 3, 4] },
  28: { type: 'AAAA', data: [...Array(15).fill(0), 1] },
  15: { type: 'MX', data: [...u16(10), ...name('mail.test')] },
  16: { type: 'TXT', data: text('words') },
  33: { type: 'SRV', data: [...u16(1, 2, 80), ...name('srv.test')] },
  12: { type: 'PTR', data: name('host.test') },
};
const served = serve((question, reply) => {
  const record = records[question.type];
  if (question.name === 'none.test') reply(answer(question, [], { rcode: 3 }));
  else reply(answer(question, record === undefined ? [] : [record]));
});
const asking = (question) => async () => {
  dns.setServers([(await served).address]);
  await question();
};

row('dns.lookup(domain, family=null, callback)', async () => {
  assert.deepStrictEqual(await call('lookup', '127.0.0.1'), [null, '127.0.0.1', 4]);
  assert.deepStrictEqual(await call('lookup', 'localhost', 4), [null, '127.0.0.1', 4]);
  assert.deepStrictEqual(await call('lookup', null), [null, null, 4]);
  assert.throws(() => dns.lookup('x', 5, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
});
row("dns.resolve(domain, rrtype='A', callback)", asking(async () => {
  assert.deepStrictEqual(await call('resolve', 'x.test'), [null, ['1.2.3.4']]);
  assert.deepStrictEqual(await call('resolve', 'x.test', 'PTR'), [null, ['host.test']]);
  assert.throws(() => dns.resolve('x.test', 'HI', () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
}));
row('dns.resolve4(domain, callback)', asking(async () => assert.deepStrictEqual(await call('resolve4', 'x.test'), [null, ['1.2.3.4']])));
row('dns.resolve6(domain, callback)', asking(async () => assert.deepStrictEqual(await call('resolve6', 'x.test'), [null, ['::1']])));
row('dns.resolveMx(domain, callback)', asking(async () => {
  assert.deepStrictEqual(await call('resolveMx', 'x.test'), [null, [{ priority: 10, exchange: 'mail.test' }]]);
}));
row('dns.resolveTxt(domain, callback)', asking(async () => assert.deepStrictEqual(await call('resolveTxt', 'x.test'), [null, [['words']]])));
row('dns.resolveSrv(domain, callback)', asking(async () => {
  assert.deepStrictEqual(await call('resolveSrv', 'x.test'), [null, [{ name: 'srv.test', port: 80, priority: 1, weight: 2 }]]);
}));
row('dns.reverse(ip, callback)', asking(async () => {
  assert.deepStrictEqual(await call('reverse', '203.0.113.9'), [null, ['host.test']]);
  assert.throws(() => dns.reverse('no address', () => {}), { code: 'EINVAL' });
}));
row('dns.getHostByName(domain, [family], callback)', asking(async () => {
  assert.deepStrictEqual(await call('getHostByName', 'x.test'), [null, ['1.2.3.4']]);
  assert.deepStrictEqual(await call('getHostByName', 'x.test', 6), [null, ['::1']]);
}));
row('dns.TEMPFAIL PROTOCOL NXDOMAIN NODATA NOMEM BADQUERY', () => {
  for (const word of ['TEMPFAIL', 'PROTOCOL', 'NXDOMAIN', 'NODATA', 'NOMEM', 'BADQUERY']) assert.match(dns[word], /^E[A-Z]+$/, word);
});
row('dns errors', asking(async () => {
  const [error] = await call('resolve4', 'none.test');
  assert.strictEqual(error.code, dns.NOTFOUND);
  assert.match(error.message, /ENOTFOUND none\.test/);
  (await served).close();
}));
