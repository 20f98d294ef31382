// os.constants are complete and frozen; priorities are checked, and refusals are SystemErrors.
'use strict';
require('../common');
const assert = require('assert');
const os = require('os');

const { errno, signals, priority, dlopen } = os.constants;
for (const [table, name] of [[errno, 'ENOENT'], [errno, 'EWOULDBLOCK'], [errno, 'EIDRM'], [signals, 'SIGTERM'],
                             [priority, 'PRIORITY_LOW'], [dlopen, 'RTLD_NOW']]) {
  assert.strictEqual(typeof table[name], 'number', name);
  assert.throws(() => { table[name] = -5; }, TypeError);
}
assert.strictEqual(signals.SIGKILL, 9);
assert.strictEqual(priority.PRIORITY_HIGHEST, -20);
assert.strictEqual(os.constants.UV_UDP_REUSEADDR, 4);

const mine = os.getPriority();
assert.strictEqual(os.getPriority(process.pid), mine);
os.setPriority(mine);
os.setPriority(process.pid, mine);
assert.throws(() => os.setPriority(0, 20), { code: 'ERR_OUT_OF_RANGE', name: 'RangeError' });
assert.throws(() => os.setPriority(), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => os.getPriority('1'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => os.getPriority(2 ** 30), {
  name: 'SystemError',
  code: 'ERR_SYSTEM_ERROR',
  syscall: 'uv_os_getpriority',
  info: { errno: -3, code: 'ESRCH', message: 'no such process', syscall: 'uv_os_getpriority' },
});
