// util.inspect names objects whose chain of prototypes has no constructor; messages of assert that print them.
'use strict';
const assert = require('assert');
const { inspect, format } = require('util');

const above = Object.create(null);
assert.strictEqual(inspect(Object.create(above)), 'Object <[Object: null prototype] {}> {}');
assert.strictEqual(inspect([[[Object.create(above)]]], { depth: 2 }), '[ [ [ Object <Complex prototype> {} ] ] ]');
assert.doesNotThrow(() => inspect(Object.setPrototypeOf(new Map([[1, 2]]), above)));
assert.strictEqual(inspect(new Map([[1, 2]]).entries(), { compact: false }), '[Map Entries] {\n  [\n    1,\n    2\n  ]\n}');
assert.strictEqual(format('%i', '0x10'), '16');
assert.throws(() => assert.strictEqual([1], [1]), {
  message: 'Values have same structure but are not reference-equal:\n\n[\n  1\n]\n',
});
assert.throws(() => assert.doesNotThrow(() => { throw new Error('bad'); }, null), { code: 'ERR_ASSERTION' });
