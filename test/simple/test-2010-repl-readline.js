// The rows of 2010's table for readline and repl.
'use strict';
require('../common');
const assert = require('assert');
const readline = require('readline');
const repl = require('repl');
const { Duplex } = require('stream');
const { spawnSync } = require('child_process');

{
  const row = require('../common/rows')('readline');
  const make = () => {
    const output = { fd: 1, text: '', write(data) { this.text += data; } };
    return readline.createInterface(output, () => [[], '']);
  };
  row('readline.createInterface(output, completer)', () => {
    const rl = make();
    assert.strictEqual(typeof rl.setPrompt, 'function');
    rl.close();
  });
  row('readline.Interface', () => {
    assert.strictEqual(typeof readline.Interface, 'function');
    const rl = make();
    assert.ok(rl instanceof require('events').EventEmitter);
    rl.close();
  });
  row('rl.write(data)', () => {
    const rl = make();
    const lines = [];
    rl.on('line', (line) => lines.push(line));
    rl.write('some text');
    rl.write([13]);
    assert.deepStrictEqual(lines.map((line) => line.trim()), ['some text']);
    rl.close();
  });
  row('rl.line / rl.cursor', () => {
    const rl = make();
    rl.write('foo bar');
    assert.strictEqual(rl.line, 'foo bar');
    assert.strictEqual(rl.cursor, 7);
    rl.write([1]); // Ctrl-A
    assert.strictEqual(rl.cursor, 0);
    rl.close();
  });
}

{
  const row = require('../common/rows')('repl');
  // A session over a stream: what it says to these lines.
  async function session(...lines) {
    let output = '';
    const stream = new Duplex({ read() {}, write(chunk, encoding, callback) { output += chunk; callback(); } });
    const server = repl.start('> ', stream);
    const ended = new Promise((resolve) => server.on('exit', resolve));
    stream.push(lines.map((line) => `${line}\n`).join(''));
    stream.push(null);
    await ended;
    return output;
  }
  row("repl.start(prompt='node> ', stream=process.openStdin())", async () => assert.match(await session('1 + 1'), /^> 2\n> /));
  row('repl.REPLServer', async () => {
    const stream = new Duplex({ read() {}, write(chunk, encoding, callback) { callback(); } });
    const server = repl.start('> ', stream);
    assert.ok(server instanceof repl.REPLServer);
    for (const name of ['context', 'commands']) assert.strictEqual(typeof server[name], 'object', name);
    server.close();
  });
  row('replServer.context', async () => assert.match(await session('typeof require + typeof module'), /functionobject/));
  row('REPL shared context', async () => {
    await session('shared_by_all = 7');
    assert.match(await session('shared_by_all + 1'), /8/);
  });
  row('REPL variable _', async () => assert.match(await session('20', '_ + 1'), /21/));
  row('REPL multi-line input', async () => assert.match(await session('function twice(n) {', 'return n * 2', '}', 'twice(21)'), /\.\.\. [^]*42/));
  row('REPL command .break', async () => assert.match(await session('function (', '.break', '"after"'), /'after'/));
  row('REPL command .clear', async () => assert.match(await session('.clear', '"after"'), /'after'/));
  row('REPL command .exit', async () => assert.strictEqual(await session('.exit'), '> '));
  row('REPL command .help', async () => assert.match(await session('.help'), /\.exit/));
  row('REPL Ctrl-D', () => {
    const { status, stdout } = spawnSync(process.execPath, ['-i'], { input: '1 + 1\n', encoding: 'utf8' });
    assert.strictEqual(status, 0);
    assert.match(stdout, /2/);
  });
  row('REPL result output', async () => assert.strictEqual(await session('[1, 2]', 'undefined'), '> [ 1, 2 ]\n> > '));
  row('node-repl script', () => {
    // Gone, already in 0.3.1: plain node is the REPL.
    assert.match(spawnSync(process.execPath, ['-i'], { input: '"here"\n', encoding: 'utf8' }).stdout, /'here'/);
  });
}
