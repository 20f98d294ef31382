// The console's streams may be replaced; its methods keep their names; columns of tables.
'use strict';

const common = require('../common');
const assert = require('assert');
const { Console } = require('console');
const { Writable } = require('stream');

const texts = [];
const sink = new Writable({ decodeStrings: false, write(text, encoding, done) { texts.push(text); done(); } });

const own = new Console(sink);
for (const name of ['log', 'warn', 'error', 'dir', 'time', 'table', 'trace']) {
  assert.strictEqual(own[name].name, name);
  assert.strictEqual(console[name].name, name);
  assert.throws(() => new own[name](), TypeError);
}
assert.throws(() => new Console({ stdout: sink, colorMode: 0 }),
              { code: 'ERR_INVALID_ARG_VALUE', message: "The argument 'colorMode' is invalid. Received 0" });

// Primitives have none of the columns asked for.
own.table({ a: 1, b: { x: 2 } }, ['x']);
assert.deepStrictEqual(texts.pop().split('\n').slice(3, 5), ['\u2502    a    \u2502   \u2502', '\u2502    b    \u2502 2 \u2502']);

const before = console._stdout;
console._stdout = sink;
console.log('elsewhere');
console._stdout = before;
assert.strictEqual(texts.pop(), 'elsewhere\n');

// for-in over the global object meets neither of these.
const names = [];
for (const name in globalThis) names.push(name);
for (const name of ['process', 'Buffer', 'console']) assert(!names.includes(name), name);
common.mustCall(() => {})();
