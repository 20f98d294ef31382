// Readables as async iterables, Readable.from, operators, consumers.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { Readable, Duplex, PassThrough } = require('stream');
const consumers = require('stream/consumers');

const of = (...values) => Readable.from(values);

async function iteration() {
  const seen = [];
  const stream = of(1, 2, 3, 4);
  for await (const value of stream) {
    seen.push(value);
    if (value === 2) break;
  }
  assert.deepStrictEqual(seen, [1, 2]);
  assert.strictEqual(stream.destroyed, true);

  const kept = of(1, 2, 3);
  for await (const value of kept.iterator({ destroyOnReturn: false })) {
    assert.strictEqual(value, 1);
    break;
  }
  assert.strictEqual(kept.destroyed, false);
  assert.deepStrictEqual(await kept.toArray(), [2, 3]);

  await assert.rejects(async () => {
    const failing = new Readable({ read() { this.destroy(new Error('source')); } });
    // eslint-disable-next-line no-unused-vars
    for await (const unused of failing);
  }, /source/);
  const cut = new Readable({ read() {} });
  setImmediate(() => cut.destroy());
  await assert.rejects(cut.toArray(), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}

async function sources() {
  assert.deepStrictEqual(await Readable.from('whole').toArray(), ['whole']);
  assert.deepStrictEqual(await Readable.from(new Set([1, 2])).toArray(), [1, 2]);
  assert.deepStrictEqual(await Readable.from([Promise.resolve('p')]).toArray(), ['p']);
  let cleaned = false;
  const generated = Readable.from((async function* () {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      cleaned = true;
    }
  })());
  assert.deepStrictEqual(await generated.take(3).toArray(), [0, 1, 2]);
  assert.strictEqual(generated.destroyed, true);
  await new Promise(setImmediate);
  assert.strictEqual(cleaned, true);
  await assert.rejects(Readable.from([1, null]).toArray(), { code: 'ERR_STREAM_NULL_VALUES' });
  assert.throws(() => Readable.from(5), { code: 'ERR_INVALID_ARG_TYPE' });
}

async function operators() {
  assert.deepStrictEqual(await of(1, 2, 3, 4).filter((n) => n % 2 === 0).map((n) => n * 10).toArray(), [20, 40]);
  let running = 0;
  let most = 0;
  const slow = await of(1, 2, 3, 4, 5, 6).map(async (n) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return n;
  }, { concurrency: 3 }).toArray();
  assert.deepStrictEqual(slow, [1, 2, 3, 4, 5, 6]);
  assert.ok(most > 1 && most <= 3, `${most} at once`);
  assert.deepStrictEqual(await of(1, 2).flatMap((n) => [n, n]).toArray(), [1, 1, 2, 2]);
  assert.deepStrictEqual(await of('a', 'b', 'c').drop(1).asIndexedPairs().toArray(), [[0, 'b'], [1, 'c']]);
  assert.strictEqual(await of(1, 2, 3).reduce((a, b) => a + b), 6);
  assert.strictEqual(await of(1, 2, 3).reduce((a, b) => a + b, 10), 16);
  await assert.rejects(Readable.from([]).reduce((a, b) => a + b), { code: 'ERR_MISSING_ARGS' });
  assert.strictEqual(await of(1, 2, 3).find((n) => n > 1), 2);
  assert.strictEqual(await of(1, 2, 3).some((n) => n > 2), true);
  assert.strictEqual(await of(1, 2, 3).every((n) => n > 2), false);
  const each = [];
  await of(1, 2).forEach((n) => { each.push(n); });
  assert.deepStrictEqual(each, [1, 2]);
  await assert.rejects(of(1).map(() => { throw new Error('mapper'); }).toArray(), /mapper/);
  await assert.rejects(of(1, 2).toArray({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.throws(() => of(1).map('x'), { code: 'ERR_INVALID_ARG_TYPE' });
}

async function duplexes() {
  const echo = Duplex.from(async function* (source) {
    for await (const chunk of source) yield String(chunk).toUpperCase();
  });
  echo.end('shout');
  assert.deepStrictEqual(await echo.toArray(), ['SHOUT']);
  const pair = Duplex.from({ readable: of('out'), writable: new PassThrough().resume() });
  pair.end('in');
  assert.deepStrictEqual((await pair.toArray()).map(String), ['out']);
  assert.deepStrictEqual(await Duplex.from(Promise.resolve('later')).toArray(), ['later']);
}

async function all() {
  assert.strictEqual(await consumers.text(of(Buffer.from([0xE2, 0x82]), Buffer.from([0xAC]))), '\u20ac');
  assert.deepStrictEqual(await consumers.json(of('{"a":', '1}')), { a: 1 });
  assert.deepStrictEqual(await consumers.buffer(of('a', Buffer.from('b'))), Buffer.from('ab'));
  assert.strictEqual((await consumers.arrayBuffer(of('abc'))).byteLength, 3);
}

Promise.all([iteration(), sources(), operators(), duplexes(), all()]).then(mustCall());
