// Streams whose state comes into being on first use, and classes of 2010 that inherit by prototype.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const stream = require('stream');
const { Readable, Writable, Duplex, Transform, PassThrough } = stream;

for (const [name, alias] of [
  ['Readable', '_stream_readable'], ['Writable', '_stream_writable'], ['Duplex', '_stream_duplex'],
  ['Transform', '_stream_transform'], ['PassThrough', '_stream_passthrough'],
]) {
  assert.strictEqual(require(alias), stream[name]);
  assert.ok(stream[name]() instanceof stream[name]);
}
assert.strictEqual(stream.Stream, stream);
assert.ok(new PassThrough() instanceof Transform);
assert.ok(new Transform() instanceof Duplex);
assert.ok(new Duplex() instanceof Readable);
assert.ok(new Duplex() instanceof Writable);
assert.ok(!(new Readable() instanceof Writable));

// The listeners that were there before the constructor ran stay.
function Lazy() {}
Object.setPrototypeOf(Lazy.prototype, Readable.prototype);
const kState = Symbol('state');
Object.defineProperty(Lazy.prototype, '_readableState', {
  get() {
    if (this[kState] === undefined) Readable.call(this, { objectMode: true });
    return this[kState];
  },
  set(value) { this[kState] = value; },
});
Lazy.prototype._read = function() {
  this.push('one');
  this.push(null);
};
const lazy = new Lazy();
lazy.once('end', mustCall());
assert.strictEqual(lazy[kState], undefined);
lazy.on('data', mustCall((chunk) => assert.strictEqual(chunk, 'one')));
assert.strictEqual(lazy.readableObjectMode, true);

// What packages look at.
const readable = new Readable({ read() {} });
assert.strictEqual(readable._readableState.flowing, null);
readable.push('x');
assert.strictEqual(readable._readableState.length, 1);
assert.strictEqual(readable._readableState.buffer.length, 1);
assert.strictEqual(readable._readableState.ended, false);
assert.strictEqual(readable._readableState.endEmitted, false);
const writable = new Writable({ write() {} });
writable.write('a');
writable.write('b');
assert.strictEqual(writable._writableState.length, 2);
assert.deepStrictEqual(writable._writableState.getBuffer().map(({ chunk }) => String(chunk)), ['b']);
assert.strictEqual(writable._writableState.finished, false);
assert.strictEqual(writable._writableState.corked, 0);
assert.strictEqual(stream.isReadable(readable), true);
assert.strictEqual(stream.isDisturbed(readable), false);
assert.strictEqual(stream.isErrored(writable), false);
assert.strictEqual(stream.getDefaultHighWaterMark(false), 16384);
assert.strictEqual(stream.getDefaultHighWaterMark(true), 16);
