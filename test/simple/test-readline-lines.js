// readline: lines from pieces of input, questions, prompts, async iteration.
'use strict';

const { mustCall } = require('../common');
const assert = require('assert');
const readline = require('readline');
const { PassThrough } = require('stream');

{
  const input = new PassThrough();
  const seen = [];
  const rl = readline.Interface({ input });  // without new, as in 2010
  rl.on('line', (line) => seen.push(line));
  rl.on('close', mustCall(() => {
    assert.deepStrictEqual(seen, ['a', 'b', 'c', '', 'line \u20ac end']);
  }));
  for (const piece of ['a\nb\r', '\nc\r\n\nli', Buffer.from([0x6e, 0x65, 0x20, 0xe2, 0x82]), Buffer.from([0xac])]) {
    input.write(piece);
  }
  input.end(' end');
}

{
  const input = new PassThrough();
  const output = new PassThrough();
  const rl = readline.createInterface({ input, output, prompt: '$ ' });
  rl.on('line', mustCall((line) => {
    assert.strictEqual(line, 'more');
    rl.close();
    assert.throws(() => rl.question('?', () => {}), { code: 'ERR_USE_AFTER_CLOSE' });
  }));
  rl.question('name? ', mustCall((answer) => {
    assert.strictEqual(answer, 'bob');
    rl.prompt();
    assert.strictEqual(String(output.read()), 'name? $ ');
  }));
  input.write('bob\nmore\n');
}

(async () => {
  const input = new PassThrough();
  const rl = readline.createInterface({ input, crlfDelay: Infinity });
  setImmediate(() => input.end('1\n2\n3'));
  const lines = [];
  for await (const line of rl) lines.push(line);
  assert.deepStrictEqual(lines, ['1', '2', '3']);

  const other = new PassThrough();
  const asking = require('readline/promises').createInterface({ input: other, output: new PassThrough() });
  setImmediate(() => other.write('yes\n'));
  assert.strictEqual(await asking.question('sure? '), 'yes');
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  await assert.rejects(asking.question('sure? ', { signal: controller.signal }), { name: 'AbortError' });
  asking.close();
})().then(mustCall());
