// Host names in other scripts: mapping, what is no valid label, both directions of conversion.
'use strict';

require('../common');
const assert = require('assert');
const url = require('url');
const util = require('util');

const names = {
  'espa\u00f1ol.com': 'xn--espaol-zwa.com',
  'ESPA\u00d1OL.COM': 'xn--espaol-zwa.com',
  'stra\u00dfe.de': 'xn--strae-oqa.de',
  '\u4e2d\u6587.com': 'xn--fiq228c.com',
  '\u03b1\u03a3.gr': 'xn--mxa0b.gr',
  'a\u3002b': 'a.b',
  'so\u00adft.de': 'soft.de',
  '\u5341\uff11.jp': 'xn--1-uu8a.jp',
};
for (const [name, ascii] of Object.entries(names)) assert.strictEqual(url.domainToASCII(name), ascii, name);
assert.strictEqual(url.domainToUnicode('xn--fiq228c.com'), '\u4e2d\u6587.com');

// Not decodable, not what encoding gives, nothing but ASCII in it, marks in front, characters that are no letters.
for (const name of ['xn--a', 'xn--i\u00f1valid.com', 'xn--', 'xn--zn7c', '\u0301a.com', 'a\ufffd.com', '\u{e0001}.com', 'a\u200cb.com',
                    '\u05d0a.com', '1\u05d0.com']) {
  assert.strictEqual(url.domainToASCII(name), '', name);
  assert.throws(() => new URL(`http://${name}/`), { code: 'ERR_INVALID_URL' });
}
// Spaces and controls around are no part of it.
assert.strictEqual(url.parse('http://\u064a\u061f/').hostname, 'xn--egb9f');
assert.strictEqual(url.parse('\b http://host/ \x01').href, 'http://host/');

for (const convert of [url.domainToASCII, url.domainToUnicode]) assert.throws(() => convert(), { code: 'ERR_MISSING_ARGS' });

const params = new URLSearchParams('a=1&b=2');
const keys = params.keys();
assert.strictEqual(util.inspect(keys), "URLSearchParams Iterator { 'a', 'b' }");
keys.next();
assert.strictEqual(util.inspect(keys), "URLSearchParams Iterator { 'b' }");
assert.strictEqual(util.inspect(params, { breakLength: 1 }), "URLSearchParams {\n  'a' => '1',\n  'b' => '2' }");
