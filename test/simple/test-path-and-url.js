// path by both systems' rules; url.parse, format, resolve; URL and URLSearchParams.
'use strict';
const assert = require('assert');
const path = require('path');
const url = require('url');

const { posix, win32 } = path;
assert.strictEqual(path, posix);
assert.deepStrictEqual(['/a/../b', 'a//b/', '', './..', '/..', 'a/../..'].map(posix.normalize), ['/b', 'a/b/', '.', '..', '/', '..']);
assert.deepStrictEqual([posix.join('a', '', '../b', '/c'), posix.join(), posix.join('', '')], ['b/c', '.', '.']);
assert.deepStrictEqual([posix.resolve('/a', 'b', '../c'), posix.resolve('/a', '/b/'), posix.resolve('')], ['/a/c', '/b', process.cwd()]);
assert.deepStrictEqual(['/a/b/', 'a', '/a', '//a', ''].map(posix.dirname), ['/a', '.', '/', '//', '.']);
assert.deepStrictEqual(['/a/b.c/', '', '/', 'a.b.c'].map((p) => posix.basename(p)), ['b.c', '', '', 'a.b.c']);
assert.deepStrictEqual([posix.basename('a.js', '.js'), posix.basename('.js', '.js')], ['a', '']);
assert.deepStrictEqual(['a.b.c', '.x', 'x.', 'x/.', '..', 'a/b.c/'].map(posix.extname), ['.c', '', '.', '', '', '.c']);
assert.strictEqual(posix.relative('/a/b/c', '/a/d'), '../../d');
assert.deepStrictEqual(posix.parse('/home/x.tar.gz'), { root: '/', dir: '/home', base: 'x.tar.gz', ext: '.gz', name: 'x.tar' });
assert.strictEqual(posix.format({ dir: '/a', name: 'b', ext: '.c' }), '/a/b.c');
assert.deepStrictEqual([win32.normalize('C:/a\\..\\b'), win32.join('a', '..\\b'), win32.isAbsolute('C:\\'), win32.isAbsolute('C:')],
                       ['C:\\b', 'b', true, false]);
assert.deepStrictEqual(win32.parse('C:\\a\\b.c'), { root: 'C:\\', dir: 'C:\\a', base: 'b.c', ext: '.c', name: 'b' });
assert.strictEqual(win32.relative('C:\\a\\b', 'C:\\a\\c'), '..\\c');
for (const bad of [undefined, null, 1, {}]) {
  for (const name of ['normalize', 'join', 'resolve', 'dirname', 'basename', 'extname', 'isAbsolute', 'parse']) {
    assert.throws(() => path[name](bad), { code: 'ERR_INVALID_ARG_TYPE' }, name);
  }
}

const parsed = url.parse('http://u:p@Host.com:8080/p/a?q=1&q=2#h', true);
assert.deepStrictEqual({ ...parsed, query: { ...parsed.query } }, {
  protocol: 'http:', slashes: true, auth: 'u:p', host: 'host.com:8080', port: '8080', hostname: 'host.com', hash: '#h',
  search: '?q=1&q=2', query: { q: ['1', '2'] }, pathname: '/p/a', path: '/p/a?q=1&q=2', href: 'http://u:p@host.com:8080/p/a?q=1&q=2#h' });
assert.strictEqual(url.parse('/a?b').pathname, '/a');
assert.strictEqual(url.parse('//h/p', false, true).host, 'h');
assert.throws(() => url.parse(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(url.format({ protocol: 'https', host: 'x.y', pathname: 'p#q', query: { a: 1 } }), 'https://x.y/p%23q?a=1');
assert.deepStrictEqual([['/one/two', 'three'], ['http://a.com/b', '/c'], ['http://a.com/b/', '../c?d'], ['http://a/', '//b/c']]
  .map(([from, to]) => url.resolve(from, to)), ['/one/three', 'http://a.com/c', 'http://a.com/c?d', 'http://b/c']);

const u = new URL('../x y?a=1#f', 'HTTPS://User:Pw@EXAMPLE.com:443/p/q/');
assert.deepStrictEqual([u.href, u.origin, u.port, u.username, u.pathname, `${u.searchParams}`],
                       ['https://User:Pw@example.com/p/x%20y?a=1#f', 'https://example.com', '', 'User', '/p/x%20y', 'a=1']);
u.searchParams.append('b', '\u00e9 &');
assert.strictEqual(u.search, '?a=1&b=%C3%A9+%26');
u.search = '?c';
assert.deepStrictEqual([...u.searchParams], [['c', '']]);
u.host = 'other:81';
u.hash = '';
u.pathname = '/a/../b';
assert.strictEqual(u.href, 'https://User:Pw@other:81/b?c');
assert.deepStrictEqual(['http://0x7f.1', 'http://[::0001]/', 'file:///c|/x', 'http://b\u00fccher.de', 'foo:bar'].map((s) => new URL(s).href),
                       ['http://127.0.0.1/', 'http://[::1]/', 'file:///c:/x', 'http://xn--bcher-kva.de/', 'foo:bar']);
for (const bad of ['', 'x', 'http://', 'http://a b', 'http://[1', 'http://1.2.3.256', 'http://a:99999']) {
  assert.throws(() => new URL(bad), { code: 'ERR_INVALID_URL', input: bad }, bad);
}
assert.deepStrictEqual(new URLSearchParams({ a: '1', b: '2' }).toString(), 'a=1&b=2');
const params = new URLSearchParams('?b=2&a=1&b=3');
assert.deepStrictEqual([params.get('b'), params.getAll('b'), params.has('z'), params.size], ['2', ['2', '3'], false, 3]);
params.sort();
params.set('b', 'x');
params.delete('a');
assert.strictEqual(`${params}`, 'b=x');
assert.throws(() => new URLSearchParams([['a']]), { code: 'ERR_INVALID_TUPLE' });
assert.strictEqual(url.fileURLToPath('file:///a%20b'), '/a b');
assert.strictEqual(url.pathToFileURL('/a b#?').href, 'file:///a%20b%23%3F');
assert.throws(() => url.fileURLToPath('http://x'), { code: 'ERR_INVALID_URL_SCHEME' });
assert.strictEqual(url.domainToASCII('espa\u00f1ol.com'), 'xn--espaol-zwa.com');
