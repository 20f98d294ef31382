// node:test: what a file of tests prints and how it ends; mocks; the name without its scheme.
'use strict';

const common = require('../common');
const assert = require('assert');
const { spawnSync } = require('child_process');
const { mock } = require('node:test');

const { status, stdout } = spawnSync(process.execPath, [common.fixtures.path('tests-in-tests.js')], { encoding: 'utf8' });
assert.strictEqual(status, 1);
const lines = stdout.split('\n').filter((line) => /^ *(not ok|ok|1\.\.|# (said|pass|fail|tests|suites|cancelled|skipped|todo))/.test(line));
assert.deepStrictEqual(lines, [
  'ok 1 - passes',
  'not ok 2 - fails',
  'ok 3 - left out # SKIP too slow',
  'not ok 4 - to do # TODO',
  '    ok 1 - inner',
  '    ok 2 - leaves itself out # SKIP',
  '    1..2',
  'ok 5 - outer',
  '# said',
  'not ok 6 - callback',
  '    ok 1 - one',
  '    ok 2 - two',
  '    1..2',
  'ok 7 - suite',
  'ok 8 - hooks',
  'not ok 9 - uncaught',
  'not ok 10 - never ends',
  '1..10',
  '# tests 13',
  '# suites 1',
  '# pass 6',
  '# fail 3',
  '# cancelled 1',
  '# skipped 2',
  '# todo 1',
]);
assert.match(stdout, /^TAP version 13\n/);
assert.match(stdout, / {2}failureType: 'testCodeFailure'\n {2}error: \|-\n {4}Expected values to be strictly equal:\n/);
assert.match(stdout, / {2}failureType: 'uncaughtException'\n {2}error: 'late'\n/);
assert.match(stdout, / {2}failureType: 'cancelledByParent'\n/);

const add = mock.fn((a, b) => a + b);
assert.strictEqual(add(1, 2), 3);
assert.deepStrictEqual(add.mock.calls[0].arguments, [1, 2]);
assert.strictEqual(add.mock.calls[0].result, 3);
add.mock.mockImplementationOnce(() => 'once');
assert.deepStrictEqual([add(), add(2, 2)], ['once', 4]);
assert.strictEqual(add.mock.callCount(), 3);

const object = { value: 5, method() { return this.value; }, get half() { return 2.5; } };
mock.method(object, 'method', () => 'mocked', { times: 1 });
assert.deepStrictEqual([object.method(), object.method()], ['mocked', 5]);
mock.getter(object, 'half', () => 'none');
assert.strictEqual(object.half, 'none');
mock.restoreAll();
assert.strictEqual(object.half, 2.5);
assert.throws(() => mock.method(object, 'nothing'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => mock.method(object, 5), { code: 'ERR_INVALID_ARG_TYPE' });

assert.throws(() => require('test'), { code: 'MODULE_NOT_FOUND' });
assert(!require('module').builtinModules.includes('test'));
