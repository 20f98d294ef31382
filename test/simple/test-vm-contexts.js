// vm: contexts share nothing but the object they were made from.
'use strict';

require('../common');
const assert = require('assert');
const vm = require('vm');

assert.strictEqual(vm.runInThisContext('typeof require + typeof process'), 'undefinedobject');
assert.strictEqual(vm.runInNewContext('a + 1', { a: 1 }), 2);
assert.strictEqual(vm.runInNewContext('typeof process + typeof Buffer + typeof setTimeout', null),
                   'undefined'.repeat(3));

const box = vm.createContext({ a: 1 });
assert.ok(vm.isContext(box));
assert.ok(!vm.isContext({}));
assert.strictEqual(vm.runInContext('var x = 5; y = 6; function f() { return x + y; } let z = 9; a++; f()', box), 11);
assert.deepStrictEqual(Object.keys(box).sort(), ['a', 'f', 'x', 'y']);
assert.strictEqual(box.a, 2);
assert.strictEqual(vm.runInContext('z', box), 9);
box.later = 'seen';
assert.strictEqual(vm.runInContext('later', box), 'seen');
// A declaration stays; what was only assigned goes, except with V8 11, whose global object has it too.
delete box.x;
assert.strictEqual(vm.runInContext('typeof x', box), 'number');
vm.runInContext('w = 1', box);
delete box.w;
assert.strictEqual(vm.runInContext('typeof w', box), process.versions.v8.startsWith('11.') ? 'number' : 'undefined');
assert.strictEqual(vm.runInContext('delete globalThis.y; typeof y', box), 'undefined');
assert.ok(!('y' in box));
assert.strictEqual(vm.runInContext('"a" in globalThis && !("q" in globalThis)', box), true);
vm.runInContext('Object.defineProperty(globalThis, "d", { get() { return 42; } })', box);
assert.strictEqual(box.d, 42);
assert.notStrictEqual(vm.runInContext('Array', box), Array);
assert.throws(() => vm.runInContext('"use strict"; undeclared = 1', box), { name: 'ReferenceError' });
assert.throws(() => vm.runInContext('1', {}), { code: 'ERR_INVALID_ARG_TYPE' });
const self = {};
self.window = self;
assert.ok(vm.runInNewContext('window === globalThis && window === this', self));
assert.throws(() => vm.runInContext('eval("1")', vm.createContext({}, { codeGeneration: { strings: false } })),
              /Code generation from strings disallowed/);

// Scripts: compiled once, run anywhere; errors name the file.
const script = new vm.Script('n = typeof n === "undefined" ? 1 : n + 1', { filename: 'counter.js' });
const first = {};
assert.strictEqual(script.runInNewContext(first), 1);
assert.strictEqual(script.runInContext(first), 2);
assert.strictEqual(script.runInThisContext(), 1);
assert.strictEqual(globalThis.n, 1);
assert.throws(() => new vm.Script('var = 1', 'broken.js'), (error) =>
  error instanceof SyntaxError);
assert.throws(() => vm.runInThisContext('\nthrow new Error("here")', { filename: 'at.js', lineOffset: 10 }),
              (error) => /at\.js:12:/.test(error.stack));
const cachedData = script.createCachedData();
assert.strictEqual(new vm.Script('n = typeof n === "undefined" ? 1 : n + 1', { cachedData }).cachedDataRejected, false);

for (const run of [vm.runInThisContext, (code, options) => vm.runInNewContext(code, {}, options)]) {
  assert.throws(() => run('for (;;);', { timeout: 20 }), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
}
assert.strictEqual(vm.runInThisContext('7', { timeout: 5000 }), 7);

const add = vm.compileFunction('return a + b + c', ['a', 'b'], { contextExtensions: [{ c: 3 }] });
assert.strictEqual(add(1, 2), 6);
assert.strictEqual(vm.compileFunction('return typeof later', [], { parsingContext: box })(), 'string');

// 0.3.1: Script without `new`, and its static functions.
assert.strictEqual(vm.Script('1 + 1').runInThisContext(), 2);
assert.strictEqual(vm.createScript('3').runInThisContext(), 3);
const initial = { k: 1 };
const copied = vm.Script.createContext(initial);
assert.notStrictEqual(copied, initial);
assert.strictEqual(vm.Script.runInContext('k', copied), 1);
assert.throws(() => vm.Script.prototype.runInThisContext.call({}), TypeError);
