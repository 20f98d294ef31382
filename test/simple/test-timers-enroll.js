// The old way: idle timeouts of any object, by enroll, active and unenroll.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const timers = require('timers');
process.noDeprecation = true;

const item = { _onTimeout: mustCall(function() { assert.strictEqual(this, item); }) };
timers.enroll(item, 5);
assert.strictEqual(item._idleTimeout, 5);
timers.active(item);

const stopped = { _onTimeout: mustNotCall() };
timers.enroll(stopped, 1);
timers.active(stopped);
timers.unenroll(stopped);
// Never started.
timers.enroll({ _onTimeout: mustNotCall() }, 1);
assert.throws(() => timers.enroll({}, -1), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => timers.enroll({}, 'x'), { code: 'ERR_INVALID_ARG_TYPE' });
