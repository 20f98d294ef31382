// util beyond inspect: promises, inheritance, debuglog, system errors, types, old names.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const util = require('util');
const { spawnSync } = require('child_process');

util.promisify((a, callback) => callback(null, a + 1))(1).then(mustCall((value) => assert.strictEqual(value, 2)));
assert.rejects(util.promisify((callback) => callback(new Error('x')))(), { message: 'x' }).then(mustCall());
util.callbackify(async (a) => a * 2)(4, mustCall((error, value) => assert.deepStrictEqual([error, value], [null, 8])));
util.callbackify(() => Promise.reject(null))(mustCall((error) => {
  assert.deepStrictEqual([error.code, error.reason], ['ERR_FALSY_VALUE_REJECTION', null]);
}));
assert.throws(() => util.promisify(1), { code: 'ERR_INVALID_ARG_TYPE' });

function Parent() {}
function Child() {}
util.inherits(Child, Parent);
assert.ok(new Child() instanceof Parent);
assert.strictEqual(Child.super_, Parent);
assert.throws(() => util.inherits(null, Parent), { code: 'ERR_INVALID_ARG_TYPE' });

assert.strictEqual(util.getSystemErrorName(-2), 'ENOENT');
assert.throws(() => util.getSystemErrorName(2), { code: 'ERR_OUT_OF_RANGE' });
assert.deepStrictEqual(util.getSystemErrorMap().get(-2), ['ENOENT', 'no such file or directory']);

const deprecated = util.deprecate(() => 3, 'old thing', 'DEP_TEST');
process.once('warning', mustCall((warning) => {
  assert.deepStrictEqual([warning.name, warning.code, warning.message], ['DeprecationWarning', 'DEP_TEST', 'old thing']);
}));
assert.deepStrictEqual([deprecated(), deprecated()], [3, 3]);

assert.strictEqual(util.types.isMap(new Map()), true);
assert.strictEqual(util.types.isProxy(new Proxy({}, {})), true);
assert.strictEqual(util.types.isUint8Array(Buffer.alloc(0)), true);
assert.strictEqual(util.types.isDate({ __proto__: Date.prototype }), false);
assert.strictEqual(util.isDeepStrictEqual({ a: [1, new Set([{}])] }, { a: [1, new Set([{}])] }), true);
assert.strictEqual(util.isDeepStrictEqual([1], ['1']), false);
assert.strictEqual(util.stripVTControlCharacters('\x1b[31mred\x1b[0m'), 'red');
assert.strictEqual(util.toUSVString('a\ud800'), 'a\ufffd');

function run(code, env) {
  const r = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', env: { ...process.env, ...env } });
  return [r.stdout, r.stderr.replace(/\d+:/, 'PID:')];
}
const debug = "const d = require('util').debuglog('part'); console.log(d.enabled); d('x %d', 1)";
assert.deepStrictEqual(run(debug, { NODE_DEBUG: 'other,par*' }), ['true\n', 'PART PID: x 1\n']);
assert.deepStrictEqual(run(debug, {}), ['false\n', '']);

// Old names.
assert.deepStrictEqual(run("const u = require('sys'); u.print('a', 1); u.puts('b'); u.error('c'); u.p({d: 1}); u.debug('e f')", {}),
                       ['a1b\n', 'c\n{ d: 1 }\nDEBUG: e f\n']);

const { parseArgs } = util;
assert.deepStrictEqual({ ...parseArgs({ args: ['-f', '--bar', 'b', 'pos'], allowPositionals: true,
                                        options: { foo: { type: 'boolean', short: 'f' }, bar: { type: 'string' } } }) },
                       { values: { __proto__: null, foo: true, bar: 'b' }, positionals: ['pos'] });
assert.throws(() => parseArgs({ args: ['--nope'], options: {} }), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
