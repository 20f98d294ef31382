// Clones of the library's objects leave no native objects behind, even when no turn of the loop comes between.
'use strict';

require('../common');
const assert = require('assert');

const blob = new Blob(['text']);
const message = { list: [blob, new Blob(['other'])] };
function clone(count) {
  for (let i = 0; i < count; i++) structuredClone(message);
  return process.memoryUsage().rss;
}
const before = clone(20_000);
const grown = clone(40_000) - before;
assert.ok(grown < 20_000_000, `${grown} bytes`);

// What a getter clones meanwhile is another matter.
const outer = { get inner() { return structuredClone(message).list[1].size; }, other: new Blob(['another']) };
const copy = structuredClone(outer);
assert.deepStrictEqual([copy.other.size, copy.inner], [7, 5]);
