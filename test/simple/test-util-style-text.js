// util.styleText(): styles by name, none where no terminal shows them.
'use strict';

require('../common');
const assert = require('assert');
const { styleText } = require('util');

assert.strictEqual(styleText('red', 'x', { validateStream: false }), '\u001b[31mx\u001b[39m');
assert.strictEqual(styleText(['bold', 'red'], 'x', { validateStream: false }), '\u001b[1m\u001b[31mx\u001b[39m\u001b[22m');
assert.strictEqual(styleText('red', 'x', { stream: { isTTY: false } }), 'x');
assert.throws(() => styleText('nostyle', 'x'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => styleText('red', 1), { code: 'ERR_INVALID_ARG_TYPE' });
