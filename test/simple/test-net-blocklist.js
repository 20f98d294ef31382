// net.BlockList matches addresses, ranges and subnets, also through IPv4-mapped IPv6; net.SocketAddress checks its parts.
'use strict';
const assert = require('assert');
const { BlockList, SocketAddress } = require('net');

const list = new BlockList();
list.addAddress('123.123.123.123');
list.addRange('10.0.0.1', '10.0.0.10');
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
list.addAddress(new SocketAddress({ address: '1.2.3.4' }));
assert.ok(list.check('123.123.123.123'));
assert.ok(list.check('10.0.0.1') && list.check('10.0.0.10'));
assert.ok(!list.check('10.0.0.11') && !list.check('10.0.0.0'));
assert.ok(list.check('1.2.3.4'));
for (const mapped of ['::ffff:7b7b:7b7b', '::ffff:123.123.123.123']) assert.ok(list.check(mapped, 'ipv6'));
assert.ok(list.check('8592:757c:efae:4e45:ffff::1', 'ipv6'));
assert.ok(!list.check('8592:757c:efae:4e46::1', 'ipv6'));
assert.ok(!list.check('not an address'));
assert.deepStrictEqual(list.rules, [
  'Address: IPv4 1.2.3.4',
  'Subnet: IPv6 8592:757c:efae:4e45::/64',
  'Range: IPv4 10.0.0.1-10.0.0.10',
  'Address: IPv4 123.123.123.123',
]);
assert.throws(() => list.addRange('10.0.0.9', '10.0.0.1'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => list.addSubnet('1.1.1.1', 33), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => list.addAddress('zz'), { code: 'ERR_INVALID_ADDRESS' });

const address = new SocketAddress({ address: '::1', port: 80, family: 'ipv6' });
assert.deepStrictEqual({ ...address.toJSON() }, { address: '::1', port: 80, family: 'ipv6', flowlabel: 0 });
assert.throws(() => new SocketAddress({ port: -1 }), { code: 'ERR_SOCKET_BAD_PORT' });
assert.throws(() => new SocketAddress({ family: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
