// readline and repl as 0.3.1 had them: output and completer alone, keys as bytes, sessions that share their variables.
'use strict';
const common = require('../common');
const assert = require('assert');
const net = require('net');
const readline = require('readline');
const repl = require('repl');

// ---- readline ----------------------------------------------------------------------------------

function make(fd = 1) {
  const written = [];
  const rl = readline.createInterface({ fd, write: (text) => written.push(text) }, (line) => [[`${line}er`], line]);
  return { rl, written };
}

{
  const { rl } = make();
  rl.setPrompt('$ ', 2);
  rl.prompt();
  rl.write('foo bar.baz');
  rl.write([27, 91, 72]);
  assert.strictEqual(rl.cursor, 0);
  // Words end where they end.
  for (const place of [3, 7, 11]) {
    rl.write([27, 102]);
    assert.strictEqual(rl.cursor, place);
  }
  rl.write([27, 98]);
  assert.strictEqual(rl.cursor, 8);
  rl.write([11]);
  assert.strictEqual(rl.line, 'foo bar.');
  rl.write('\t');
  assert.strictEqual(rl.line, 'foo bar.er');
  rl.on('line', common.mustCall((line) => assert.strictEqual(line, 'foo bar.er')));
  rl.write('\r');
  assert.deepStrictEqual(rl.history, ['foo bar.er']);
  rl.write('\x1b[A');
  assert.strictEqual(rl.line, 'foo bar.er');
  rl.write([21]);
  rl.on('SIGINT', common.mustCall());
  rl.write([3]);
  rl.on('close', common.mustCall());
  rl.write([4]);
}
{
  // Without a listener Ctrl-C closes.
  const { rl } = make();
  rl.on('close', common.mustCall());
  rl.write('\x03');
  rl.write('ignored');
}
{
  // What is no terminal passes each write as a line.
  const { rl } = make(5);
  rl.on('line', common.mustCall((line) => assert.strictEqual(line, 'as it is\n')));
  rl.write('as it is\n');
  rl.close();
}
assert.ok('columns' in readline);

// ---- repl --------------------------------------------------------------------------------------

globalThis.invoke_me = (text) => `invoked ${text}`;

// Sends each line when the answer to the one before has come.
function talk(port, dialogue, done) {
  let output = '';
  const client = net.connect(port, '127.0.0.1');
  client.setEncoding('utf8');
  client.on('data', (text) => {
    output += text;
    if (!output.endsWith(dialogue[0][0])) return;
    output = '';
    const [, line] = dialogue.shift();
    if (line === null) client.end();
    else client.write(line);
  });
  client.on('close', common.mustCall(() => {
    assert.deepStrictEqual(dialogue, []);
    done();
  }));
}

const server = net.createServer(common.mustCall((socket) => {
  const session = repl.start('tcp> ', socket);
  session.context.message = 'hello';
  assert.strictEqual(session.rli, session);
  assert.ok(session.complete('mess')[0].includes('message'));
}, 2));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  talk(port, [
    ['tcp> ', 'message\n'],
    ['\'hello\'\ntcp> ', 'invoke_me(987)\n'],
    ['\'invoked 987\'\ntcp> ', 'a = 12345\n'],
    ['12345\ntcp> ', 'undefined\n'],
    ['tcp> ', 'function test() {\n'],
    ['... ', 'return 7 }\n'],
    ['tcp> ', 'test()\n'],
    ['7\ntcp> ', null],
  ], () => {
    talk(port, [
      ['tcp> ', 'a + test()\n'],
      ['12352\ntcp> ', '.clear\n'],
      ['tcp> ', 'typeof a\n'],
      ['\'undefined\'\ntcp> ', null],
    ], () => server.close());
  });
});
