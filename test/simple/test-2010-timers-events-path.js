// The rows of 2010's table for timers, events, path, console, string_decoder and querystring.
'use strict';
const common = require('../common');
const assert = require('assert');
const events = require('events');
const path = require('path');
const querystring = require('querystring');
const { spawnSync } = require('child_process');

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

{
  const row = require('../common/rows')('timers');
  row('setTimeout(callback, delay, [arg], [...])', () => new Promise((resolve) => {
    let sync = true;
    setTimeout((a, b) => {
      assert.ok(!sync);
      assert.deepStrictEqual([a, b], [1, 'two']);
      resolve();
    }, 0, 1, 'two');
    sync = false;
  }));
  row('clearTimeout(timeoutId)', async () => {
    clearTimeout(setTimeout(common.mustNotCall(), 1));
    clearTimeout(null);
    clearTimeout(undefined);
    await later(5);
  });
  row('setInterval(callback, delay, [arg], [...])', () => new Promise((resolve) => {
    let count = 0;
    setInterval(function(word) {
      assert.strictEqual(word, 'again');
      if (++count < 3) return;
      clearInterval(this);
      resolve();
    }, 0, 'again');
  }));
  row('clearInterval(intervalId)', async () => {
    clearInterval(setInterval(common.mustNotCall(), 1));
    for (const value of [null, undefined, 'word', {}, 7]) clearInterval(value);
    await later(5);
  });
  row('timer ordering', () => new Promise((resolve) => {
    (function attempt() {
      const order = [];
      const began = performance.now();
      const timers = [
        setTimeout(() => order.push(2), 20),
        setTimeout(() => { order.push(3); resolve(assert.deepStrictEqual(order, [0, 1, 2, 3])); }, 40),
        setTimeout(() => order.push(1), 1),
      ];
      process.nextTick(() => order.push(0));
      // On a machine that stood still in between, the second may rightly be due first.
      if (performance.now() - began < 15) return;
      timers.forEach(clearTimeout);
      attempt();
    })();
  }));
  row('timer exceptions', () => new Promise((resolve) => {
    process.once('uncaughtException', (error) => assert.strictEqual(error.message, 'in a timer'));
    setTimeout(() => { throw new Error('in a timer'); }, 1);
    setTimeout(resolve, 1);
  }));
}

{
  const row = require('../common/rows')('events');
  const { EventEmitter } = events;
  row('events.EventEmitter', () => {
    function Own() { EventEmitter.call(this); }
    require('util').inherits(Own, EventEmitter);
    const own = new Own();
    own.on('x', common.mustCall());
    own.emit('x');
  });
  row('emitter.addListener(event, listener)', () => {
    const emitter = new EventEmitter();
    assert.strictEqual(emitter.addListener('x', () => {}), emitter);
    assert.throws(() => emitter.addListener('x', 'no function'), { code: 'ERR_INVALID_ARG_TYPE' });
  });
  row('emitter.on(event, listener)', () => {
    assert.strictEqual(EventEmitter.prototype.on, EventEmitter.prototype.addListener);
  });
  row('emitter.once(event, listener)', () => {
    const emitter = new EventEmitter();
    emitter.once('x', common.mustCall());
    emitter.emit('x');
    emitter.emit('x');
  });
  row('emitter.removeListener(event, listener)', () => {
    const emitter = new EventEmitter();
    const listener = common.mustNotCall();
    emitter.on('x', listener);
    assert.strictEqual(emitter.removeListener('x', listener), emitter);
    emitter.emit('x');
  });
  row('emitter.removeAllListeners(event)', () => {
    const emitter = new EventEmitter();
    emitter.on('x', common.mustNotCall()).on('x', common.mustNotCall()).on('y', common.mustCall());
    emitter.removeAllListeners('x');
    emitter.emit('x');
    emitter.emit('y');
  });
  row('emitter.listeners(event)', () => {
    const emitter = new EventEmitter();
    const listener = () => {};
    emitter.on('x', listener);
    assert.deepStrictEqual(emitter.listeners('x'), [listener]);
    assert.deepStrictEqual(emitter.listeners('y'), []);
  });
  row('emitter.emit(event, [arg1], [...])', () => {
    const emitter = new EventEmitter();
    assert.strictEqual(emitter.emit('x'), false);
    emitter.on('x', (...args) => assert.deepStrictEqual(args, [1, 2, 3, 4, 5]));
    assert.strictEqual(emitter.emit('x', 1, 2, 3, 4, 5), true);
  });
  row("emitter 'newListener' function(event, listener)", () => {
    const emitter = new EventEmitter();
    const listener = () => {};
    emitter.once('newListener', common.mustCall((name, fn) => {
      assert.strictEqual(name, 'x');
      assert.strictEqual(fn, listener);
      assert.strictEqual(emitter.listenerCount('x'), 0);
    }));
    emitter.on('x', listener);
  });
  row("emitter 'error' function(exception)", () => {
    const emitter = new EventEmitter();
    const error = new Error('thrown as it is');
    assert.throws(() => emitter.emit('error', error), (thrown) => thrown === error);
    assert.throws(() => emitter.emit('error'), Error);
  });
  row('listener changes during emit', () => {
    const emitter = new EventEmitter();
    const order = [];
    const second = () => order.push('second');
    emitter.on('x', () => { order.push('first'); emitter.removeListener('x', second); emitter.on('x', () => order.push('new')); });
    emitter.on('x', second);
    emitter.emit('x');
    assert.deepStrictEqual(order, ['first', 'second']);
  });
}

{
  const row = require('../common/rows')('path');
  row('path.join([path1], [path2], [...])', () => {
    assert.strictEqual(path.join('a', '', '..', './b//c/'), 'b/c/');
    assert.strictEqual(path.join(''), '.');
  });
  row('path.normalizeArray(arr, [keepBlanks])', () => {
    assert.deepStrictEqual(path.normalizeArray(['a', 'b', '..', '.', 'c']), ['a', 'c']);
    assert.deepStrictEqual(path.normalizeArray(['a', '..']), ['.']);
  });
  row('path.normalize(p, [keepBlanks])', () => {
    assert.strictEqual(path.normalize('/foo/bar//baz/asdf/quux/..'), '/foo/bar/baz/asdf');
    assert.strictEqual(path.normalize('./fixtures///b/../b/c.js'), 'fixtures/b/c.js');
  });
  row('path.dirname(p)', () => {
    assert.deepStrictEqual(['/a/b/', 'a', '/a', ''].map(path.dirname), ['/a', '.', '/', '.']);
  });
  row('path.basename(p, [ext])', () => {
    assert.strictEqual(path.basename('/a/b.html'), 'b.html');
    assert.strictEqual(path.basename('/a/b.html', '.html'), 'b');
  });
  row('path.extname(p)', () => {
    const names = ['index.html', 'index', '.rc', 'file.', 'a.b/c', '..', 'x.tar.gz'];
    assert.deepStrictEqual(names.map(path.extname), ['.html', '', '', '.', '', '', '.gz']);
  });
  row('path.exists(p, [callback])', () => new Promise((resolve) => {
    path.exists(__filename, (here) => {
      assert.strictEqual(here, true);
      path.exists(`${__filename}.no`, (there) => resolve(assert.strictEqual(there, false)));
    });
  }));
  row('path.existsSync(p)', () => {
    assert.strictEqual(path.existsSync(__filename), true);
    assert.strictEqual(path.existsSync(`${__filename}.no`), false);
  });
}

{
  const row = require('../common/rows')('console');
  const run = (code) => spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  row('console.log([format], ...)', () => {
    const { stdout, stderr } = run('console.log("%s is %d and %j%%", "x", 42, {a:[1]}, "rest"); console.log({ a: 1 }, 2)');
    assert.strictEqual(stdout, 'x is 42 and {"a":[1]}% rest\n{ a: 1 } 2\n');
    assert.strictEqual(stderr, '');
  });
  row('console.error(...)', () => {
    const { stdout, stderr } = run('console.error("to %s", "stderr"); console.warn("too")');
    assert.strictEqual(stdout, '');
    assert.strictEqual(stderr, 'to stderr\ntoo\n');
  });
  row('console.dir(object)', () => {
    assert.strictEqual(run('console.dir({ a: { b: [1] } })').stdout, '{ a: { b: [ 1 ] } }\n');
  });
}

{
  const row = require('../common/rows')('string_decoder');
  const { StringDecoder } = require('string_decoder');
  row("new StringDecoder(encoding='utf8')", () => {
    for (const name of [undefined, 'utf8', 'UTF-8', 'ascii', 'base64', 'binary']) new StringDecoder(name);
    assert.throws(() => new StringDecoder('nothing'), { code: 'ERR_UNKNOWN_ENCODING' });
  });
  row('decoder.write(buffer)', () => {
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.from('a\u20ac\u{1f600}z');
    let text = '';
    for (const byte of bytes) text += decoder.write(Buffer.from([byte]));
    assert.strictEqual(text, 'a\u20ac\u{1f600}z');
    assert.strictEqual(new StringDecoder('utf8').write(bytes.slice(0, 3)), 'a');
  });
}

{
  const row = require('../common/rows')('querystring');
  row("querystring.stringify(obj, sep='&', eq='=')", () => {
    assert.strictEqual(querystring.stringify({ a: [1, 2], b: true, c: NaN, d: {} }), 'a=1&a=2&b=true&c=&d=');
    assert.strictEqual(querystring.stringify({ a: 'x y', b: '1' }, ';', ':'), 'a:x%20y;b:1');
  });
  row('querystring.stringify munge argument', () => {
    // Gone (doc/compat.md): a fourth argument that is no object is ignored.
    assert.strictEqual(querystring.stringify({ a: [1] }, '&', '=', true), 'a=1');
  });
  row("querystring.parse(str, sep='&', eq='=')", () => {
    assert.deepEqual(querystring.parse('a=1&a=2&b=x+y&c=%zz&d'), { a: ['1', '2'], b: 'x y', c: '%zz', d: '' });
    assert.deepEqual(querystring.parse('a:1;b:2', ';', ':'), { a: '1', b: '2' });
    assert.deepEqual(querystring.parse(7), {});
  });
  row('querystring.escape', () => {
    const { escape } = querystring;
    querystring.escape = () => 'overridden';
    assert.strictEqual(querystring.stringify({ a: 1 }), 'overridden=overridden');
    querystring.escape = escape;
    assert.strictEqual(querystring.escape('a b&'), 'a%20b%26');
  });
  row('querystring.unescape', () => {
    const { unescape } = querystring;
    querystring.unescape = (text) => text.toUpperCase();
    assert.deepEqual(querystring.parse('a=b'), { A: 'B' });
    querystring.unescape = unescape;
    assert.strictEqual(querystring.unescape('a%20b%'), 'a b%');
  });
}
