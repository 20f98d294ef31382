// readline on a terminal: keys are decoded and edit the line; the cursor is where a terminal would show it.
'use strict';
const common = require('../common');
const assert = require('assert');
const { EventEmitter } = require('events');
const readline = require('readline');

class Terminal extends EventEmitter {
  columns = 20;
  written = '';
  write(text) { this.written += text; }
  resume() {}
  pause() {}
}

function make(options) {
  const terminal = new Terminal();
  const rl = readline.createInterface({ input: terminal, output: terminal, terminal: true, prompt: '', ...options });
  return { rl, terminal, type: (text) => terminal.emit('data', Buffer.from(text)) };
}

// Each: what is typed, and the line with | where the cursor is.
const edits = [
  ['abc', 'abc|'],
  ['abc\x01', '|abc'],
  ['abc\x01\x05', 'abc|'],
  ['abc\x02\x02', 'a|bc'],
  ['abc\x02\x02\x06', 'ab|c'],
  ['abc\x1b[D\x1b[D\x1b[3~', 'a|c'],
  ['abc\x1bOH\x04', '|bc'],
  ['one two-three\x1bb', 'one two-|three'],
  ['one two-three\x1bb\x1bb\x1bb', 'one |two-three'],
  ['one two\x01\x1bf', 'one |two'],
  ['one two\x01\x1b[1;5C', 'one |two'],
  ['one two\x1b[1;5D', 'one |two'],
  ['one two\x17', 'one |'],
  ['one two\x1b\x7f', 'one |'],
  ['one two\x01\x1bd', '|two'],
  ['one two\x1b[1;5D\x0b', 'one |'],
  ['one two\x1b[1;5D\x15', '|two'],
  ['one two\x15\x19', 'one two|'],
  ['a\x15b\x15\x19\x1by', 'a|'],
  ['ab\x14', 'ba|'],
  ['abc\x01\x06\x14', 'ba|c'],
  ['abc\x7f\x1f', 'abc|'],
  ['abc\x7f\x1f\x1e', 'ab|'],
  ['a\u{1F600}b\x1b[D\x7f', 'a|b'],
  ['a\u{1F600}\x02', 'a|\u{1F600}'],
];
for (const [typed, expected] of edits) {
  const { rl, type } = make();
  type(typed);
  assert.strictEqual(`${rl.line.slice(0, rl.cursor)}|${rl.line.slice(rl.cursor)}`, expected, JSON.stringify(typed));
  rl.close();
}

// Columns: wide characters take two, marks none; a wide one does not fit into one column.
for (const [text, cols, rows] of [
  ['abc', 3, 0], ['\u3042', 2, 0], ['e\u0301', 1, 0], ['x'.repeat(20), 0, 1], ['x'.repeat(19) + '\u3042', 2, 1],
  ['a\tb', 9, 0], ['\u{1F600}', 2, 0], ['\u200b', 0, 0],
]) {
  const { rl, type } = make();
  if (text.includes('\t')) rl.line = text;
  else type(text);
  rl.cursor = rl.line.length;
  assert.deepStrictEqual(rl.getCursorPos(), { cols, rows }, JSON.stringify(text));
  rl.close();
}

// History: walking keeps to what begins like the line.
{
  const { rl, type } = make({ history: ['let b', 'x', 'let a'], removeHistoryDuplicates: true });
  type('let');
  const seen = [];
  for (const key of ['\x1b[A', '\x1b[A', '\x1b[B', '\x1b[B']) {
    type(key);
    seen.push(rl.line);
  }
  assert.deepStrictEqual(seen, ['let b', 'let a', 'let b', 'let']);
  rl.on('history', common.mustCall((history) => assert.deepStrictEqual(history, ['x', 'let b', 'let a'])));
  type('\x15x\r');
  rl.close();
}

// A paste holds several lines and no completion.
{
  const completer = common.mustNotCall();
  const { rl, type } = make({ completer });
  const lines = [];
  rl.on('line', (line) => lines.push(line));
  type('one\r\n\ttwo\nthree');
  assert.deepStrictEqual(lines, ['one', '\ttwo']);
  assert.strictEqual(rl.line, 'three');
  rl.close();
}

// A long line costs time in proportion to its length.
{
  const { rl, type } = make();
  rl.line = 'word '.repeat(100000);
  rl.cursor = rl.line.length;
  type('\x1bb');
  assert.strictEqual(rl.cursor, rl.line.length - 5);
  rl.close();
}

// Completion: the common beginning first, then columns.
{
  const { rl, terminal, type } = make({ completer: (line) => [['foobar', 'foobaz'], line] });
  type('f');
  type('\t');
  assert.strictEqual(rl.line, 'fooba');
  terminal.written = '';
  type('\t');
  type('\t');
  assert.ok(terminal.written.includes('\r\nfoobar  foobaz\r\n\r\n'), JSON.stringify(terminal.written));
  rl.close();
}

// Sequences in pieces, and the escape key.
{
  const { rl, terminal, type } = make({ escapeCodeTimeout: 10 });
  const names = [];
  terminal.on('keypress', (text, key) => names.push(modifiers(key) + key.name));
  const modifiers = ({ ctrl, meta, shift }) => (ctrl ? 'C-' : '') + (meta ? 'M-' : '') + (shift ? 'S-' : '');
  for (const piece of ['\x1b', '[', '1;', '5A', '\x1b[15~', '\x1bOP', '\x1b[[A', '\x1b[Z', '\x1b[200~',
                       '\x1b\x1b[C', '\x1bx', 'A']) {
    type(piece);
  }
  assert.deepStrictEqual(names, ['C-up', 'f5', 'f1', 'f1', 'S-tab', 'paste-start', 'right', 'M-x', 'S-a']);
  terminal.once('keypress', common.mustCall((text, key) => {
    assert.strictEqual(text, undefined);
    assert.strictEqual(key.name, 'escape');
    rl.close();
  }));
  type('\x1b');
}

// The old form: the program passes keys, words end where they end.
{
  const rl = readline.createInterface({ fd: 1, write() {} }, (line) => [[], line]);
  rl.write('foo bar');
  rl.write([1]);
  rl.write([27, 102]);
  assert.strictEqual(rl.cursor, 3);
  rl.write(Buffer.from([27, 102]));
  assert.strictEqual(rl.cursor, 7);
  rl.on('line', common.mustCall((line) => assert.strictEqual(line, 'foo bar')));
  rl.write('\r');
  rl.close();
}
