// Symbol.dispose and Symbol.asyncDispose; Writable() without new; what old code does with buffered chunks.
'use strict';

const common = require('../common');
const assert = require('assert');
const { Readable, Stream, Writable, pipeline } = require('stream');

for (const timer of [setTimeout(common.mustNotCall(), 1), setInterval(common.mustNotCall(), 1),
                     setImmediate(common.mustNotCall())]) {
  timer[Symbol.dispose]();
  assert.strictEqual(timer._destroyed, true);
}

const endless = new Readable({ read() {} });
endless.on('error', common.mustCall((error) => assert.strictEqual(error.name, 'AbortError')));
endless[Symbol.asyncDispose]().then(common.mustCall(() => assert(endless.destroyed)));

assert(Writable({ write() {} }) instanceof Writable);

const buffered = new Readable({ encoding: 'utf8', read() {} });
buffered.push('1');
buffered.push('2');
assert.strictEqual(buffered.readableBuffer.join(','), '1,2');
buffered.readableBuffer.length = 0;
assert.strictEqual(buffered.readableBuffer.length, 0);

// An old stream that no function of the pipeline reads from: its error is the pipeline's alone.
const old = new Stream();
old.destroy = common.mustCall();
pipeline(old, async () => {}, common.mustCall((error) => assert.strictEqual(error.message, 'old')));
process.nextTick(() => old.emit('error', new Error('old')));

// Its `then` is asked for once.
let asked = 0;
pipeline(function*() { yield 1; }, () => ({ get then() { asked++; return (resolve) => resolve(2); } }),
         common.mustSucceed((value) => {
           assert.strictEqual(asked, 1);
           assert.strictEqual(value, 2);
         }));
