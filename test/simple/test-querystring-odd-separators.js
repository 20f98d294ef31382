// Empty separators, and lone surrogates in what is escaped.
'use strict';

require('../common');
const assert = require('assert');
const querystring = require('querystring');

assert.deepStrictEqual({ ...querystring.parse('abc', []) }, { abc: '' });
assert.deepStrictEqual({ ...querystring.parse('a=b', '&', []) }, { '': 'a=b' });

// A high surrogate takes the unit after it for its partner.
assert.strictEqual(querystring.escape('\ud801test'), '%F0%90%91%B4est');
assert.strictEqual(querystring.escape('\u00e9\ud83d\ude00'), '%C3%A9%F0%9F%98%80');
assert.throws(() => querystring.escape('a\ud801'), { code: 'ERR_INVALID_URI', name: 'URIError' });
