// Messages of every size and serialization arrive whole and in order; a reader of lines can speak to us.
'use strict';
const common = require('../common');
const assert = require('assert');
const { fork, spawn } = require('child_process');

if (process.argv[2] === 'child') {
  process.on('message', (message) => process.send(message));
  return;
}

function echo(serialization, messages) {
  const child = fork(__filename, ['child'], { serialization });
  const got = [];
  child.on('message', (message) => {
    got.push(message);
    if (got.length === messages.length) child.disconnect();
  });
  child.on('close', common.mustCall((code) => {
    assert.strictEqual(code, 0);
    assert.deepStrictEqual(got, messages);
  }));
  messages.forEach((message) => child.send(message));
}

const plain = ['', 'a\nb', 0, true, null, { nested: { list: [1, 'two', null] } }, 'x'.repeat(3e6), '\u20ac\ud83d\ude00', 'end'];
echo('json', plain);
echo('advanced', [...plain, new Map([[1n, new Date(0)]]), new Uint16Array([1, 2]), Buffer.from('bytes'), new RangeError('far')]);

// Whoever reads NODE_CHANNEL_FD may answer.
const shell = spawn('/bin/sh', ['-c', 'read line <&$NODE_CHANNEL_FD; echo "{\\"got\\":$line}" >&$NODE_CHANNEL_FD'],
                    { stdio: ['ignore', 'inherit', 'inherit', 'ignore', 'ipc'] });
shell.on('message', common.mustCall((message) => assert.deepStrictEqual(message, { got: { a: 1 } })));
shell.on('disconnect', common.mustCall());
shell.send({ a: 1 });

for (const wrong of [undefined, () => {}, Symbol('s'), 1n]) {
  assert.throws(() => shell.send(wrong), { name: 'TypeError' });
}
