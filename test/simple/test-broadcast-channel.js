// BroadcastChannel: within a process, to and between workers, and how long it keeps a process.
'use strict';

const common = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');
const { once } = require('events');
const { BroadcastChannel, Worker, isMainThread, receiveMessageOnPort, workerData } = require('worker_threads');

if (!isMainThread) {
  const channel = new BroadcastChannel('round');
  const heard = [];
  channel.onmessage = ({ data }) => {
    if (data !== 'end') return void heard.push(data);
    channel.postMessage({ from: workerData, heard });
    channel.close();
  };
  // Each tells the others, through the main one, that it is there.
  channel.postMessage({ from: workerData });
  return;
}

assert.strictEqual(globalThis.BroadcastChannel, BroadcastChannel);
assert.throws(() => new BroadcastChannel(), { code: 'ERR_MISSING_ARGS' });
for (const method of ['close', 'postMessage', 'ref', 'unref']) {
  assert.throws(() => BroadcastChannel.prototype[method].call({}), { code: 'ERR_INVALID_THIS' });
}

async function alone() {
  const [a, b, c, other] = ['x', 'x', 'x', 'y'].map((name) => new BroadcastChannel(name));
  assert.throws(() => a.postMessage(Symbol('s')), { name: 'DataCloneError' });
  assert.throws(() => a.postMessage(), { code: 'ERR_MISSING_ARGS' });
  for (const channel of [a, other]) channel.onmessage = common.mustNotCall();
  const sent = { list: [1, 2] };
  a.postMessage(sent);
  const got = await Promise.all([b, c].map((channel) => once(channel, 'message')));
  for (const [event] of got) {
    assert.deepStrictEqual(event.data, sent);
    assert.notStrictEqual(event.data, sent);
  }
  a.postMessage('now');
  assert.deepStrictEqual(receiveMessageOnPort(b), { message: 'now' });
  assert.strictEqual(receiveMessageOnPort(b), undefined);
  for (const channel of [a, b, c, other]) channel.close();
  assert.throws(() => a.postMessage(1), { name: 'InvalidStateError' });
  assert.throws(() => receiveMessageOnPort({}), { code: 'ERR_INVALID_ARG_TYPE', message: 'The "port" argument must be a MessagePort instance' });
}

async function workers() {
  const channel = new BroadcastChannel('round');
  const said = [];
  const present = new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      said.push(data);
      if (said.length === 2) resolve();
    };
  });
  const all = [1, 2].map((workerData) => new Worker(__filename, { workerData }));
  const ends = all.map((worker) => once(worker, 'exit'));
  await present;
  channel.postMessage('hello');
  channel.postMessage('end');
  await Promise.all(ends);
  // Whoever came second is heard by the first.
  const answers = said.slice(2).sort((a, b) => a.from - b.from);
  assert.deepStrictEqual(answers.map(({ from }) => from), [1, 2]);
  const heard = answers.flatMap(({ heard }) => heard);
  assert.strictEqual(heard.filter((data) => data === 'hello').length, 2);
  assert.ok(heard.some((data) => data.from !== undefined), JSON.stringify(heard));
  channel.close();
}

function lifetimes() {
  const run = (script) => spawnSync(process.execPath, ['-e', script]).status;
  assert.strictEqual(run('new BroadcastChannel("n").unref()'), 0);
  assert.strictEqual(run('const c = new BroadcastChannel("n"); setImmediate(() => c.close())'), 0);
  // A timer that keeps nothing alive fires only because the channel does.
  assert.strictEqual(run('new BroadcastChannel("n"); setTimeout(() => process.exit(7), 50).unref()'), 7);
}

alone().then(workers).then(lifetimes).then(common.mustCall());
