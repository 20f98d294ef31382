// A tick that throws between two timers or two immediates costs none of them.
'use strict';

const common = require('../common');

const fail = () => { throw new Error('tick'); };
process.on('uncaughtException', common.mustCall(4));

setImmediate(() => process.nextTick(fail));
setImmediate(common.mustCall());
setImmediate(() => process.nextTick(fail));
setImmediate(common.mustCall());

setTimeout(() => process.nextTick(fail), 1);
setTimeout(common.mustCall(), 1);
setTimeout(() => process.nextTick(fail), 1);
setInterval(common.mustCall(function() { clearInterval(this); }), 1);
