// os.networkInterfaces: addresses with masks, CIDR notation, scope for IPv6 only.
'use strict';
require('../common');
const assert = require('assert');
const net = require('net');
const os = require('os');

const all = os.networkInterfaces();
for (const [name, addresses] of Object.entries(all)) {
  assert.ok(addresses.length > 0, name);
  for (const entry of addresses) {
    assert.strictEqual(entry.family, `IPv${net.isIP(entry.address)}`);
    assert.strictEqual(net.isIP(entry.netmask), net.isIP(entry.address));
    assert.match(entry.mac, /^(?:[\da-f]{2}:){5}[\da-f]{2}$/);
    assert.strictEqual(typeof entry.internal, 'boolean');
    assert.ok(entry.cidr === null || entry.cidr.startsWith(`${entry.address}/`));
    assert.strictEqual('scopeid' in entry, entry.family === 'IPv6');
  }
}
const loopback = Object.values(all).flat().find((entry) => entry.address === '127.0.0.1');
if (loopback !== undefined) {
  assert.strictEqual(loopback.internal, true);
  assert.strictEqual(loopback.netmask, '255.0.0.0');
  assert.strictEqual(loopback.cidr, '127.0.0.1/8');
}
assert.deepStrictEqual(os.getNetworkInterfaces(), all);
