// url.parse: which characters a host may have, and what ends it.
'use strict';
const assert = require('assert');
const url = require('url');

assert.strictEqual(url.parse('http://a*b.com/x').hostname, 'a*b.com');
assert.strictEqual(url.parse('http://a$b,c!d&e~f(g)=h/').hostname, 'a$b,c!d&e~f(g)=h');
assert.strictEqual(url.parse('http://a\tb/c').href, 'http://ab/c');
assert.strictEqual(url.parse('http://h\u00adost/').hostname, 'host');
assert.strictEqual(url.parse('ftp://host:a//x').pathname, '/:a//x');
assert.strictEqual(url.parse('x://[::1]?q').path, '/?q');
assert.throws(() => url.parse('http://\ud800/'), { code: 'ERR_INVALID_URL' });
