// Transform and PassThrough: output per input, flush, back-pressure from the reader, errors.
'use strict';
const { mustCall, mustNotCall } = require('../common');
const assert = require('assert');
const { Transform, PassThrough } = require('stream');

const words = new Transform({
  readableObjectMode: true,
  transform(chunk, encoding, callback) {
    assert.strictEqual(encoding, 'buffer');
    for (const word of chunk.toString().split(' ')) if (word) this.push({ word });
    callback();
  },
  flush(callback) { callback(null, { end: true }); },
});
words.write('one two ');
words.write('');
words.end('three');
const seen = [];
words.on('data', (value) => seen.push(value));
words.on('end', mustCall(() => {
  assert.deepStrictEqual(seen, [{ word: 'one' }, { word: 'two' }, { word: 'three' }, { end: true }]);
}));
words.on('close', mustCall());

// A reader that does not read stops the writer.
const stuck = new PassThrough({ highWaterMark: 4 });
let accepted = 0;
while (stuck.write('abcd') && accepted < 100) accepted++;
stuck.write('more', mustNotCall());
setImmediate(mustCall(() => {
  assert.ok(accepted < 5);
  assert.ok(stuck.readableLength <= 8);
  stuck.destroy();
}));
stuck.on('error', mustNotCall());

const failing = new Transform({ transform(chunk, encoding, callback) { callback(new Error('no')); } });
failing.on('error', mustCall((error) => assert.strictEqual(error.message, 'no')));
failing.on('end', mustNotCall());
failing.write('x', mustCall((error) => assert.strictEqual(error.message, 'no')));
assert.throws(() => new Transform().write('x'), {
  code: 'ERR_METHOD_NOT_IMPLEMENTED', message: 'The _transform() method is not implemented',
});

// A subclass by prototype, with a _final of its own.
function Old() {
  Transform.call(this);
}
Object.setPrototypeOf(Old.prototype, Transform.prototype);
Old.prototype._transform = function(chunk, encoding, callback) { callback(null, chunk); };
Old.prototype._final = mustCall((callback) => callback());
Old.prototype._flush = mustCall(function(callback) {
  this.push('!');
  callback();
});
const old = new Old();
let text = '';
old.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
old.on('end', mustCall(() => assert.strictEqual(text, 'hey!')));
old.end('hey');
