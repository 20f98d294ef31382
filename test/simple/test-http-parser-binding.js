// process.binding('http_parser'): the parser of 0.3.1 and today's, driven by hand.
'use strict';
const { mustCall } = require('../common');
const assert = require('assert');
const { HTTPParser } = process.binding('http_parser');

const text = Buffer.from('POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' +
                         '3\r\nabc\r\n0\r\nT: u\r\n\r\n');
const old = new HTTPParser('request');
const seen = [];
old.onMessageBegin = mustCall(() => seen.push('begin'));
old.onURL = mustCall((buffer, start, length) => seen.push(buffer.toString('latin1', start, start + length)));
old.onHeaderField = old.onHeaderValue = (buffer, start, length) => {
  seen.push(buffer.toString('latin1', start, start + length));
};
old.onHeadersComplete = mustCall((info) => {
  assert.strictEqual(info.method, 'POST');
  assert.strictEqual(info.versionMinor, 1);
  assert.strictEqual(info.shouldKeepAlive, true);
});
old.onBody = mustCall((buffer, start, length) => seen.push(buffer.toString('latin1', start, start + length)));
old.onMessageComplete = mustCall(() => seen.push('complete'));
assert.strictEqual(old.execute(text, 0, text.length), text.length);
assert.deepStrictEqual(seen, ['begin', '/x', 'Host', 'a', 'Transfer-Encoding', 'chunked', 'abc', 'T', 'u', 'complete']);
assert.match(new HTTPParser('request').execute(Buffer.from('bad\r\n'), 0, 5).message, /Parse Error/);

const parser = new HTTPParser(HTTPParser.RESPONSE);
parser[HTTPParser.kOnHeadersComplete | 0] = mustCall((...args) => {
  assert.deepStrictEqual(args.filter((it) => it !== undefined),
                         [1, 0, ['A', 'b', 'Content-Length', '2'], 200, 'OK', false, false]);
});
parser[HTTPParser.kOnBody | 0] = mustCall((chunk) => assert.strictEqual(String(chunk), 'hi'));
parser[HTTPParser.kOnMessageComplete | 0] = mustCall();
parser.execute(Buffer.from('HTTP/1.0 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nhi'));
assert.ok(parser.execute(Buffer.from('garbage\r\n')) instanceof Error);
