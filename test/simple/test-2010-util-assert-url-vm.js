// The rows of 2010's table for util, assert, url, vm, buffer and stream.
'use strict';
const common = require('../common');
const assert = require('assert');
const fs = require('fs');
const url = require('url');
const util = require('util');
const vm = require('vm');
const { spawnSync } = require('child_process');

const run = (code) => spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });

{
  const row = require('../common/rows')('util');
  row('util.debug(string)', () => assert.strictEqual(run('require("util").debug("message to stderr")').stderr,
      'DEBUG: message to stderr\n'));
  row('util.log(string)', () => assert.match(run('require("util").log("Timestamped")').stdout,
      /^\d+ [A-Z][a-z]{2} \d\d:\d\d:\d\d - Timestamped\n$/));
  row('util.inspect(object, showHidden=false, depth=2, [colors])', () => {
    const deep = { a: { b: { c: { d: 1 } } } };
    assert.ok(util.inspect(deep).includes('[Object]'));
    assert.ok(util.inspect(deep, false, null).includes('d: 1'));
    assert.ok(util.inspect([], true).includes('[length]: 0'));
    assert.strictEqual(util.inspect(1, false, 2, true), '\x1b[33m1\x1b[39m');
  });
  // Modern outputs stand (doc/compat.md).
  row('util.inspect: functions', () => {
    assert.strictEqual(util.inspect(function() {}), '[Function (anonymous)]');
    assert.strictEqual(util.inspect(Object.assign(function f() {}, { a: 1 })), '[Function: f] { a: 1 }');
  });
  row('util.inspect: dates', () => assert.strictEqual(util.inspect(new Date(0)), '1970-01-01T00:00:00.000Z'));
  row('util.inspect: circular', () => {
    const loop = {};
    loop.self = loop;
    assert.strictEqual(util.inspect(loop), '<ref *1> { self: [Circular *1] }');
  });
  row('util.inspect: strings', () => assert.strictEqual(util.inspect("it's \x01"), '"it\'s \\x01"'));
  row('util.inspect: regexps', () => assert.strictEqual(util.inspect(Object.assign(/x/g, { a: 1 })), '/x/g { a: 1 }'));
  row('util.inspect: accessors', () => {
    assert.strictEqual(util.inspect({ get a() { return 1; }, set b(v) {}, get c() { return 1; }, set c(v) {} }),
                       '{ a: [Getter], b: [Setter], c: [Getter/Setter] }');
  });
  row('util.inspect: hidden key order', () => {
    const object = Object.defineProperty({ seen: 1 }, 'hidden', { value: 2 });
    assert.strictEqual(util.inspect(object, true), '{ seen: 1, [hidden]: 2 }');
  });
  row('util.inspect: prototype-less and Object.create([])', () => {
    assert.strictEqual(util.inspect(Object.create(null)), '[Object: null prototype] {}');
    assert.strictEqual(util.inspect(Object.create([])), 'Array {}');
  });
  row('util.inspect: width', () => {
    assert.strictEqual(util.inspect({ a: 'x'.repeat(40), b: 'y'.repeat(40) }).split('\n').length, 4);
  });
  row('util.pump(readableStream, writableStream, [callback])', () => new Promise((resolve, reject) => {
    common.tmpdir.refresh();
    const target = `${common.tmpdir.path}/pumped`;
    const output = fs.createWriteStream(target);
    util.pump(fs.createReadStream(__filename), output, (error) => {
      if (error) return reject(error);
      // Called at the end of what is read; what was written is in the file later.
      output.on('close', () => {
        assert.deepStrictEqual(fs.readFileSync(target), fs.readFileSync(__filename));
        resolve();
      });
    });
  }));
  row('sys.print(string) / util.print(...)',
      () => assert.strictEqual(run('require("sys").print("a", 1); require("util").print("b")').stdout, 'a1b'));
  row('util.puts(...)', () => assert.strictEqual(run('require("util").puts("a", "b")').stdout, 'a\nb\n'));
  row('util.error(...)', () => assert.strictEqual(run('require("util").error("a", "b")').stderr, 'a\nb\n'));
  row('util.inherits(ctor, superCtor)', () => {
    function Base() {}
    Base.prototype.word = () => 'base';
    function Own() {}
    util.inherits(Own, Base);
    assert.strictEqual(Own.super_, Base);
    assert.strictEqual(new Own().word(), 'base');
    assert.ok(new Own() instanceof Base);
  });
  row("require('sys')", () => {
    const { stderr, stdout } = run(`
      const sys = require('sys');
      for (const name of ['print', 'puts', 'debug', 'error', 'inspect', 'p', 'log', 'exec', 'pump', 'inherits']) {
        if (typeof sys[name] !== 'function') console.log(name);
      }`);
    assert.strictEqual(stderr + stdout, '');
  });
}

{
  const row = require('../common/rows')('assert');
  const fails = (block) => assert.throws(block, assert.AssertionError);
  row('assert.fail(actual, expected, message, operator)', () => {
    assert.throws(() => assert.fail(1, 2, 'different', '==='), { name: 'AssertionError', message: 'different', actual: 1, expected: 2,
        operator: '===' });
  });
  row('assert.ok(value, [message])', () => { assert.ok(1); assert.throws(() => assert.ok(0, 'zero'), /zero/); });
  row('assert.equal(actual, expected, [message])', () => { assert.equal(1, '1'); fails(() => assert.equal(1, 2)); });
  row('assert.notEqual(actual, expected, [message])', () => { assert.notEqual(1, 2); fails(() => assert.notEqual(1, '1')); });
  row('assert.deepEqual(actual, expected, [message])', () => {
    assert.deepEqual({ a: [1, new Date(0)] }, { a: ['1', new Date(0)] });
    assert.deepEqual(['a'], { 0: 'a' });
    fails(() => assert.deepEqual({ a: 1 }, { a: 2 }));
  });
  row('assert.notDeepEqual(actual, expected, [message])', () => { assert.notDeepEqual({ a: 1 },
      { a: 2 }); fails(() => assert.notDeepEqual([1], [1])); });
  row('assert.strictEqual(actual, expected, [message])', () => { assert.strictEqual(1, 1); fails(() => assert.strictEqual(1, '1')); });
  row('assert.notStrictEqual(actual, expected, [message])', () => { assert.notStrictEqual(1, '1'); fails(() => assert.notStrictEqual(1,
      1)); });
  row('assert.throws(block, [error], [message])', () => {
    assert.throws(() => { throw new TypeError('x'); }, TypeError);
    fails(() => assert.throws(() => {}));
    fails(() => assert.throws(() => { throw new RangeError('other'); }, TypeError));
  });
  row('assert.doesNotThrow(block, [error], [message])', () => {
    assert.doesNotThrow(() => {});
    fails(() => assert.doesNotThrow(() => { throw new Error('x'); }));
  });
  row('assert.ifError(value)', () => { assert.ifError(null); assert.throws(() => assert.ifError(new Error('given')), /given/); });
  row('assert.AssertionError({message, actual, expected, operator, stackStartFunction})', () => {
    const error = new assert.AssertionError({ message: 'm', actual: 1, expected: 2, operator: '==' });
    assert.strictEqual(error.name, 'AssertionError');
    assert.deepStrictEqual([error.message, error.actual, error.expected, error.operator], ['m', 1, 2, '==']);
    assert.ok(error instanceof Error);
  });
}

{
  const row = require('../common/rows')('url');
  const parsed = url.parse('http://user:pass@host.com:8080/p/a/t/h?query=string#hash');
  row('parsed object', () => {
    assert.strictEqual(url.parse('/only').host, null);
    assert.strictEqual(typeof parsed, 'object');
  });
  row('urlObj.href', () => assert.strictEqual(parsed.href, 'http://user:pass@host.com:8080/p/a/t/h?query=string#hash'));
  row('urlObj.protocol', () => assert.strictEqual(parsed.protocol, 'http:'));
  row('urlObj.host', () => assert.strictEqual(parsed.host, 'host.com:8080'));
  row('urlObj.auth', () => assert.strictEqual(parsed.auth, 'user:pass'));
  row('urlObj.hostname', () => assert.strictEqual(parsed.hostname, 'host.com'));
  row('urlObj.port', () => assert.strictEqual(parsed.port, '8080'));
  row('urlObj.pathname', () => assert.strictEqual(parsed.pathname, '/p/a/t/h'));
  row('urlObj.search', () => assert.strictEqual(parsed.search, '?query=string'));
  row('urlObj.query', () => {
    assert.strictEqual(parsed.query, 'query=string');
    assert.deepEqual(url.parse('/x?a=1', true).query, { a: '1' });
  });
  row('urlObj.hash', () => assert.strictEqual(parsed.hash, '#hash'));
  row('url.parse(urlStr, parseQueryString=false, [slashesDenoteHost=false])', () => {
    assert.strictEqual(url.parse('//host/path').host, null);
    assert.strictEqual(url.parse('//host/path', false, true).host, 'host');
  });
  row('url.format(urlObj)', () => {
    assert.strictEqual(url.format({ protocol: 'http', host: 'a.com', pathname: '/b', query: { c: 1 } }), 'http://a.com/b?c=1');
    assert.strictEqual(url.format(url.parse('http://a.com/b?c#d')), 'http://a.com/b?c#d');
  });
  row('url.resolve(from, to)', () => {
    assert.strictEqual(url.resolve('/one/two/three', 'four'), '/one/two/four');
    assert.strictEqual(url.resolve('http://example.com/one', '/two'), 'http://example.com/two');
    assert.strictEqual(url.resolve('http://example.com/a/b?c', '../d?e'), 'http://example.com/d?e');
  });
}

{
  const row = require('../common/rows')('vm');
  const { Script } = vm;
  row('vm.runInThisContext(code, [filename])', () => {
    const local = 1;
    assert.strictEqual(vm.runInThisContext('typeof local', 'here.js'), 'undefined', local);
    assert.strictEqual(vm.runInThisContext('6 * 7'), 42);
  });
  row('vm.runInNewContext(code, [sandbox], [filename])', () => {
    const sandbox = { count: 2 };
    vm.runInNewContext('count += 1; name = "kitty"', sandbox, 'my.vm');
    assert.deepStrictEqual(sandbox, { count: 3, name: 'kitty' });
    assert.throws(() => vm.runInNewContext('throw new Error("x")', {}, 'my.vm'), (error) => error.stack.includes('my.vm'));
  });
  row('vm.createScript(code, [filename])', () => assert.strictEqual(vm.createScript('1 + 1', 'x.js').runInThisContext(), 2));
  row('script.runInThisContext()', () => assert.strictEqual(new Script('typeof globalThis').runInThisContext(), 'object'));
  row('script.runInNewContext([sandbox])', () => {
    const script = new Script('x = (typeof x === "undefined" ? 0 : x) + 1');
    assert.strictEqual(script.runInNewContext(), 1);
    assert.strictEqual(script.runInNewContext({ x: 41 }), 42);
  });
  row('vm.Script(code, [filename])', () => {
    assert.throws(() => new Script('var = 1'), SyntaxError);
    assert.throws(() => new Script('throw new Error("x")').runInThisContext(), (error) => error.stack.includes('evalmachine.<anonymous>'));
    assert.ok(Script('1') instanceof Script);
  });
  row('Script.createContext / runInContext / runInThisContext / runInNewContext', () => {
    const context = Script.createContext({ a: 1 });
    assert.strictEqual(Script.runInContext('a + 1', context), 2);
    assert.strictEqual(Script.runInThisContext('1 + 1'), 2);
    assert.strictEqual(Script.runInNewContext('b + 1', { b: 1 }), 2);
  });
  row('script.runInContext(context)', () => {
    const script = new Script('counter++');
    const context = vm.createContext({ counter: 1 });
    script.runInContext(context);
    script.runInContext(context);
    assert.strictEqual(context.counter, 3);
    assert.throws(() => script.runInContext(), TypeError);
  });
  row("process.binding('evals').Script", () => {
    const evals = process.binding('evals');
    assert.strictEqual(evals.Script.runInThisContext('1 + 1'), 2);
    assert.strictEqual(evals.Script.runInNewContext('a', { a: 3 }), 3);
  });
  row('vm syntax errors', () => assert.throws(() => vm.runInThisContext('}'), SyntaxError));
  row('calling Script methods on a wrong this', () => assert.throws(() => Script.prototype.runInThisContext.call({}), TypeError));
}
