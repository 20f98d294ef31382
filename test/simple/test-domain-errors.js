// Errors reach the domain in which they happened, by whatever way they happened.
'use strict';

const common = require('../common');
const assert = require('assert');
const { EventEmitter } = require('events');
const fs = require('fs');

assert.strictEqual(process.domain, null);
const domain = require('domain');

function check(what, provoke) {
  const d = domain.create();
  d.on('error', common.mustCall((error) => {
    assert.strictEqual(error.message, what);
    assert.strictEqual(error.domain, d);
    assert(!process.domain, 'the listener runs outside of its domain');
    assert.deepStrictEqual(domain._stack, []);
  }));
  const fail = () => { throw new Error(what); };
  // What throws at once would end this script.
  setImmediate(() => d.run(provoke, fail, d));
}

check('run', (fail) => fail());
check('timer', (fail) => setTimeout(fail, 1));
check('interval', (fail) => {
  const timer = setInterval(() => {
    clearInterval(timer);
    fail();
  }, 1);
});
check('immediate', (fail) => setImmediate(fail));
check('tick', (fail) => process.nextTick(fail));
check('file', (fail) => fs.stat(__filename, fail));
check('promise', (fail) => { Promise.resolve().then(fail); });
check('emitter', () => new EventEmitter().emit('error', new Error('emitter')));
check('added emitter', (fail, d) => {
  const emitter = new EventEmitter();
  const other = domain.create();
  other.on('error', common.mustNotCall());
  other.add(emitter);
  d.add(emitter);
  assert.deepStrictEqual(other.members, []);
  assert.deepStrictEqual(d.members, [emitter]);
  d.exit();
  emitter.emit('error', new Error('added emitter'));
});
check('bound', (fail, d) => {
  d.exit();
  d.bind(fail)();
});
check('intercepted', (fail, d) => {
  d.exit();
  d.intercept(common.mustNotCall())(new Error('intercepted'));
});

// What is no error comes to the callback without the place of the error.
domain.create().intercept(common.mustCall((...args) => assert.deepStrictEqual(args, [1, 2])))(null, 1, 2);

// The stack: leaving one leaves those in it.
const [a, b, c] = [domain.create(), domain.create(), new domain.Domain()];
a.enter();
b.enter();
c.enter();
assert.deepStrictEqual(domain._stack, [a, b, c]);
assert.strictEqual(domain.active, c);
b.exit();
assert.deepStrictEqual(domain._stack, [a]);
assert.strictEqual(process.domain, a);
a.exit();

// What the listener of the inner one throws is the outer one's.
const [outer, inner] = [domain.create(), domain.create()];
outer.on('error', common.mustCall((error) => assert.strictEqual(error.message, 'again')));
inner.on('error', common.mustCall(() => {
  assert.strictEqual(process.domain, outer);
  throw new Error('again');
}));
setImmediate(() => outer.run(() => inner.run(() => { throw new Error('first'); })));

assert.throws(() => process.setUncaughtExceptionCaptureCallback(() => {}),
              { code: 'ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE' });
for (const method of ['bind', 'intercept']) assert.throws(() => a[method](5), { code: 'ERR_INVALID_ARG_TYPE' });
