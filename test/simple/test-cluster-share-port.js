// Workers share a port the primary has chosen, under both policies; the primary hears of everything they do.
'use strict';
const common = require('../common');
const assert = require('assert');
const cluster = require('cluster');
const http = require('http');

if (cluster.isWorker) {
  http.createServer((request, response) => {
    response.end(`${cluster.worker.id}`);
  }).listen(0, '127.0.0.1');
  return;
}

const workersPerPolicy = 2;

function run(policy, then) {
  cluster.schedulingPolicy = policy;
  const events = { fork: 0, online: 0, listening: 0, disconnect: 0, exit: 0 };
  const ports = new Set();
  const count = (name) => (worker, info) => {
    events[name]++;
    if (name === 'listening') {
      assert.strictEqual(info.addressType, 4);
      ports.add(info.port);
      if (events.listening === workersPerPolicy) ask([...ports]);
    }
    if (name === 'exit') {
      assert.strictEqual(info, 0);
      assert.strictEqual(worker.exitedAfterDisconnect, true);
      assert.ok(worker.isDead());
    }
  };
  const listeners = Object.keys(events).map((name) => [name, count(name)]);
  for (const [name, listener] of listeners) cluster.on(name, listener);
  const ids = [];
  for (let i = 0; i < workersPerPolicy; i++) ids.push(`${cluster.fork().id}`);

  function ask([port, ...others]) {
    assert.deepStrictEqual(others, []);
    const answers = new Set();
    let left = 20;
    const next = () => {
      if (left-- === 0) return finish(answers);
      http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
        response.setEncoding('utf8').on('data', (id) => answers.add(id)).on('end', next);
      });
    };
    next();
  }

  function finish(answers) {
    for (const id of answers) assert.ok(ids.includes(id));
    // Connections one after the other: each worker gets its turn.
    if (policy === cluster.SCHED_RR) assert.strictEqual(answers.size, workersPerPolicy);
    cluster.disconnect(common.mustCall(() => {
      setImmediate(function wait() {
        if (events.exit < workersPerPolicy) return setTimeout(wait, 10);
        for (const [name, listener] of listeners) {
          assert.strictEqual(events[name], workersPerPolicy, name);
          cluster.off(name, listener);
        }
        assert.deepStrictEqual(cluster.workers, {});
        then();
      });
    }));
  }
}

run(cluster.SCHED_RR, common.mustCall(() => run(cluster.SCHED_NONE, common.mustCall())));
