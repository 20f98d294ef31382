// What a worker prints is all there at its end; a big message arrives whole; process.exit() after postMessage loses nothing.
'use strict';
const common = require('../common');
const assert = require('assert');
const { Worker } = require('worker_threads');

const talker = new Worker('console.log("x".repeat(300000)); console.error("err")', { eval: true, stdout: true, stderr: true });
let out = '';
let err = '';
talker.stdout.on('data', (chunk) => { out += chunk; });
talker.stderr.on('data', (chunk) => { err += chunk; });
talker.on('exit', common.mustCall((code) => {
  assert.strictEqual(code, 0);
  assert.strictEqual(out.length, 300001);
  assert.strictEqual(err, 'err\n');
}));

const size = 3 * 1024 * 1024;
const sender = new Worker(`const { parentPort, workerData } = require('worker_threads');
  parentPort.postMessage(new Uint8Array(workerData.length).fill(7));
  process.exit(5);`, { eval: true, workerData: new Uint8Array(size) });
sender.on('message', common.mustCall((bytes) => {
  assert.strictEqual(bytes.length, size);
  assert.ok(bytes.every((byte) => byte === 7));
}));
sender.on('exit', common.mustCall((code) => assert.strictEqual(code, 5)));

const reader = new Worker('process.stdin.pipe(process.stdout)', { eval: true, stdin: true, stdout: true });
reader.stdin.end('typed');
let typed = '';
reader.stdout.on('data', (chunk) => { typed += chunk; });
reader.on('exit', common.mustCall(() => assert.strictEqual(typed, 'typed')));

// A worker that nobody waits for keeps nobody waiting.
new Worker('setInterval(() => {}, 1000)', { eval: true }).unref();

const measured = new Worker('require("worker_threads").parentPort.once("message", () => {})', { eval: true });
measured.getHeapSnapshot().then(common.mustCall((stream) => {
  assert.ok(JSON.parse(stream.read()).nodes.length > 0);
  measured.postMessage('enough');
}));
measured.on('exit', common.mustCall((code) => {
  assert.strictEqual(code, 0);
  measured.getHeapSnapshot().catch(common.mustCall((error) => assert.strictEqual(error.code, 'ERR_WORKER_NOT_RUNNING')));
}));
