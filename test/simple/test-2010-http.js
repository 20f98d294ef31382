// The rows of 2010's table for http.
'use strict';
const row = require('../common/rows')('http');
const common = require('../common');
const assert = require('assert');
const http = require('http');
const net = require('net');
const path = require('path');

common.tmpdir.refresh();
const answered = (request) => new Promise((resolve, reject) => {
  request.on('response', (response) => resolve(body(response))).on('error', reject);
});
const event = (emitter, name) => new Promise((resolve, reject) => {
  emitter.once(name, (...args) => resolve(args));
  if (name !== 'error') emitter.once('error', reject);
});
const listening = async (server) => {
  server.listen(0, '127.0.0.1');
  await event(server, 'listening');
  return server;
};
const serve = (handler) => listening(http.createServer(handler));
const closed = (server) => new Promise((resolve) => server.close(resolve));
const body = async (message) => {
  if (message.whole) return message.whole;
  let all = '';
  message.setEncoding('utf8');
  message.on('data', (data) => { all += data; });
  await event(message, 'end');
  return all;
};
// Everything that the server answers to these bytes.
const raw = (server, bytes) => new Promise((resolve, reject) => {
  const socket = net.createConnection(server.address().port, '127.0.0.1');
  let all = '';
  socket.setEncoding('latin1');
  socket.on('data', (data) => { all += data; }).on('error', reject).on('end', () => resolve(all));
  socket.write(bytes, 'latin1');
});
const client = (server) => http.createClient(server.address().port, '127.0.0.1');
const head = (method = 'GET', more = '') => `${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`;
// What the client of 2010 gets for one request: [request, response].
// Its responses flow at once, heard or not: `listen` is called in time.
async function ask(server, method = 'GET', headers = {}, write = () => {}, listen = (response) => { response.whole = body(response); }) {
  const request = client(server).request(method, '/', headers);
  write(request);
  request.on('response', listen);
  request.end();
  const [response] = await event(request, 'response');
  return [request, response];
}
// Runs a server for one request of the client and checks the request on the server's side.
async function request(check, method, headers, write) {
  let failure = null;
  const server = await serve(async (req, res) => {
    try { await check(req, res); } catch (error) { failure = error; }
    res.end();
  });
  const [, response] = await ask(server, method, headers, write);
  await body(response);
  await closed(server);
  if (failure !== null) throw failure;
}

row('http message headers object', () => request((req) => assert.strictEqual(req.headers['x-name'], 'Value As It Is'), 'GET',
    { 'X-Name': 'Value As It Is' }));
row('HTTP bodies', async () => {
  const server = await serve((req, res) => { res.write('a'); setTimeout(() => res.end('b'), 5); });
  const pieces = [];
  let end;
  await ask(server, 'GET', {}, () => {}, (res) => {
    res.on('data', (data) => pieces.push(String(data)));
    end = event(res, 'end');
  });
  await end;
  assert.strictEqual(pieces.join(''), 'ab');
  await closed(server);
});
row('http.Server', () => {
  function Own() { http.Server.call(this, common.mustNotCall()); }
  require('util').inherits(Own, http.Server);
  assert.ok(new Own() instanceof net.Server);
  assert.ok(http.Server() instanceof http.Server);
});
row("http.Server 'request' function(request, response)", async () => {
  let count = 0;
  const server = await serve((req, res) => res.end(String(++count)));
  assert.match(await raw(server, `GET / HTTP/1.1\r\nHost: x\r\n\r\n${head()}`), /\r\n\r\n1HTTP[^]*\r\n\r\n2$/);
  await closed(server);
});
row("http.Server 'connection' function(stream)", async () => {
  const server = http.createServer((req, res) => res.end());
  const connection = event(server, 'connection');
  await listening(server);
  await body((await ask(server))[1]);
  assert.ok((await connection)[0] instanceof net.Stream);
  await closed(server);
});
row("http.Server 'close' function(errno)", async () => {
  const server = await serve();
  server.close();
  await event(server, 'close');
});
row("http.Server 'checkContinue' function(request, response)", async () => {
  const server = await serve((req, res) => res.end('plain'));
  const post = head('POST', 'Expect: 100-continue\r\nContent-Length: 0\r\n');
  assert.match(await raw(server, post), /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200/);
  server.on('checkContinue', (req, res) => res.end('checked'));
  assert.match(await raw(server, post), /^HTTP\/1.1 200[^]*checked/);
  await closed(server);
});
row("http.Server 'upgrade' function(request, socket, head)", async () => {
  const server = await serve();
  server.on('upgrade', (req, socket, rest) => {
    assert.strictEqual(socket.listenerCount('data'), 0);
    socket.end(`switched:${rest}`);
  });
  assert.strictEqual(await raw(server, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\nfirst'), 'switched:first');
  await closed(server);
});
row("http.Server 'clientError' function(exception)", async () => {
  const server = await serve();
  const error = event(server, 'clientError').then(([e, socket]) => { socket.end('refused'); return e; });
  assert.strictEqual(await raw(server, 'no http\r\n\r\n'), 'refused');
  assert.match((await error).message, /Parse Error/);
  await closed(server);
});
row('http.createServer(requestListener)', async () => {
  const server = await serve((req, res) => res.end('made'));
  assert.strictEqual(await body((await ask(server))[1]), 'made');
  await closed(server);
});
row('server.listen(port, [hostname], [callback])', async () => {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  await closed(server);
});
row('server.listen(path, [callback])', async () => {
  const server = http.createServer((req, res) => res.end('unix'));
  const socketPath = path.join(common.tmpdir.path, 'http');
  await new Promise((resolve) => server.listen(socketPath, resolve));
  assert.strictEqual(await answered(http.get({ socketPath })), 'unix');
  await closed(server);
});
row('server.close()', async () => {
  const server = await serve();
  const { port } = server.address();
  await closed(server);
  assert.strictEqual((await event(net.createConnection(port, '127.0.0.1'), 'error'))[0].code, 'ECONNREFUSED');
});
row('pipelined responses', async () => {
  const server = await serve((req, res) => setTimeout(() => res.end(req.url), req.url === '/1' ? 20 : 1));
  const answer = await raw(server, `GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  assert.ok(answer.indexOf('/1') < answer.indexOf('/2'));
  await closed(server);
});

row('http.ServerRequest', () => request((req) => assert.ok(req instanceof http.IncomingMessage)));
row("request 'data' function(chunk)", () => request(async (req) => {
  assert.ok(Buffer.isBuffer((await event(req, 'data'))[0]));
}, 'POST', {}, (req) => req.write('x')));
row("request 'end' function()", () => request((req) => event(req, 'end')));
row('request.method', () => request((req) => assert.strictEqual(req.method, 'PUT'), 'PUT'));
row('request.url', async () => {
  const server = await serve((req, res) => res.end(req.url));
  assert.match(await raw(server, 'GET /a%20b?c=1#d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), /\/a%20b\?c=1#d$/);
  await closed(server);
});
row('request.headers', async () => {
  const server = await serve((req, res) => res.end(JSON.stringify(req.headers)));
  const answer = await raw(server, head('GET',
      'X-A: 1\r\nX-A: 2\r\nCookie: a\r\nCookie: b\r\nUser-Agent: first\r\nUser-Agent: second\r\n'));
  const headers = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
  assert.deepStrictEqual([headers['x-a'], headers.cookie, headers['user-agent']], ['1, 2', 'a; b', 'first']);
  await closed(server);
});
row('request.trailers', async () => {
  const server = await serve((req, res) => req.on('end', () => res.end(JSON.stringify(req.trailers))).resume());
  const answer = await raw(server, head('POST', 'Transfer-Encoding: chunked\r\n') + '1\r\nx\r\n0\r\nX-Last: yes\r\n\r\n');
  assert.match(answer, /\{"x-last":"yes"\}$/);
  await closed(server);
});
row('request.httpVersion', async () => {
  const server = await serve((req, res) => res.end(req.httpVersion));
  assert.match(await raw(server, 'GET / HTTP/1.0\r\n\r\n'), /1\.0$/);
  assert.match(await raw(server, head()), /1\.1$/);
  await closed(server);
});
row('request.httpVersionMajor / httpVersionMinor', () => request((req) => assert.deepStrictEqual([req.httpVersionMajor,
    req.httpVersionMinor], [1, 1])));
row('request.setEncoding(encoding=null)', () => request(async (req) => {
  req.setEncoding('utf8');
  assert.deepStrictEqual(await event(req, 'data'), ['\u20ac']);
}, 'POST', {}, (req) => req.write('\u20ac')));
row('request.pause()', () => request(async (req) => {
  let early = true;
  req.on('data', () => assert.ok(!early));
  req.pause();
  await new Promise((resolve) => setTimeout(resolve, 10));
  early = false;
  req.resume();
  await event(req, 'end');
}, 'POST', {}, (req) => req.write('x')));
row('request.resume()', () => request((req) => event(req.resume(), 'end')));
row('request.connection', () => request((req) => assert.strictEqual(req.connection.remoteAddress, '127.0.0.1')));

row('http.ServerResponse', () => request((req, res) => assert.ok(res instanceof http.ServerResponse)));
row('response.writeContinue()', async () => {
  const server = await serve((req, res) => { res.writeContinue(); res.end(); });
  assert.match(await raw(server, head()), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
  await closed(server);
});
row('response.writeHead(statusCode, [reasonPhrase], [headers])', async () => {
  const server = await serve((req, res) => { res.writeHead(404, 'Nowhere', [['X-A', '1'], ['X-B', ['2', '3']]]); res.end(); });
  assert.match(await raw(server, head()), /^HTTP\/1\.1 404 Nowhere\r\nX-A: 1\r\nX-B: 2\r\nX-B: 3\r\n/);
  await closed(server);
});
row("response.write(chunk, encoding='utf8')", async () => {
  const server = await serve((req, res) => { res.writeHead(200); res.write(''); res.write('\u00e9',
      'latin1'); res.end(Buffer.from('!')); });
  assert.match(await raw(server, head()), /\r\n\r\n1\r\n\u00e9\r\n1\r\n!\r\n0\r\n\r\n$/);
  await closed(server);
});
row('response.addTrailers(headers)', async () => {
  const server = await serve((req, res) => {
    res.writeHead(200, { Trailer: 'X-T' });
    res.write('x');
    res.addTrailers({ 'X-T': 'late' });
    res.end();
  });
  assert.match(await raw(server, head()), /0\r\nX-T: late\r\n\r\n$/);
  assert.ok(!(await raw(server, 'GET / HTTP/1.0\r\n\r\n')).includes('late'));
  await closed(server);
});
row('response.end([data], [encoding])', async () => {
  const server = await serve((req, res) => res.end('6869', 'hex'));
  assert.match(await raw(server, head()), /hi$/);
  await closed(server);
});
row('204 / 304 / 1xx and HEAD', async () => {
  const server = await serve((req, res) => { res.writeHead(Number(req.url.slice(1)) || 200); res.end('body'); });
  for (const status of [204, 304]) {
    assert.match(await raw(server, `GET /${status} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), /\r\n\r\n$/);
  }
  assert.match(await raw(server, head('HEAD')), /\r\n\r\n$/);
  await closed(server);
});
row('response.connection / socket / finished / shouldKeepAlive / chunkedEncoding / useChunkedEncodingByDefault', () => request((req,
    res) => {
  assert.strictEqual(res.connection, res.socket);
  assert.strictEqual(res.finished, false);
  for (const name of ['shouldKeepAlive', 'chunkedEncoding', 'useChunkedEncodingByDefault']) assert.strictEqual(typeof res[name], 'boolean',
      name);
}));

row("http.createClient(port, host='localhost', secure=false, [credentials])", async () => {
  const server = await serve((req, res) => res.end('old'));
  const request = client(server).request('GET', '/');
  request.end();
  assert.strictEqual(await answered(request), 'old');
  await closed(server);
});
row('http.Client', async () => {
  const server = await serve((req, res) => res.end(req.url));
  const one = client(server);
  assert.ok(one instanceof http.Client);
  const got = [];
  for (const url of ['/1', '/2', '/3']) {
    const request = one.request(url);
    request.end();
    got.push(answered(request));
  }
  assert.deepStrictEqual(await Promise.all(got), ['/1', '/2', '/3']);
  await closed(server);
});
row("http.Client 'upgrade' function(request, socket, head)", async () => {
  const server = await serve();
  server.on('upgrade', (req, socket) => {
    socket.write('HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\nrest');
    socket.end();
  });
  const one = client(server);
  one.request('GET', '/', { Connection: 'Upgrade', Upgrade: 'own' }).end();
  const [, socket, rest] = await event(one, 'upgrade');
  assert.strictEqual(String(rest), 'rest');
  socket.destroy();
  await closed(server);
});
row("http.Client 'continue' function()", async () => {
  const server = await serve((req, res) => req.on('end', () => res.end()).resume());
  const request = client(server).request('POST', '/', { 'Expect': '100-continue', 'Content-Length': 1 });
  await event(request, 'continue');
  request.end('x');
  await answered(request);
  await closed(server);
});
row("http.Client 'error' function(err)", async () => {
  const server = net.createServer((socket) => socket.resume().end('nothing like http\r\n\r\n'));
  await listening(server);
  const bad = client(server);
  bad.request('GET', '/').end();
  assert.match((await event(bad, 'error'))[0].message, /Parse Error/);
  await closed(server);
  const refused = client({ address: () => ({ port: 1 }) });
  refused.request('GET', '/').end();
  assert.match((await event(refused, 'error'))[0].message, /ECONNREFUSED/);
});
row("client.request(method='GET', path, [request_headers])", async () => {
  const server = await serve((req, res) => res.end(`${req.method} ${req.url} ${req.headers['x-a']}`));
  const one = client(server).request('/only-a-path');
  one.end();
  assert.strictEqual(await answered(one), 'GET /only-a-path undefined');
  const two = client(server).request('delete', '/x', [['X-A', '1']]);
  two.end();
  assert.strictEqual(await answered(two), 'DELETE /x 1');
  await closed(server);
});
row("client header 'Host'", () => request((req) => assert.strictEqual(req.headers.host, 'own:1'), 'GET', { Host: 'own:1' }));
row("client header 'Connection: keep-alive'", async () => {
  const seen = new Set();
  const server = await serve((req, res) => { seen.add(req.connection.remotePort); res.end(req.headers.connection); });
  const one = client(server);
  const keep = one.request('GET', '/', { Connection: 'keep-alive' });
  keep.end();
  await answered(keep);
  const last = one.request('GET', '/');
  last.end();
  assert.strictEqual(await answered(last), 'close');
  assert.strictEqual(seen.size, 1);
  await closed(server);
});
row("client header 'Content-Length'", () => request((req) => {
  assert.strictEqual(req.headers['content-length'], '2');
  assert.strictEqual(req.headers['transfer-encoding'], undefined);
}, 'POST', { 'Content-Length': 2 }, (req) => req.write('ab')));
row("client header 'Expect'", async () => {
  const server = await serve((req, res) => { res.end(); });
  const sent = client(server).request('POST', '/', { Expect: '100-continue' });
  await event(server, 'request'); // the head has gone by itself
  sent.end();
  await answered(sent);
  await closed(server);
});
row('http.ClientRequest', async () => {
  const server = await serve((req, res) => res.end());
  const [sent, response] = await ask(server, 'get');
  assert.strictEqual(sent.method, 'GET');
  await body(response);
  await closed(server);
});
row("ClientRequest 'response' function(response)", async () => {
  const server = await serve((req, res) => res.end('waits'));
  const [, response] = await ask(server);
  assert.strictEqual(await body(response), 'waits');
  await closed(server);
});
row("clientRequest.write(chunk, encoding='utf8')", () => request(async (req) => assert.strictEqual(await body(req), 'h\u00e9!'), 'POST',
    {}, (req) => {
  req.write('h\u00e9');
  req.write(Buffer.from('!'));
}));
row('clientRequest.end([data], [encoding])', async () => {
  const server = await serve(async (req, res) => res.end(await body(req)));
  const sent = client(server).request('POST', '/');
  sent.end('6162', 'hex');
  assert.strictEqual(await answered(sent), 'ab');
  await closed(server);
});

const response = (check, handler = (req, res) => res.end('text')) => async () => {
  const server = await serve(handler);
  let checked;
  const [, got] = await ask(server, 'GET', {}, () => {}, (res) => { checked = check(res); });
  await checked;
  if (!got.complete) await event(got, 'end');
  await closed(server);
};
row('http.ClientResponse', response((res) => assert.ok(res instanceof http.IncomingMessage)));
row("ClientResponse 'data' function(chunk)", response(async (res) => assert.strictEqual(String((await event(res, 'data'))[0]), 'text')));
row("ClientResponse 'end' function()", response((res) => event(res, 'end')));
row('ClientResponse.statusCode', response((res) => assert.strictEqual(res.statusCode, 418), (req,
    res) => { res.writeHead(418); res.end('x'); }));
row('ClientResponse.httpVersion (+ Major / Minor)', response((res) => {
  assert.deepStrictEqual([res.httpVersion, res.httpVersionMajor, res.httpVersionMinor], ['1.1', 1, 1]);
}));
row('ClientResponse.headers', response((res) => assert.strictEqual(res.headers['x-a'], 'B'), (req, res) => { res.writeHead(200,
    { 'X-A': 'B' }); res.end('x'); }));
row('ClientResponse.trailers', response(async (res) => {
  await body(res);
  assert.strictEqual(res.trailers['x-t'], 'last');
}, (req, res) => { res.writeHead(200); res.write('x'); res.addTrailers({ 'X-T': 'last' }); res.end(); }));
row('ClientResponse.setEncoding(encoding=null)', response(async (res) => {
  res.setEncoding('base64');
  assert.deepStrictEqual(await event(res, 'data'), ['dGV4']);
}));
row('ClientResponse.pause() / resume()', response(async (res) => {
  res.pause();
  setTimeout(() => res.resume(), 5);
  await event(res, 'end');
}));
row('ClientResponse.client', response((res) => assert.ok(res.client instanceof net.Stream)));
row("http.cat(url, [encoding='utf8'], [headers], callback)", async () => {
  const server = await serve((req, res) => { if (req.url === '/404') res.writeHead(404); res.end('cat'); });
  const cat = (url) => new Promise((resolve) => http.cat(`http://127.0.0.1:${server.address().port}${url}`, 'utf8',
      (...args) => resolve(args)));
  assert.strictEqual((await cat('/'))[1], 'cat');
  assert.strictEqual((await cat('/404'))[0], 404);
  await closed(server);
});
row('missing Host header', async () => {
  // Today's rule stands (doc/compat.md, RFC 9112 section 3.2); requireHostHeader: false is the old one.
  const strict = await serve((req, res) => res.end('served'));
  assert.match(await raw(strict, 'GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400/);
  const lenient = await listening(http.createServer({ requireHostHeader: false }, (req, res) => res.end('served')));
  assert.match(await raw(lenient, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), /served$/);
  await closed(strict);
  await closed(lenient);
});
row('header size / lenient parsing', async () => {
  const server = net.createServer((socket) => socket.resume().end('HTTP/1.1 200\r\nContent-Length: 0 \r\n\r\n'));
  await listening(server);
  const [, res] = await ask(server);
  assert.strictEqual(res.statusCode, 200);
  await body(res);
  await closed(server);
});
