// SIGUSR1 starts the debugger's server, once; --inspect-port says where.
'use strict';

const common = require('../common');
const { start, connect } = require('../common/debugger_client');
const assert = require('assert');

const program = `process.kill(process.pid, 'SIGUSR1');
const timer = setInterval(() => { if (globalThis.done) clearInterval(timer); }, 5);`;

(async () => {
  const { child, url, stderr } = await start(['--inspect-port=0', '-e', program]);
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGUSR1');
  const client = await connect(url);
  const { result } = await client.send('Runtime.evaluate', { expression: 'process.debugPort' });
  assert.strictEqual(result.value, Number(url.port));
  await client.send('Runtime.evaluate', { expression: 'globalThis.done = true' });
  await client.close();
  assert.strictEqual(await ended, 0);
  assert.strictEqual(stderr().match(/Debugger listening/g).length, 1);
})().then(common.mustCall());
