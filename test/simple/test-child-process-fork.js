// fork: messages in both directions, disconnect ends the child.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { fork } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send({ echo: message, args: process.argv.slice(2) }));
} else {
  const child = fork(__filename, ['child']);
  const sent = [{ text: 'h\u00e9\n' }, [1, null], 'plain'];
  const got = [];
  child.on('message', mustCall((message) => {
    assert.deepStrictEqual(message.args, ['child']);
    got.push(message.echo);
    if (got.length === sent.length) child.disconnect();
  }, sent.length));
  for (const message of sent) assert.strictEqual(child.send(message), true);
  child.on('disconnect', mustCall());
  child.on('exit', mustCall((code) => {
    assert.strictEqual(code, 0);
    assert.deepStrictEqual(got, sent);
  }));
}
