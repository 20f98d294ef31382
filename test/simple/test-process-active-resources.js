// What keeps the process alive can be asked for; 'beforeExit' comes again when something happened meanwhile.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const net = require('net');

const count = (type) => process.getActiveResourcesInfo().filter((name) => name === type).length;

const timers = [setTimeout(() => {}, 1e6), setInterval(() => {}, 1e6), setTimeout(() => {}, 1e6).unref()];
assert.strictEqual(count('Timeout'), 2);
timers.forEach(clearTimeout);
assert.strictEqual(count('Timeout'), 0);

fs.stat(__filename, common.mustCall(() => assert.strictEqual(count('FSReqCallback'), 0)));
assert.strictEqual(count('FSReqCallback'), 1);
assert.strictEqual(process._getActiveRequests().length, 1);

const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  assert.strictEqual(count('TCPServerWrap'), 1);
  assert.ok(process._getActiveHandles().includes(server));
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    assert.ok(count('TCPSocketWrap') >= 1);
    assert.ok(process._getActiveHandles().includes(client));
    server.close();
  }).resume();
});

process.once('beforeExit', common.mustCall((code) => {
  assert.strictEqual(code, 0);
  assert.deepStrictEqual(process.getActiveResourcesInfo().filter((name) => /^TCP|Timeout/.test(name)), []);
  setImmediate(() => process.once('beforeExit', common.mustCall()));
}));

const report = process.report.getReport(new TypeError('why'));
// Addons for the GNU C library are told from others by this.
assert.match(report.header.glibcVersionRuntime ?? '2.0', /^\d+\.\d+$/);
if (fs.existsSync('/lib64/ld-linux-x86-64.so.2')) assert.ok(report.header.glibcVersionRuntime);
assert.strictEqual(report.header.processId, process.pid);
assert.strictEqual(report.javascriptStack.message, 'TypeError: why');
assert.ok(report.javascriptHeap.usedMemory > 0);
assert.throws(() => process.report.getReport(5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => { process.report.compact = 'yes'; }, { code: 'ERR_INVALID_ARG_TYPE' });
