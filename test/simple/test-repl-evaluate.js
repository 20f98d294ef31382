// repl: what is typed is evaluated, unfinished text goes on, errors are shown and the session lives.
'use strict';
const common = require('../common');
const assert = require('assert');
const { Readable, Writable } = require('stream');
const repl = require('repl');

// Types `lines` into a REPL of its own; resolves to all that it wrote.
function session(lines, options) {
  return new Promise((resolve) => {
    const input = new Readable({ read() {} });
    let output = '';
    const server = repl.start({
      input, output: new Writable({ write(chunk, encoding, callback) { output += chunk; callback(); } }), ...options,
    });
    server.on('exit', () => resolve(output));
    input.push(`${lines.join('\n')}\n`);
    input.push(null);
  });
}

// Each: lines, and what the REPL writes first. Lines that wait for an await come when the input has ended, without prompts.
const sessions = [
  [['1 + 1'], '> 2\n'],
  [['{ a: 1 }', '{ a: 1 };'], '> { a: 1 }\n> 1\n'],
  [['(', '1', ')'], '> ... ... 1\n'],
  [['`a', 'b`'], '> ... \'a\\nb\'\n'],
  [['"a\\', 'b"'], '> ... \'ab\'\n'],
  [['/* one', 'two */ 3'], '> ... 3\n'],
  [['const x', '= 5; x'], '> ... 5\n'],
  [['try {}', 'finally { 7 }'], '> ... undefined\n'],
  [['{ "a":', '1 }'], '> ... { a: 1 }\n'],
  [['foo(', '.break', '2'], '> ... > 2\n'],
  [['let z = 1', 'z', 'let z = 2'], '> undefined\n> 1\n> Uncaught SyntaxError: Identifier \'z\' has already been declared\n'],
  [['a b'], '> a b\n  ^\n\nUncaught SyntaxError: Unexpected identifier\n'],
  [['throw new TypeError("no")'], '> Uncaught TypeError: no\n'],
  [['function f() { throw new Error("in") }', 'f()'], '> undefined\n> Uncaught Error: in\n    at f (REPL0:1:22)\n'],
  [['throw 5', '_error'], '> Uncaught 5\n> 5\n'],
  [['20', '_ + 1', '_ = 3', '4', '_'], '> 20\n> 21\n> Expression assignment to _ now disabled.\n3\n> 4\n> 3\n'],
  [['.nothing'], '> Invalid REPL keyword\n'],
  [['await Promise.resolve(6)'], '> 6\n'],
  [['const { p, q = 2 } = await { p: 1 }', 'p + q'], '> undefined\n3\n'],
  [['for (var i = 0; i < 3; i++) await i', 'i'], '> undefined\n3\n'],
  [['class A {} await 1', 'new A()'], '> 1\nA {}\n'],
  [['await (async () => 8)()'], '> 8\n'],
  [['await Promise.reject(new Error("far"))'], '> Uncaught Error: far\n'],
  [['\'abc\'.match(/b/).index', 'os.EOL', 'typeof require("fs").stat'], '> 1\n> \'\\n\'\n> \'function\'\n'],
  [['x = 010', 'x'], '> Uncaught SyntaxError: Octal literals are not allowed in strict mode.\n', { replMode: repl.REPL_MODE_STRICT }],
  [['undefined', '3'], '> > 3\n', { ignoreUndefined: true }],
  [['[1]'], '$ <1>\n', { prompt: '$ ', writer: (value) => `<${value}>` }],
  [['a', 'b'], '> \'A\\n\'\n> \'B\\n\'\n', { eval: (text, context, file, callback) => callback(null, text.toUpperCase()) }],
];

(async () => {
  for (const [lines, expected, options] of sessions) {
    const output = (await session(lines, options)).replace(/REPL\d+/g, 'REPL0').replace(/(Unexpected identifier) 'b'/, '$1');
      if (options?.replMode !== undefined) assert.ok(output.includes(expected.slice(2)), output);
    else assert.ok(output.startsWith(expected), `${JSON.stringify(lines)}: ${JSON.stringify(output)}`);
  }
})().then(common.mustCall());

// Errors of code that runs later are shown too.
session(['setTimeout(() => { throw new Error("late") }, 1); void setTimeout(() => process.emit("test-late"), 20)'])
  .then(common.mustCall((output) => assert.match(output, /^> undefined\n> /)));
process.once('test-late', common.mustCall());

// Each REPL has a context of its own, those of the old form share one.
{
  const make = () => repl.start('', new (class extends require('stream').Duplex { _read() {} _write(c, e, cb) { cb(); } })());
  const one = make();
  const two = make();
  one.context.shared = 1;
  assert.strictEqual(two.context.shared, 1);
  const three = repl.start({ input: new Readable({ read() {} }), output: new Writable({ write(c, e, cb) { cb(); } }) });
  assert.strictEqual(three.context.shared, undefined);
  for (const server of [one, two, three]) server.close();
}

// Commands of the program.
session(['.say hello there', '.say'], { prompt: '' }).then(common.mustCall((output) => {
  assert.match(output, /Invalid REPL keyword/);
}));
{
  const input = new Readable({ read() {} });
  const server = repl.start({ input, output: new Writable({ write(c, e, cb) { cb(); } }) });
  server.defineCommand('say', { help: 'Say it', action: common.mustCall((text) => assert.strictEqual(text, 'hello there')) });
  assert.throws(() => server.defineCommand('bad', {}), { code: 'ERR_INVALID_ARG_TYPE' });
  input.push('.say hello there\n');
  input.push(null);
}

// Completion looks and does not touch.
{
  const server = repl.start({ input: new Readable({ read() {} }), output: new Writable({ write(c, e, cb) { cb(); } }) });
  server.context.touched = 0;
  server.context.call = () => server.context.touched++;
  server.context.thing = { one: 1, two: 2 };
  const completionsOf = (text) => {
    let result;
    server.complete(text, (error, value) => { result = value; });
    return result;
  };
  assert.deepStrictEqual(completionsOf('thing.o'), [['thing.one'], 'thing.o']);
  assert.deepStrictEqual(completionsOf('thing?.t')[0].filter((name) => name === 'thing?.two'), ['thing?.two']);
  assert.deepStrictEqual(completionsOf('.br'), [['break'], 'br']);
  assert.ok(completionsOf('require("child_')[0].includes('child_process'));
  completionsOf('call().x');
  assert.strictEqual(server.context.touched, 0);
  server.close();
}

assert.throws(() => repl.start({ eval() {}, breakEvalOnSigint: true }), { code: 'ERR_INVALID_REPL_EVAL_CONFIG' });
