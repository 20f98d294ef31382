// console: each method's text, groups, counters, tables; broken streams do no harm.
'use strict';
const assert = require('assert');
const { Console } = require('console');
const { Writable } = require('stream');

let out = '';
let err = '';
const sink = (add) => new Writable({ write(chunk, encoding, callback) { add(`${chunk}`); callback(); } });
const c = new Console({ stdout: sink((text) => { out += text; }), stderr: sink((text) => { err += text; }) });
function take() {
  const both = [out, err];
  out = err = '';
  return both;
}
c.log('a %s', 'b', { c: 1 });
c.info('i');
c.debug('d');
assert.deepStrictEqual(take(), ['a b { c: 1 }\ni\nd\n', '']);
c.error('e');
c.warn('w');
c.assert(true, 'no');
c.assert(false, 'yes %d', 1);
c.assert(0);
assert.deepStrictEqual(take(), ['', 'e\nw\nAssertion failed: yes 1\nAssertion failed\n']);
c.group('g');
c.log('in\nside');
c.group();
c.log('deep');
c.groupEnd();
c.groupEnd();
c.log('out');
assert.strictEqual(take()[0], 'g\n  in\n  side\n    deep\nout\n');
c.count();
c.count('x');
c.count();
c.countReset();
c.count();
assert.strictEqual(take()[0], 'default: 1\nx: 1\ndefault: 2\ndefault: 1\n');
c.dir({ a: { b: { c: {} } } }, { depth: 0 });
assert.strictEqual(take()[0], '{ a: [Object] }\n');
c.time('t');
c.timeLog('t', 'so far');
c.timeEnd('t');
assert.match(take()[0], /^t: [\d.]+ms so far\nt: [\d.]+ms\n$/);
c.trace('here');
assert.match(take()[1], /^Trace: here\n {4}at .*test-console-methods\.js/);
c.table([{ a: 1, b: 'x' }, { a: 2 }]);
assert.strictEqual(take()[0], [
  '\u250c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\u2510',
  '\u2502 (index) \u2502 a \u2502  b  \u2502',
  '\u251c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2500\u2500\u2524',
  "\u2502    0    \u2502 1 \u2502 'x' \u2502", '\u2502    1    \u2502 2 \u2502     \u2502',
  '\u2514\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2534\u2500\u2500\u2500\u2500\u2500\u2518', ''].join('\n'));
c.table(5);
assert.strictEqual(take()[0], '5\n');

const broken = new Console(new Writable({ write(chunk, encoding, callback) { callback(new Error('gone')); } }));
broken.log('lost');
assert.throws(() => new Console({}), { code: 'ERR_CONSOLE_WRITABLE_STREAM' });
assert.ok(console instanceof Console);
const { log } = console;
log('detached methods work');
