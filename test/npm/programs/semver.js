// semver: comparing, ranges, sorting.
'use strict';

const assert = require('assert');
const semver = require('semver');

assert.ok(semver.satisfies('1.4.2', '^1.2.0 || >=3'));
assert.strictEqual(semver.maxSatisfying(['1.0.0', '1.9.9', '2.0.0'], '1.x'), '1.9.9');
assert.deepStrictEqual(semver.sort(['2.0.0', '1.0.0-beta.2', '1.0.0-beta.10']), ['1.0.0-beta.2', '1.0.0-beta.10', '2.0.0']);
assert.ok(semver.satisfies(process.version, '>=18'));
