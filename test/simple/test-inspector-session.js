// inspector.Session: answers, errors and events in the same thread; open() and close().
'use strict';

const common = require('../common');
const assert = require('assert');
const inspector = require('inspector');

const session = new inspector.Session();
assert.throws(() => session.post('Runtime.enable'), { code: 'ERR_INSPECTOR_NOT_CONNECTED' });
session.connect();
assert.throws(() => session.connect(), { code: 'ERR_INSPECTOR_ALREADY_CONNECTED' });
assert.throws(() => session.post(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => session.post('Runtime.enable', 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => session.post('Runtime.enable', {}, 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => session.connectToMainThread(), { code: 'ERR_INSPECTOR_NOT_WORKER' });

session.post('Runtime.evaluate', { expression: '"\u00e9\u20ac" + 2' }, common.mustCall((error, { result }) => {
  assert.strictEqual(error, null);
  assert.strictEqual(result.value, '\u00e9\u20ac2');
}));
session.post('No.such', common.mustCall((error) => {
  assert.strictEqual(error.code, 'ERR_INSPECTOR_COMMAND');
  assert.strictEqual(error.message, "Inspector error -32601: 'No.such' wasn't found");
}));

session.once('Runtime.consoleAPICalled', common.mustCall(({ params }) => {
  assert.strictEqual(params.type, 'log');
  assert.strictEqual(params.args[0].value, 'told');
  assert(params.stackTrace.callFrames[0].url.endsWith('test-inspector-session.js'));
}));
session.on('inspectorNotification', common.mustCallAtLeast(2));
session.post('Runtime.enable');
console.log('told');

// Leaving in the middle of an answer.
session.post('Runtime.evaluate', { expression: '1' }, common.mustCall(() => session.disconnect()));
assert.throws(() => session.post('Runtime.enable'), { code: 'ERR_INSPECTOR_NOT_CONNECTED' });
session.disconnect();

assert.strictEqual(inspector.url(), undefined);
assert.throws(() => inspector.waitForDebugger(), { code: 'ERR_INSPECTOR_NOT_ACTIVE' });
inspector.open(0);
assert.match(inspector.url(), /^ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}$/);
assert.strictEqual(new URL(inspector.url()).port, `${process.debugPort}`);
assert.throws(() => inspector.open(0), { code: 'ERR_INSPECTOR_ALREADY_ACTIVATED' });
inspector.close();
inspector.close();
assert.strictEqual(inspector.url(), undefined);
