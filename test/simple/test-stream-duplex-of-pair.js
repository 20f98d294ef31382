// A duplex made of two streams gives all that was read, also to who pauses in between.
'use strict';

const common = require('../common');
const assert = require('assert');
const { Duplex, PassThrough, Readable } = require('stream');

const through = new PassThrough({ objectMode: true });
const seen = [];
const pair = Readable.from(['one', 'two', 'three']).pipe(Duplex.from({ writable: through, readable: through }));
pair.on('data', (chunk) => {
  seen.push(chunk);
  pair.pause();
  setImmediate(() => pair.resume());
});
pair.on('end', common.mustCall(() => assert.deepStrictEqual(seen, ['one', 'two', 'three'])));
pair.on('close', common.mustCall());
