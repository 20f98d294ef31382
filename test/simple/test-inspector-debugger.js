// A debugger over the socket: stop at the start, breakpoint, evaluate, step, change a value, resume.
'use strict';

const common = require('../common');
const { start, connect } = require('../common/debugger_client');
const assert = require('assert');
const http = require('http');
const path = require('path');

const script = path.join(__dirname, '..', 'fixtures', 'debugged.js');

function get(url, pathname, host = url.host) {
  return new Promise((resolve, reject) => {
    http.get({ host: url.hostname, port: url.port, path: pathname, headers: { Host: host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data) => { text += data; });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    }).on('error', reject);
  });
}

(async () => {
  const { child, url, stderr, stdout } = await start(['--inspect-brk=0', script]);
  const ended = new Promise((resolve) => child.on('close', resolve));

  // Served while the program waits.
  const [target] = JSON.parse((await get(url, '/json/list')).text);
  assert.strictEqual(target.webSocketDebuggerUrl, url.href);
  assert.strictEqual(target.type, 'node');
  assert(target.url.endsWith('/debugged.js'), target.url);
  assert.match(JSON.parse((await get(url, '/json/version')).text).Browser, /^node\.js\/v/);
  // A name that leads here may belong to somebody else's page.
  assert.strictEqual((await get(url, '/json', `localhost:${url.port}`)).status, 200);
  assert.strictEqual((await get(url, '/json', 'example.com')).status, 400);
  assert.strictEqual((await get(url, '/nothing')).status, 400);

  const client = await connect(url);
  await client.send('Runtime.enable');
  await client.send('Debugger.enable');
  await assert.rejects(client.send('Debugger.nonsense'), /wasn't found/);
  await client.send('Runtime.runIfWaitingForDebugger');
  let paused = await client.event('Debugger.paused');
  assert.strictEqual(paused.callFrames[0].location.lineNumber, 5);

  await client.send('Debugger.setBreakpointByUrl', { lineNumber: 2, urlRegex: '.*debugged\\.js$' });
  await client.send('Runtime.evaluate', { expression: 'globalThis.input = 20' });
  await client.send('Debugger.resume');
  paused = await client.event('Debugger.paused');
  const { callFrameId, functionName, location } = paused.callFrames[0];
  assert.strictEqual(functionName, 'double');
  assert.strictEqual(location.lineNumber, 2);
  const { result } = await client.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'value + "\u20ac"' });
  assert.strictEqual(result.value, '20\u20ac');

  await client.send('Debugger.stepOver');
  paused = await client.event('Debugger.paused');
  assert.strictEqual(paused.callFrames[0].location.lineNumber, 3);
  await client.send('Debugger.evaluateOnCallFrame', { callFrameId: paused.callFrames[0].callFrameId, expression: 'value' });
  await client.send('Debugger.resume');

  const message = await client.event('Runtime.consoleAPICalled');
  assert.strictEqual(message.args[0].value, 40);
  await client.event('Runtime.executionContextDestroyed');
  await client.close();
  assert.strictEqual(await ended, 0);
  assert.strictEqual(stdout(), '40\n');
  assert.match(stderr(), /Debugger attached\.\nWaiting for the debugger to disconnect\.\.\.\n$/);
})().then(common.mustCall());
