// Clones of the library's objects leave no native objects behind, even when no turn of the loop comes between.
'use strict';

require('../common');
const assert = require('assert');
const { getHeapStatistics } = require('v8');

const blob = new Blob(['text']);
const message = { list: [blob, new Blob(['other'])] };
const handles = () => getHeapStatistics().used_global_handles_size;
structuredClone(message);
const before = handles();
for (let i = 0; i < 100; i++) structuredClone(message);
assert.ok(handles() <= before, `${handles() - before} bytes of handles`);

// What a getter clones meanwhile is another matter.
const outer = { get inner() { return structuredClone(message).list[1].size; }, other: new Blob(['another']) };
const copy = structuredClone(outer);
assert.deepStrictEqual([copy.other.size, copy.inner], [7, 5]);
