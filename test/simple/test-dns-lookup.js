// dns.lookup: names, numeric addresses, options, misuse, and names that do not exist.
'use strict';
const assert = require('assert');
const dns = require('dns');
const { mustCall } = require('../common');

dns.lookup('localhost', 4, mustCall((error, address, family) => {
  assert.ifError(error);
  assert.deepStrictEqual([address, family], ['127.0.0.1', 4]);
}));
dns.lookup('::1', mustCall((error, address, family) => {
  assert.deepStrictEqual([error, address, family], [null, '::1', 6]);
}));
dns.lookup('127.0.0.1', { all: true }, mustCall((error, list) => {
  assert.deepStrictEqual([error, list], [null, [{ address: '127.0.0.1', family: 4 }]]);
}));
dns.lookup('no.such.name.invalid', mustCall((error) => {
  assert.strictEqual(error.syscall, 'getaddrinfo');
  assert.strictEqual(error.hostname, 'no.such.name.invalid');
  // Without a name server to ask the resolver says try again.
  assert.ok(error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN', error.code);
  assert.strictEqual(error.message, `getaddrinfo ${error.code} no.such.name.invalid`);
}));
assert.throws(() => dns.lookup('x', 'y'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => dns.lookup('x', { family: 5 }, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => dns.lookup('x', { hints: 1 << 30 }, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => dns.lookupService('x', 1, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => dns.setDefaultResultOrder('any'), { code: 'ERR_INVALID_ARG_VALUE' });
dns.promises.lookup('localhost', { family: 4 }).then(mustCall((answer) => {
  assert.deepStrictEqual({ ...answer }, { address: '127.0.0.1', family: 4 });
}));
